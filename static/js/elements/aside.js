// What is said to one person alone, in a polite place of its own: their turn, their place, the last half
// minute. And where the keyboard is when what it was on has gone.

import { place, said } from "./words.js";

const CALLED = ["turn", "offered"];

export class Aside {
  constructor(room) {
    this.room = room;
    this.dock = room.querySelector(".dock");
  }

  /** Their part has changed from `before` to `part`. */
  changed(before, part) {
    const called = CALLED.includes(part.doing) && !CALLED.includes(before.doing);
    if (called) this.say(said("your-turn"));
    else if (part.doing === "queued" && (part.place !== before.place || before.doing !== "queued")) {
      this.say(said("place", place(part.place)));
    } else if (["rung", "cared_for", "relieved"].some((fact) => part[fact] && part[fact] !== before[fact])) this.say(said("alone"));
    else if (part.doing !== before.doing) this.say("");
    const focus = document.activeElement;
    if (called && (!focus || focus === document.body || focus.closest(".dock"))) this.room.box.area.focus();
  }

  /** Say it, in place of what was said before. */
  say(text) {
    this.dock.querySelector("[data-aside]").textContent = text;
  }

  /** Where the keyboard was has gone: whoever works by it finds themselves at what they may do now, not
      at the top of the page. */
  keep(focus) {
    if (this.room.contains(focus) && focus.closest("[hidden]")) this.dock.focus({ preventScroll: true });
  }
}
