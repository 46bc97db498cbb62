// Words that are written on a page and not sent. They are in their fields and nowhere else: nothing is put into
// the browser's storage, and no field lets the browser remember it, for that goes to a file. So leaving the page
// would lose them, and whoever is about to is asked first, by the browser itself. Nobody who leaves quickly is: a
// page that was blanked has nothing to ask about.

/** The fields in there with words that are not sent. */
export function written(place, fields) {
  return [...place.querySelectorAll(fields)].filter((field) => field.value.trim() && !isAsSent(field));
}

// What is to be changed stands there as it was sent, until somebody changes it. What came back with its form, because
// something was not taken, was not sent.
function isAsSent(field) {
  return field.value === field.defaultValue && !field.hasAttribute("data-came-back");
}

export class Unsent {
  #going = null; // the form that takes its words along, or the place itself, let go

  /** `fields`: which of the fields in there are written in freely. */
  constructor(place, fields) {
    this.place = place;
    this.fields = fields;
    place.addEventListener("input", () => (this.#going = null));
    // Heard after those who send it over the line; what they did not take, goes as a plain form.
    addEventListener("submit", (event) => event.defaultPrevented || (this.#going = event.target));
    document.querySelector("a.exit").addEventListener("click", () => this.letGo());
    addEventListener("beforeunload", (event) => this.#asks && event.preventDefault());
  }

  /** True while there is something. */
  get any() {
    return this.#written.length > 0;
  }

  /** A room that is signed out keeps it wherever it is, and nothing around it. Marks what stays, and returns it. */
  keep() {
    const kept = this.place.signedIn ? [] : this.#places;
    for (const one of this.place.querySelectorAll("[data-kept]")) one.removeAttribute("data-kept");
    for (const one of kept) one.setAttribute("data-kept", "");
    return kept;
  }

  /** Open the sheets it is on. */
  bringToLight() {
    for (const one of this.#places) one.closest("details")?.setAttribute("open", "");
  }

  /** Nothing of it stays: others use this device. */
  empty() {
    for (const field of this.#written) field.value = "";
  }

  /** They leave, and said so: nothing is asked. */
  letGo() {
    this.#going = this.place;
  }

  /** The forms, and of one's own box all that belongs to it. */
  get #places() {
    return this.#written.map((field) => field.closest(".now") ?? field.form);
  }

  get #written() {
    return written(this.place, this.fields);
  }

  get #asks() {
    return this.place.isConnected && this.#going !== this.place && this.#written.some((field) => field.form !== this.#going);
  }
}
