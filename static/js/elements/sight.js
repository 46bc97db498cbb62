// What stays in sight. The dock grows and shrinks with what one may do, and how the line is stands below it; whoever
// reads at the end of the floor stays at the end, whatever comes, and whoever reads further up is left in peace.

import { onTheFloor } from "./reckon.js";

const NEAR = 160; // pixels below the edge that still count as reading at the end

export class Sight {
  constructor(room) {
    this.room = room;
    this.dock = room.querySelector(".dock");
    this.latest = room.querySelector("#latest");
    this.state = room.querySelector("[data-line]");
    const watch = new ResizeObserver(() => this.#makeRoom());
    for (const one of [this.dock, this.state]) watch.observe(one);
  }

  /** Let something change; `change` may answer with the line that came. */
  following(change) {
    // On a short screen the dock stands at the end of the page, and is no edge of what is seen.
    const foot = Math.min(this.dock.getBoundingClientRect().top, innerHeight);
    const follows = this.latest.getBoundingClientRect().top < foot + NEAR;
    const came = change();
    this.#makeRoom();
    if (!follows || !onTheFloor(this.room.doing)) return;
    this.latest.scrollIntoView({ block: "nearest" });
    // What is longer than the room there is, is read from its beginning.
    const edge = this.room.querySelector(".where").getBoundingClientRect().bottom;
    if (came?.getBoundingClientRect().top < edge) came.scrollIntoView({ block: "start" });
  }

  #makeRoom() {
    const { style } = document.documentElement;
    style.setProperty("--said", `${this.state.offsetHeight}px`);
    style.setProperty("--dock", `${this.dock.offsetHeight + this.state.offsetHeight}px`);
  }
}
