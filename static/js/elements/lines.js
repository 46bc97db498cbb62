// Words apart from the floor: one's private line, those of others at the desk, and what those on duty say
// among themselves. Asks for what it has not heard yet.

import { onTheFloor } from "./reckon.js";

const last = (entries) => entries?.at(-1)?.number ?? 0;

export class Lines {
  #told = new Map(); // by the name of the list in the page: "me", "among", "line:…"
  #asking = new Set();

  constructor(room) {
    this.room = room;
  }

  /** Everything anew, as `enter` answered. */
  show({ line, desk }) {
    this.#told = new Map([["me", line ?? []], ["among", []]]);
    for (const [who, entries] of Object.entries(desk?.lines ?? {})) this.#told.set(`line:${who}`, entries);
    this.#add("among", desk?.notes ?? []);
  }

  /** One's own line has grown to this number. */
  hearOwn(number) {
    if (number > last(this.#told.get("me"))) this.ask("me", {});
  }

  /** What the desk was told. */
  hearDesk(view, entries = []) {
    this.#add("among", entries.filter((entry) => entry.kind === "desk_note"));
    for (const { who, number } of view.lines) {
      if (number > last(this.#told.get(`line:${who}`))) this.ask(`line:${who}`, { who });
    }
  }

  /** Nobody on duty any more: what is theirs goes. */
  forgetDesk() {
    for (const key of [...this.#told.keys()]) if (key !== "me") this.#told.delete(key);
  }

  /** Nothing was said, as far as this page knows. */
  forget() {
    this.#told.clear();
  }

  /** Ask for what is missing of a line. */
  async ask(key, whose) {
    if (this.#asking.has(key)) return;
    this.#asking.add(key);
    try {
      const answer = await this.room.missing({ stream: "line", after: last(this.#told.get(key)), ...whose });
      if (!answer.ok || !this.room.hears) return;
      this.#add(key, answer.entries);
      if (key === "me" && ![undefined, this.room.name].includes(answer.entries.at(-1)?.name)) {
        this.room.quiet.pass(onTheFloor(this.room.doing) ? "line-word" : "line-below");
      }
    } catch {
      // The line is gone; coming back tells everything.
    } finally {
      this.#asking.delete(key);
    }
    this.draw();
  }

  /** True when this line was used. */
  get used() {
    return Boolean(this.#told.get("me")?.length);
  }

  /** Put into the page what it does not show yet. */
  draw() {
    for (const list of this.room.querySelectorAll("[data-lines]")) {
      const entries = (this.#told.get(list.dataset.lines) ?? []).filter((entry) => entry.words !== null);
      const shown = entries.map((entry) => entry.number).join(" ");
      if (list.dataset.shown === shown) continue;
      list.dataset.shown = shown;
      list.replaceChildren(...entries.map((entry) => this.#entry(entry)));
    }
  }

  #add(key, entries) {
    const known = this.#told.get(key) ?? [];
    this.#told.set(key, [...known, ...entries.filter((entry) => entry.number > last(known))]);
  }

  #entry({ name, words }) {
    const line = this.room.querySelector('template[data-draw="entry"]').content.firstElementChild.cloneNode(true);
    line.querySelector('[data-cell="name"]').textContent = name ?? "";
    line.querySelector('[data-cell="words"]').textContent = words;
    return line;
  }
}
