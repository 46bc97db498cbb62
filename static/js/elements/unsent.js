// What is written on this page and not sent. It is in its fields and nowhere else: nothing is put into
// the browser's storage, and no field lets the browser remember it, for that goes to a file. So loading
// the page again would lose it, and whoever is about to is asked first. Nobody who leaves quickly is: a page
// that was blanked has nothing to ask about.

const FIELDS = "#words, .line-box [name=words], [data-held]:not([hidden]) [name=words]";

export class Unsent {
  #going = null; // the form that takes its words along, or the page itself, let go

  constructor(room) {
    this.room = room;
    room.addEventListener("input", () => (this.#going = null));
    // Heard after those who send it over the line; what they did not take, goes as a plain form.
    addEventListener("submit", (event) => event.defaultPrevented || (this.#going = event.target));
    document.querySelector("a.exit").addEventListener("click", () => this.letGo());
    addEventListener("beforeunload", (event) => this.#asks && event.preventDefault());
  }

  /** True while there is something. */
  get any() {
    return this.#fields.length > 0;
  }

  /** They leave, and said so: nothing is asked. */
  letGo() {
    this.#going = this.room;
  }

  get #fields() {
    return [...this.room.querySelectorAll(FIELDS)].filter((field) => field.value.trim() && !this.#asSent(field));
  }

  /** A share that is to be changed stands there as it was sent, until somebody changes it. */
  #asSent(field) {
    return field.form.hasAttribute("data-held") && field.value === field.defaultValue;
  }

  get #asks() {
    return this.room.isConnected && this.#going !== this.room && this.#fields.some((field) => field.form !== this.#going);
  }
}
