// The page of a live meeting. It holds what the server last told, and shows, hides and fills what
// the server drew (templates/meeting): it has no words and no markup of its own.

import { anew, blank } from "../blank.js";
import { Unsent } from "../unsent.js";
import "./share-list.js";
import "./share-box.js";
import "./chair-desk.js";
import { Aside } from "./aside.js";
import { Held } from "./held.js";
import { Keys } from "./keys.js";
import { Lines } from "./lines.js";
import { Practice } from "./practice.js";
import { closeBySelf, offerToPrint } from "./small.js";
import { QuietLine } from "./quiet-line.js";
import { facts, fills, isSo, leftOf, onTheFloor, secondsTo } from "./reckon.js";
import { Sight } from "./sight.js";
import { once, payload, written } from "./wishes.js";

const OFF = 1500; // milliseconds our idea of the server's clock may be wrong by: a line is as slow as that

class LiveRoom extends HTMLElement {
  live = false; // the line has been up once; until then every form is a plain form
  signedIn = true; // as far as this page knows
  #told = { part: {}, lobby: {}, view: null, desk: null };
  #skew = 0; // what to add to this device's clock to have the server's, in milliseconds
  #facts = new Set();
  #heard = null; // the last share they said they heard
  #step = null; // the one thing they take away
  #slept = false; // so long that their place was given up, and the door does not know yet that they are back
  #left = false; // their place was given up just now, and nothing was heard of them since

