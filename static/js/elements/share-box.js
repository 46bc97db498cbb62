// The one box to write in. What is written is kept through everything: it leaves the box only when
// the server has said that it is stored. It is kept nowhere else, on no disk of this device.

import { said } from "./words.js";

const KEEP_TRYING = 10 * 60 * 1000;
const WAIT = [500, 8000]; // milliseconds between two tries: the first, the longest
const NOT_YET = new Set(["busy", "too_fast"]); // refusals that say: later
const RESTS = "floor_paused"; // and this, once tries go on by themselves: whoever chairs is on the way back as well
const COUNT_FROM = 400; // characters before the limit

/** 128 random bits. Not randomUUID(), which a page without HTTPS has not. */
export function unusedId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class ShareBox extends HTMLElement {
  #sending = null; // {id, words, note} from the first try until the answer; `left` once it may have arrived
  #resting = false; // gave up for now; the same words wait for another press
  #nudged = false;
  #why = ""; // the words were refused for
  #wake = () => {};

  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.form = this.querySelector("form");
    this.note = this.querySelector("[name=note]");
    this.state = this.querySelector("[data-state]");
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.area.addEventListener("input", () => this.#typed());
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
  }

  get room() {
    return this.closest("live-room");
  }

  /** True while there is something in it. */
  get hasWords() {
    return this.area.value.trim() !== "";
  }

  /** The button that sends, in every state it has. */
  get button() {
    return document.querySelector('button[form="box"]:not([data-plain], [name=look])');
  }

  /** True after a nudge: these words look like a way to be reached, and can be sent on to those on duty. */
  get nudged() {
    return this.#nudged;
  }

  /** Whether one can write here now; what is written stays readable either way. */
  set open(open) {
    this.area.readOnly = !open || this.#sending !== null;
    this.button.ariaDisabled = this.#sending !== null && !this.#resting ? "true" : null;
    if (this.#why === RESTS && this.room.doing !== "paused") this.#say("");
  }

  /** The line is back, or nobody is signed in any more: see at once what is so now. */
  lookNow() {
    this.#wake();
  }

  #submitted(event) {
    if (!this.room.live || event.submitter?.hasAttribute("data-plain")) return;
    event.preventDefault();
    event.stopPropagation();
    const words = this.area.value;
    const most = Number(this.dataset.most);
    if (this.#sending) return this.#resting && this.#deliver();
    if (!words.trim()) return this.#refused(said("empty"));
    if ([...words].length > most) return this.#refused(said("too-long"));
    this.#sending = { id: unusedId(), words, ...(this.note.value && { note: this.note.value }) };
    if (event.submitter?.name === "look") this.#sending.look = true;
    this.#deliver();
  }

  async #deliver() {
    const { id, left, ...rest } = this.#sending;
    const began = Date.now();
    this.#resting = false;
    this.room.paint();
    this.#say("sending");
    for (let wait = WAIT[0]; Date.now() - began < KEEP_TRYING; wait = Math.min(wait * 2, WAIT[1])) {
      const answer = await this.room.wish("share", { client_id: id, ...rest }).catch((failure) => this.#unanswered(failure));
      if (answer?.ok) return this.#kept(answer.held);
      this.#nudged = Boolean(answer?.reason?.startsWith("contact_guard"));
      const later = NOT_YET.has(answer?.reason) || (answer?.reason === RESTS && wait > WAIT[0]);
      if (answer && !later) return this.#refused(answer.text, answer.reason);
      if (["out", "gone"].includes(this.room.doing)) return this.#refused("");
      if (!this.room.signedIn) return this.#rest("");
      this.#say("not-yet");
      await this.#pause(Math.max(wait * (0.5 + Math.random()), (answer?.seconds ?? 0) * 1000));
      if (!this.room.signedIn) return this.#rest("");
    }
    this.#rest("gave-up");
  }

  /** No more tries until somebody presses again. Signed out, the quiet line says why. */
  #rest(key) {
    // Where it is not known whether it was stored, the same words keep their id until there is an answer.
    if (!key && !this.#sending.left) this.#sending = null;
    else this.#resting = true;
    this.room.paint();
    this.#say(key);
  }

  #unanswered(failure) {
    if (failure.message !== "no line") this.#sending.left = true;
    return null;
  }

  #kept(held) {
    this.#sending = null;
    this.#nudged = false;
    this.area.value = "";
    this.note.value = "";
    this.#say("");
    if (!held) this.room.quiet.pass("kept"); // not beside the box, which may be gone with the turn
    this.room.paint();
  }

  #refused(text, why = "") {
    this.#sending = null;
    this.#why = why;
    this.state.textContent = text;
    this.state.classList.add("field-error");
    this.area.focus();
    this.room.paint();
  }

  #typed() {
    this.#nudged = false;
    const room = Number(this.dataset.most) - [...this.area.value].length;
    if (room < 0) this.state.textContent = said("too-long");
    else this.#say(room < COUNT_FROM ? "room-left" : "", room);
    this.state.classList.toggle("field-error", room < 0);
    this.area.removeAttribute("aria-invalid");
    this.querySelector("#words-refused")?.remove();
  }

  #say(key, fact) {
    this.#why = "";
    this.state.classList.remove("field-error");
    this.state.textContent = key && said(key, fact);
  }

  #pause(milliseconds) {
    return new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = () => (clearTimeout(timer), done());
    });
  }
}

customElements.define("share-box", ShareBox);
