// What is said to one person alone, in a polite place of its own: their turn, their place, the last half
// minute. And where the keyboard is when what it was on has gone.

import { onTheFloor } from "./reckon.js";
import { place, said } from "./words.js";

const CALLED = ["turn", "offered"];

/** What stands in the part of the page that is for them alone, as far as it is announced. */
const apart = ({ rung, agreement, held }) => JSON.stringify([rung, agreement, held]);

export class Aside {
  #apart = ""; // what stands there now
  #opened = ""; // and when they went to it

  constructor(room) {
    this.room = room;
    this.dock = room.querySelector(".dock");
    this.end = room.querySelector(".end-words");
    room.querySelector('a[href="#alone"]').addEventListener("click", () => {
      this.#opened = this.#apart;
      this.room.paint();
    });
  }

  /** Whether they went to the word for them alone that there is in this part of theirs. */
  opened(part) {
    this.#apart = apart(part);
    return this.#opened === this.#apart;
  }

  /** Their part has changed from `before` to `part`. */
  changed(before, part) {
    if (before.offered && !part.offered) this.say(""); // it is answered, or taken back
    const called = CALLED.includes(part.doing) && !CALLED.includes(before.doing);
    if (called) this.say(said("your-turn"));
    else if (part.doing === "queued" && (part.place !== before.place || before.doing !== "queued")) {
      this.say(said("place", place(part.place)));
    } else if (["rung", "cared_for", "relieved"].some((fact) => part[fact] && part[fact] !== before[fact])) this.say(said("alone"));
    else if (part.offered && part.offered !== before.offered) this.#asked();
    else if (part.doing !== before.doing) this.say(part.doing === "early" ? said("let-in") : "");
    if (onTheFloor(part.doing) && before.mine?.some((number) => !part.mine.includes(number))) this.room.quiet.pass("taken-out");
    if (onTheFloor(before.doing) && !onTheFloor(part.doing)) this.room.quiet.over();
    const focus = document.activeElement;
    if (called && (!focus || focus === document.body || focus.closest(".dock"))) this.room.box.area.focus();
    if (part.doing === "over" && before.doing !== "over") this.#toTheEnd();
  }

  /** Say it, in place of what was said before. */
  say(text) {
    this.dock.querySelector("[data-aside]").textContent = text;
  }

  /** They were asked to serve. Where the dock does not stay in sight, the line above everything says it for a moment. */
  #asked() {
    const link = [...this.dock.querySelectorAll('a[href^="#asked"]')].find((one) => one.offsetHeight);
    if (link?.getBoundingClientRect().bottom > innerHeight) this.room.quiet.pass("asked");
    else this.say(said("asked"));
  }

  /** Where the keyboard was has gone: whoever works by it finds themselves at the other answers to what they
      were asked, or at what they may do now, or else still in this part of the page; not at the top of it. */
  keep(focus) {
    if (!this.room.contains(focus) || !focus.closest("[hidden]")) return;
    const near = focus.closest(".actions:not([hidden])");
    const choice = near && !this.dock.contains(near) && this.#beside(focus, near);
    const here = this.dock.offsetHeight ? this.dock : focus.closest("section:not([hidden])");
    if (here !== this.dock) here?.setAttribute("tabindex", "-1");
    (choice || here)?.focus({ preventScroll: true });
  }

  /** The next of the choices that one wish has, or else the one before. */
  #beside(focus, near) {
    const verb = focus.closest("form")?.dataset.verb;
    const choices = [...near.querySelectorAll(`form[data-verb="${verb}"] button`)].filter((one) => one === focus || one.offsetHeight);
    const at = choices.indexOf(focus);
    return choices[at + 1] ?? choices[at - 1];
  }

  /** The last page is short, and is read from its first words. */
  #toTheEnd() {
    this.end.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}
