// Held shares: what their author still has of them, and what those on duty read before they decide.

export class Held {
  desk = {}; // words by number, for those on duty
  #own = {};

  constructor(room) {
    this.room = room;
  }

  /** Everything anew, as `enter` answered. */
  show({ held, desk }) {
    this.#own = held ?? {};
    this.desk = { ...(desk?.held ?? {}) };
  }

  /** What the desk was told. */
  hearDesk(entries = []) {
    for (const { kind, number, words } of entries) if (kind === "share_held") this.desk[number] = words;
  }

  /** Whether what became of one's own shares changed, so that the page has to ask for their words. */
  changed(before, part) {
    return JSON.stringify(before.held ?? []) !== JSON.stringify(part.held ?? []);
  }

  /** Put one's own words where they can be changed, or kept. What is being written there stays. */
  draw({ held = [] }) {
    const last = (status) => held.findLast((one) => one.status === status)?.number;
    const form = this.room.querySelector("form[data-held]");
    const asked = last("asked");
    if (asked && Number(form.elements.number.value) !== asked && asked in this.#own) {
      form.elements.number.value = asked;
      form.elements.words.value = form.elements.words.defaultValue = this.#own[asked];
    }
    this.room.querySelector("blockquote[data-held]").textContent = this.#own[last("dropped")] ?? "";
  }
}
