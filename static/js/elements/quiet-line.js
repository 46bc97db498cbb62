// One sentence in the quiet line above everything: how the line to the house is, or what became of a
// wish. What it says of words that are written, it says only while there are some.

import { drawn, said } from "./words.js";

const PASSES = 5000; // milliseconds
const ANSWERED = 10000; // an answer is longer, and tells whoever looks over a shoulder what was pressed

export class QuietLine {
  #line = ""; // how the line is
  #lost = false; // something was pressed, and no answer came
  #passing = null; // what is said only for a moment

  constructor(room) {
    this.room = room;
    this.place = room.querySelector("[data-line]");
  }

  /** How the line is: "" when it is well, or a word of the page ("dropped", "sign-in"). */
  line(key) {
    if (!key) this.room.box.lookNow();
    if (key === this.#line || (!this.room.live && key === "dropped")) return;
    this.#line = key;
    if (key) this.draw();
    else if (this.#lost) this.#say(said("back-lost")); // stays, for it is to be read
    else this.pass("back");
    if (!key) this.#lost = false;
  }

  /** Say of the line what is so now: somebody may have begun to write since it dropped. */
  draw() {
    if (!this.#line) return;
    const how = drawn(this.room.unsent.any ? `${this.#line}-kept` : this.#line);
    this.#say(...how, ...(this.#lost && this.#line === "dropped" ? [" ", said("lost")] : []));
  }

  /** What the house answered to a wish, for a moment, if there is nothing to say about the line. */
  answer(text = "") {
    this.#lost = false;
    if (!this.#line) this.#briefly(text, ANSWERED);
  }

  /** The hour is over for them: an answer to what they pressed in it is nobody's to read. */
  over() {
    if (this.#passing) this.#say("");
  }

  /** A wish got no answer. With the line down that is said as long as it is, and once it is back. */
  failed() {
    this.#lost = true;
    if (this.#line) this.draw();
    else this.#say(said("not-through"));
  }

  /** A word of the page, for a moment, unless there is something about the line to say. */
  pass(key) {
    if (this.#line) return;
    this.#briefly(said(key), PASSES);
  }

  #briefly(text, time) {
    this.#say(text);
    this.#passing = setTimeout(() => this.#say(""), time);
  }

  #say(...words) {
    clearTimeout(this.#passing);
    this.#passing = null;
    const text = words.map((one) => one.textContent ?? one).join("");
    if (this.place.textContent !== text) this.place.replaceChildren(...words.filter(Boolean));
  }
}