  connectedCallback() {
    this.list = this.querySelector("share-list");
    this.box = this.querySelector("share-box");
    this.desk = this.querySelector("chair-desk");
    this.unsent = new Unsent(this, "#words, .line-box [name=words], [data-held]:not([hidden]) [name=words]");
    this.quiet = new QuietLine(this);
    this.lines = new Lines(this);
    this.held = new Held(this);
    this.keys = new Keys(this);
    this.sight = new Sight(this);
    this.aside = new Aside(this);
    this.practice = new Practice(this, (came) => this.sight.following(() => (this.paint(), came)));
    this.parts = [...this.querySelectorAll("[data-when]")];
    this.places = [...this.querySelectorAll("[data-fill]")];
    this.addEventListener("submit", (event) => this.#submitted(event));
    closeBySelf(this.querySelector(".more"), this);
    this.addEventListener("input", ({ target }) => this.live && (target === this.box.area ? this.paint() : this.quiet.draw()));
    offerToPrint(this.querySelector("[data-print]"));
    setInterval(() => this.#tick(), 1000);
  }

  get doing() {
    return this.#told.part.doing;
  }

  get name() {
    return this.#told.part.name;
  }

  /** Whether the words of the room are for this person now: from being let in until the close. */
  get reads() {
    return onTheFloor(this.doing) || this.doing === "early";
  }

  /** Whether their private line is: the door answers it, too. */
  get hears() {
    return this.reads || this.doing === "waiting";
  }

  get now() {
    return Date.now() + this.#skew;
  }

  /** Set by live.js: send a wish; resolves to the answer, rejects when none came. */
  wish = () => Promise.reject(new Error("no line yet"));

  /** Set by live.js: ask for entries of a line that are missing. */
  missing = () => Promise.reject(new Error("no line yet"));

  /** Everything anew, as `enter` answered. `skew`: see above. */
  show(snapshot, skew) {
    const { part, lobby, floor, desk } = snapshot;
    const first = !this.live;
    const was = this.#told.part;
    const before = was.doing;
    this.live = this.signedIn = true;
    this.#left = false;
    this.#skew = skew;
    this.#told = { part, lobby, view: floor?.view ?? null, desk: desk?.view ?? null };
    this.#heard = snapshot.heard_last ?? null;
    this.#step = snapshot.step ?? null;
    this.lines.show(snapshot);
    this.held.show(snapshot);
    if (!floor) this.list.clear();
    const empty = !this.list.children.length;
    this.#redraw(() => (floor && this.reads ? this.list.take(floor.entries, floor.view, empty) : null));
    this.#slept = part.doing === "left" && (this.#slept || onTheFloor(before) || ["early", "waiting"].includes(before));
    if (!first) this.aside.changed(was, part);
    if (this.#slept && document.visibilityState === "visible") this.wish("knock", {}).then(() => (this.#slept = false), () => {});
    if ((first || empty) && scrollY === 0 && !location.hash && this.list.children.length) {
      (this.practice.present ?? this.sight.latest).scrollIntoView({ block: "end" });
    }
  }

  /** Numbered entries, in order, none twice; and what the floor looks like now, if that changed. */
  take(entries, view) {
    if (view) this.#told.lobby = { ...this.#told.lobby, ...view };
    if (view && this.reads) this.#told.view = view;
    this.#redraw(() => (this.reads && this.#told.view ? this.list.take(entries, this.#told.view) : null));
  }

  /** What this person may do now, told at this moment of the server's clock (milliseconds). */
  tellPart(part, told = this.now) {
    if (Math.abs(told - this.now) > OFF) this.#skew = told - Date.now();
    const before = this.#told.part;
    this.#left = part.doing === "left" && (this.#left || this.hears);
    Object.assign(this.#told, { part, lobby: { ...this.#told.lobby, ...(part.served && { served: part.served }) } });
    if (!this.reads) this.#forget();
    if (!part.duty) (this.#told.desk = null), this.lines.forgetDesk();
    if (this.hears) this.lines.hearOwn(part.line ?? 0);
    this.#redraw();
    this.aside.changed(before, part);
    return this.held.changed(before, part) || ["standing", "duty", "phase", "step", "line_anew"].some((fact) => part[fact] !== before[fact]);
  }

  /** What those on duty see. */
  tellDesk(desk, entries) {
    if (!this.reads) return;
    this.#told.desk = desk;
    this.lines.hearDesk(desk, entries);
    this.held.hearDesk(entries);
    this.paint();
  }

  /** Nobody is signed in here. What was said goes; what is written stays in its box, for its author to come back to. */
  signedOut() {
    this.signedIn = false;
    this.#slept ||= this.#left; // by signing out: whoever signs in again here comes back to where they were
    this.unsent.bringToLight();
    this.#forget();
    this.lines.forget();
    this.paint();
    this.box.lookNow();
  }

  /** Somebody else is signed in now in this browser. Nothing of the one before is theirs to see or to send. */
  leaveToAnother() {
    this.unsent.letGo();
    blank();
    anew();
  }

  /** There is nothing here for this person any more. */
  gone() {
    this.tellPart({ doing: "gone", standing: "gone", mine: [] });
  }

  /** Show what is so now. */
  paint() {
    if (!this.live || !this.isConnected) return; // not connected: the page was blanked, and is about to go
    const focus = document.activeElement;
    const room = {
      ...this.#told, signedIn: this.signedIn, draft: this.box.hasWords, startsAt: Date.parse(this.dataset.starts),
      hearable: this.list.newest === this.#heard ? 0 : this.list.newest, step: this.#step, opened: this.aside.opened(this.#told.part),
      mayServe: this.dataset.serve.split(" ").filter(Boolean), nudged: this.box.nudged, agreed: JSON.parse(this.dataset.agreed),
    };
    const so = facts(room, this.now);
    const words = fills(room, this.now);
    const kept = this.unsent.keep();
    for (const part of this.parts) part.hidden = !isSo(part.dataset, so) && !kept.some((one) => part.contains(one));
    for (const one of this.places) {
      const text = String(words[one.dataset.fill] ?? "");
      if (one.textContent !== text) one.textContent = text;
    }
    for (const input of this.querySelectorAll("[data-value]")) input.value = words[input.dataset.value] ?? "";
    this.#next(so);
    this.quiet.draw();
    this.box.open = onTheFloor(this.doing);
    this.desk.draw(room.desk, room.view?.index ?? -1, this.held.desk, this.dataset.seat);
    this.lines.draw();
    this.held.draw(room.part);
    this.practice.follow(room.view, this.#skew);
    this.#runDown("part", Date.parse(room.view?.segment_began_at), room.view?.segment_ends_at);
    this.#runDown("own", this.list.given, room.part.ends_at);
    this.#facts = so;
    this.dataset.facts = [...so].join(" ");
    this.aside.keep(focus);
  }

  #redraw(take = () => null) {
    if (this.isConnected) this.sight.following(() => { // and not on a blanked page: what shares are drawn from is gone
      const last = take();
      this.list.mark(this.#told.part);
      this.paint();
      return last;
    });
  }

  /** What was said here is not for this person any more. */
  #forget() {
    this.list.clear();
    if (!this.hears) this.lines.forget();
    Object.assign(this.#told, { view: null, desk: null });
  }

  #next(so) {
    const form = this.querySelector("[data-next]");
    const verb = so.has("next") ? [...so].find((word) => word.startsWith("next-")).slice(5) : "";
    if (form.dataset.verb === verb) return;
    form.dataset.verb = verb;
    form.action = form.dataset.next.replace("VERB", verb || "open_door");
  }

  #runDown(clock, began, ends) {
    if (began) this.querySelector(`[data-clock="${clock}"]`).value = leftOf(began, ends, this.now);
  }

  #tick() {
    // Calm: nothing moves more often than every few seconds, but for the end of one's own turn.
    const closing = this.#facts.has("warn");
    const seconds = Math.floor(this.now / 1000);
    const warns = secondsTo(this.#told.part.ends_at, this.now) <= this.#told.part.warn;
    if (closing || warns || seconds % 5 === 0) this.paint();
    if (warns && !closing) this.aside.say(this.querySelector(".land:not([hidden])")?.textContent ?? "");
  }

  #submitted(event) {
    const form = event.target;
    const verb = form.dataset.verb;
    if (!verb || !this.live) return;
    event.preventDefault();
    once(form, async () => {
      const answer = await this.wish(verb, payload(form, event.submitter));
      this.quiet.answer(answer.text);
      if (answer.ok) this.#done(form, verb);
      if (answer.ok && verb === "leave") this.unsent.letGo(), location.assign(this.dataset.front);
    }).catch(() => this.quiet.failed());
  }

  #done(form, verb) {
    if (form.matches(".line-box")) return written(form, this);
    form.closest("details.share-more, details.ask-out, details.more")?.removeAttribute("open");
    if (verb === "hear") this.#heard = this.list.newest;
    this.paint();
  }
}

customElements.define("live-room", LiveRoom);
