// The exercise of the present part, on a page that is open when it begins: the server draws it
// (templates/meeting/_exercise.html), here it is fetched, told the clock, and let go when its part is
// over. A sheet somebody wrote on stays.

import "./exercise.js";

export class Practice {
  #asking = false;

  /** `arrived` is told of an exercise that has come. */
  constructor(room, arrived) {
    this.place = room.querySelector("[data-practice]");
    this.arrived = arrived;
  }

  /** The exercise that is on, if any. */
  get present() {
    return this.place.querySelector("step-exercise:not([data-over])");
  }

  /** Follow the floor: `view` as the server last told it, or null; `skew`: what to add to this device's
      clock. */
  follow(view, skew) {
    const part = view?.segment?.exercise && ["open", "closing"].includes(view.phase) ? String(view.index) : "";
    for (const old of this.place.querySelectorAll("step-exercise:not([data-over])")) {
      if (old.dataset.part !== part && !old.finish()) old.remove();
    }
    if (this.present) this.#tell(this.present, view, skew);
    else if (part) this.#fetch(part);
  }

  #tell(here, view, skew) {
    if (here.skew !== skew) here.skew = skew;
    const told = { begins: view.segment_began_at, ends: view.segment_ends_at, paused: view.paused_at };
    for (const [name, moment] of Object.entries(told)) {
      if (!moment) delete here.dataset[name];
      else if (here.dataset[name] !== moment) here.dataset[name] = moment;
    }
  }

  #fetch(part) {
    if (this.#asking) return;
    this.#asking = true;
    const asked = new XMLHttpRequest(); // it alone reads markup where nobody may write any
    asked.open("GET", this.place.dataset.practice);
    asked.responseType = "document";
    asked.onload = () => {
      const fresh = asked.response?.querySelector("step-exercise");
      if (asked.status !== 200 || fresh?.dataset.part !== part) return;
      this.place.append(document.adoptNode(fresh));
      this.arrived(fresh);
    };
    asked.onloadend = () => (this.#asking = false);
    asked.send();
  }
}
