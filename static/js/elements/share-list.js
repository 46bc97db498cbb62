// What was shared, like letters. The server drew what was there when the page came; what arrives
// later is cloned from the same templates, whole, so that a screen reader says it once.

import { come, comeAtOnce } from "./pace.js";
import { onTheFloor } from "./reckon.js";

const drawing = (name) => document.querySelector(`live-room template[data-draw="${name}"]`);

class ShareList extends HTMLElement {
  #offered = ""; // what this person may do about somebody else's share

  connectedCallback() {
    // What is opened under a share may open behind the dock.
    this.addEventListener("toggle", ({ target }) => target.open && target.scrollIntoView({ block: "nearest" }), true);
  }

  /** The last number this page knows. */
  get head() {
    return Number(this.dataset.head);
  }

  /** When the last turn was given: milliseconds, or null. */
  get given() {
    return Date.parse(this.dataset.given) || null;
  }

  /** The newest share, by number, while people may still say that they heard it; or 0. */
  get newest() {
    return Number(this.dataset.last ?? 0);
  }

  /** Draw entries, which follow the last one known. `view` says what the present part is called. Answers
      with the last line that was drawn, if any. */
  take(entries, view, quietly = false) {
    this.setAttribute("aria-busy", quietly);
    let last = null;
    for (const entry of entries) {
      this.dataset.head = entry.number;
      last = this.#draw(entry, view, quietly) ?? last;
    }
    this.removeAttribute("aria-busy");
    return last;
  }

  /** Take everything off the screen. */
  clear() {
    this.replaceChildren();
    this.dataset.head = 0;
    delete this.dataset.given;
    delete this.dataset.last;
  }

  /** Say which are one's own, and offer to take out what this person may take out. */
  mark(part) {
    const mine = new Set(part.mine);
    this.#offered = part.duty ? "any" : "tell";
    for (const share of this.querySelectorAll(".share")) {
      const own = mine.has(Number(share.dataset.number));
      share.querySelector(".share-yours").hidden = !own;
      if (own) this.#own(share);
      if (onTheFloor(part.doing)) this.#offer(share, own ? "mine" : this.#offered);
    }
    for (const one of part.taken ?? []) this.#taken(one, Boolean(part.duty));
    this.#heard(this.querySelector(`.share[data-number="${part.mine.at(-1)}"]`), part.heard);
  }

  /** Where something of theirs stood that somebody else took out, its author reads why, as long as they are here. */
  #taken({ number, agreement }, serves) {
    let line = this.querySelector(`.room-line[data-number="${number}"]`);
    if (!line) return;
    const cell = (name) => line.querySelector(`[data-cell="${name}"]`);
    if (!("taken" in line.dataset)) {
      const plain = line;
      line = this.#clone("taken");
      line.dataset.number = number;
      cell("because").hidden = !agreement;
      cell("agreement").textContent = agreement ?? "";
      cell("agreed").textContent = JSON.parse(this.closest("live-room").dataset.agreed)[agreement - 1] ?? "";
      plain.replaceWith(line);
    }
    cell("ask").hidden = serves;
  }

  /** One's own words are no news, and no note stands before them. */
  #own(share) {
    if ("own" in share.dataset) return;
    share.dataset.own = "";
    comeAtOnce(share);
    share.querySelector(".share-behind")?.setAttribute("open", "");
  }

  /** The one line the sharer alone is told stands at the end of what they shared. */
  #heard(share, by) {
    const [told] = this.querySelectorAll(".share-heard");
    if (told?.closest(".share") === share && by) return;
    told?.remove();
    if (share && by) share.querySelector(".share-more").before(this.#clone(`heard-${by}`));
  }

  #draw(entry, view, quietly) {
    if (["floor_given", "segment_began", "reading_began"].includes(entry.kind)) delete this.dataset.last;
    if (entry.kind === "shared") return entry.words === null ? this.#removed(entry.number) : this.#share(entry, quietly);
    if (entry.kind === "share_removed") return this.#takeOut(entry.share);
    if (entry.kind === "floor_given") this.dataset.given = entry.at;
    if (entry.kind === "segment_began") return this.#part(entry, view);
    if (entry.kind === "order_named") this.#order(this.querySelector(`.part[data-number="${entry.segment}"]`), entry.names);
    return null;
  }

  #share({ number, name, words, note, reading, at }, quietly) {
    const share = this.#clone(note ? `noted-${note}` : "share");
    this.dataset.last = number;
    const title = share.querySelector(".share-name");
    share.dataset.number = number;
    title.id = `by-${number}`;
    share.setAttribute("aria-labelledby", title.id);
    title.querySelector("bdi").textContent = name;
    this.#words(share.querySelector(".share-words"), words.split(/(?:\r?\n){2,}/));
    share.classList.toggle("arriving", !quietly);
    if (this.#offered) this.#offer(share, this.#offered); // before it is there: one share is one announcement
    if (!note) come(share, this.closest("live-room").now - Date.parse(at), reading);
    return this.appendChild(share);
  }

  #words(place, texts) {
    place.replaceChildren(...texts.filter((text) => text.trim()).map((text) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = text.trim();
      return paragraph;
    }));
  }

  #removed(number) {
    if (this.newest === number) delete this.dataset.last;
    const line = this.#clone("removed");
    line.dataset.number = number;
    return this.appendChild(line);
  }

  #takeOut(number) {
    const share = this.querySelector(`.share[data-number="${number}"]`);
    if (this.newest === number) delete this.dataset.last;
    if (!share) return null;
    const line = this.#clone("removed");
    const here = share.contains(document.activeElement); // whoever took it out by a button under it
    line.dataset.number = number;
    share.replaceWith(line);
    if (here) (line.tabIndex = -1), line.focus();
    return null;
  }

  #part(entry, view) {
    const present = entry.index === view?.index ? view.segment : null;
    const title = entry.title ?? present?.title;
    if (!title) return null;
    const part = this.#clone("begun");
    part.dataset.mode = present?.mode ?? "";
    part.querySelector(".part-title").textContent = title;
    const prompt = part.querySelector(".part-prompt");
    prompt.textContent = present?.prompt ?? "";
    prompt.hidden = !prompt.textContent || (present.script ?? "").includes(prompt.textContent.replace(/\.$/, ""));
    const script = part.querySelector(".part-script");
    this.#words(script, (present?.script ?? "").split(/\r?\n/));
    script.hidden = !present?.script;
    part.dataset.number = entry.number;
    this.#order(part, entry.names ?? []);
    const reading = part.querySelector(".part-reading");
    this.#words(reading.querySelector(".share-words"), (present?.text ?? "").split(/(?:\r?\n){2,}/));
    reading.querySelector(".quiet").textContent = present?.source ?? "";
    reading.hidden = !present?.text;
    return this.appendChild(part);
  }

  #order(part, names) {
    if (!part) return;
    part.querySelector("[data-names]").textContent = names.join(", ");
    part.querySelector(".part-order").hidden = !names.length;
  }

  #offer(share, kind) {
    const offered = share.querySelector(".share-more");
    if (offered?.dataset.kind === kind || (!offered && !kind)) return;
    offered?.remove();
    if (!kind) return;
    const more = this.#clone(kind);
    more.dataset.kind = kind;
    for (const number of more.querySelectorAll("[name=number]")) number.value = share.dataset.number;
    share.append(more);
  }

  #clone(name) {
    return drawing(name).content.firstElementChild.cloneNode(true);
  }
}

customElements.define("share-list", ShareList);
