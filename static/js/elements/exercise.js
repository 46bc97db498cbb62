// An exercise in step: the same step in the same second on every screen, by the server's clock. It
// shows what the server drew (templates/meeting/_exercise.html), one step at a time; the whole list
// stays within reach. Late, rested or slow, it is always where the clock is.

import { open, point, hasWords } from "./sheet.js";
import { present, stepsIn } from "./steps.js";

const SOON = 1000; // milliseconds until the clock is looked at again, whatever is expected
const OFF = 80; // milliseconds the light may be away from the breath before it is moved

class StepExercise extends HTMLElement {
  static observedAttributes = ["data-begins", "data-ends", "data-paused"];
  #skew = null; // what to add to this device's clock to have the server's, in milliseconds
  #steps = null;
  #timer = null;
  #told = null; // the line last said to a screen reader
  #close = () => {};

  connectedCallback() {
    this.#steps ??= this.#begin();
    if (this.sheet) this.#close = open(this.sheet);
    document.addEventListener("visibilitychange", this.#look);
    this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
    this.#close();
  }

  attributeChangedCallback() {
    if (this.#steps) this.#look();
  }

  /** Server's clock minus this device's, in milliseconds. The live page sets it whenever it learns it. */
  get skew() {
    return this.#skew ?? 0;
  }

  set skew(milliseconds) {
    this.#skew = milliseconds;
    if (this.#steps) this.#look();
  }

  /** The room rests: everything stands still, since this moment of the server's clock (milliseconds). */
  pause(since = this.#now) {
    if (!this.dataset.paused) this.dataset.paused = new Date(since).toISOString();
  }

  /** It goes on from where it stood, so many seconds late. */
  resume(late = (this.#now - Date.parse(this.dataset.paused)) / 1000) {
    if (!this.dataset.paused) return;
    for (const end of ["begins", "ends"]) {
      this.dataset[end] = new Date(Date.parse(this.dataset[end]) + late * 1000).toISOString();
    }
    delete this.dataset.paused;
  }

  /** The part is over: what was in step goes. A sheet with words on it stays, folded away unless
      somebody is writing. Answers whether anything stays. */
  finish() {
    this.dataset.over = "";
    clearTimeout(this.#timer);
    this.#stage.hidden = true;
    const kept = this.sheet !== null && hasWords(this.sheet);
    if (kept) {
      point(this.sheet, "");
      this.sheet.open = this.sheet.contains(document.activeElement);
    }
    return kept;
  }

  get #now() {
    return Date.now() + this.skew;
  }

  get #stage() {
    return this.querySelector("[data-stage]");
  }

  get #elapsed() {
    return (Date.parse(this.dataset.paused) || this.#now) - Date.parse(this.dataset.begins);
  }

  #begin() {
    this.sheet = this.querySelector("[data-sheet]");
    this.#stage.hidden = false;
    this.querySelector(".exercise-all").open = false;
    if (Object.hasOwn(this, "skew")) { // set before the page knew what this element is
      this.#skew = this.skew;
      delete this.skew;
    }
    // Until the live page knows better: the moment the server drew this.
    if (this.#skew === null && this.dataset.now) this.#skew = Date.parse(this.dataset.now) - Date.now();
    return stepsIn(this.querySelector("[data-steps]"));
  }

  #look = () => {
    clearTimeout(this.#timer);
    if (!this.isConnected || "over" in this.dataset) return;
    const elapsed = this.#elapsed;
    const so = present(this.#steps, elapsed);
    this.#show(so);
    if (this.dataset.paused || this.#now > Date.parse(this.dataset.ends)) return;
    this.#timer = setTimeout(this.#look, Math.max(20, Math.min(SOON, so.next - elapsed)));
  };

  #show({ line, words, phase, breath, done }) {
    const [place] = this.#parts("[data-words]");
    if (place.dataset.at !== String(words?.at)) this.#say(place, words);
    for (const half of this.#parts("[data-pace]")) half.hidden = half.dataset.pace !== phase;
    for (const resting of this.#parts("[data-resting]")) resting.hidden = !this.dataset.paused;
    for (const mark of this.#parts("[data-mark]")) mark.textContent = words?.mark ?? "";
    for (const wave of this.#parts("[data-wave]")) wave.style.setProperty("--done", done.toFixed(4));
    for (const light of this.#parts("[data-light]")) this.#breathe(light, phase, breath);
    for (const step of this.#steps) {
      if (step.line === line) step.line.setAttribute("aria-current", "step");
      else step.line.removeAttribute("aria-current");
    }
    if (this.sheet) point(this.sheet, words?.field ?? "");
    this.#tell(words);
  }

  #say(place, words) {
    const fresh = document.createElement("span"); // a new one each time, so that it can appear softly
    fresh.textContent = words?.text ?? "";
    place.replaceChildren(fresh);
    place.dataset.at = words?.at;
    place.dataset.kind = words?.kind ?? "";
  }

  /** The light is CSS; only its place in the breath is ours. Where nothing may move there is none. */
  #breathe(light, phase, breath) {
    light.classList.toggle("breathing", phase !== "");
    const [motion] = light.getAnimations();
    if (!motion) return;
    const { duration } = motion.effect.getTiming();
    const away = Math.abs((motion.currentTime % duration) - breath);
    if (Math.min(away, duration - away) > OFF) motion.currentTime = breath;
  }

  /** Once what this is, and then each line for everybody, as it comes. Not every breath. */
  #tell(words) {
    const first = this.#told === null;
    if (!words || this.#told === words || (!first && words.kind !== "say")) return;
    this.#told = words;
    const text = first ? `${this.querySelector("[data-intro]").textContent} ${words.text}` : words.text;
    // A line that stands in the page from the first is not announced: it has to come.
    setTimeout(() => this.#told === words && (this.querySelector("[data-told]").textContent = text), first ? 400 : 0);
  }

  #parts(selector) {
    return this.#stage.querySelectorAll(selector);
  }
}

customElements.define("step-exercise", StepExercise);
