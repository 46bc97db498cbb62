// The desk of those on duty: who waits, who is next, who is inside, the hour ahead. Lines are kept
// by name, so that an open question stays open while others come and go around it.

import { unusedId } from "./share-box.js";
import { at, said } from "./words.js";

/** Of the steps one may choose, the first so many are open; the others say what comes first. */
function openSteps(steps, open) {
  [...steps.options].forEach((option, place) => {
    const words = place < open ? option.dataset.now : option.dataset.later;
    option.disabled = place >= open;
    if (option.textContent !== words) option.textContent = words;
  });
}

class ChairDesk extends HTMLElement {
  #inside = []; // who is, as the server last told

  connectedCallback() {
    // What may be done about a share is what may be done about its author, whom the desk knows by name.
    document.addEventListener("toggle", ({ target }) => {
      const steps = target.open && target.matches(".share-more") && target.querySelector("[data-cell=step]");
      if (!steps) return;
      const name = target.closest(".share").querySelector(".share-name bdi").textContent;
      openSteps(steps, this.#inside.find((one) => one.name === name)?.open_steps ?? 1);
    }, true);
    // A line above that names a sheet of the desk opens it.
    document.addEventListener("click", ({ target }) => {
      const link = target.closest?.("a[data-opens]");
      if (link) this.querySelector(link.hash).open = true;
    });
  }

  /** Draw what the server told of the desk. `index`: the present part of the hour; `words`: what held
      shares say, by their number; `seat`: who reads it. */
  draw(desk, index, words, seat) {
    if (!desk) return this.clear();
    this.#inside = desk.inside;
    this.#rows("waiting", desk.waiting, (row, one) => {
      this.#person(row, one);
      this.#cell(row, "newcomer").hidden = !one.newcomer;
    });
    this.#rows("next", desk.order.length ? desk.order : desk.hands, (row, one) => this.#person(row, one));
    const moderates = "moderates" in this.dataset;
    const mine = desk.inside.find((one) => one.who === seat);
    this.#rows("inside", desk.inside, (row, one) => {
      const duty = this.#cell(row, "duty");
      const asked = this.#cell(row, "asked");
      this.#person(row, one);
      duty.textContent = one.duty ? this.#said("duties", one.duty) : "";
      duty.hidden = !one.duty;
      asked.textContent = this.#said("asks", one.asked ?? "not_now");
      asked.hidden = !one.asked && !one.not_now;
      const acts = moderates && !one.moderates && one !== mine;
      this.#cell(row, "out").hidden = Boolean(one.duty) && !acts;
      this.#cell(row, "ends").hidden = !one.duty;
      this.#cell(row, "back").hidden = !one.duty || one === mine || !(moderates || (mine?.duty === "chair" && !one.moderates));
      this.#rung(row, one);
      const asks = [...row.querySelectorAll("[data-ask]")];
      const by = moderates ? ["anybody", "moderators"] : ["anybody"];
      for (const ask of asks) ask.hidden = ask.dataset.ask === one.asked || !by.includes(one.asks[ask.dataset.ask]);
      this.#cell(row, "serve").hidden = asks.every((ask) => ask.hidden);
    });
    this.#rows("held", desk.held.map((one) => ({ ...one, by: one.who, who: String(one.number) })), (row, one) => {
      this.#person(row, one);
      this.#cell(row, "own").hidden = one.by !== seat;
      for (const choice of ["in", "not-as-it-is"]) this.#cell(row, choice).hidden = one.by === seat;
      this.#cell(row, "why").textContent = one.why.map((why) => this.#said("whys", why)).join(", ");
      this.#cell(row, "words").textContent = words[one.number] ?? "";
    });
    const open = (one) => Number(one.answered);
    this.#rows("lines", [...desk.lines].sort((one, other) => open(one) - open(other)), (row, one) => {
      this.#person(row, one);
      this.#cell(row, "open").hidden = one.answered;
    });
    this.#rows("agenda", desk.agenda.map((step, number) => ({ ...step, who: String(number) })), (row, step) => {
      this.#cell(row, "title").textContent = step.title;
      this.#cell(row, "until").textContent = step.done ? said("done") : step.ends_at ? said("until", at(Date.parse(step.ends_at))) : "";
      row.toggleAttribute("aria-current", Number(step.who) === index);
      if (row.hasAttribute("aria-current")) row.setAttribute("aria-current", "step");
    });
  }

  /** Take everybody off the desk: nobody serves here, or the hour is over. Only what is being written to
      somebody stays with whoever is signed out. */
  clear() {
    this.#inside = [];
    for (const row of this.querySelectorAll("[data-rows] > :not(:has([data-kept]))")) row.remove();
  }

  #rows(name, items, paint) {
    const list = this.querySelector(`[data-rows="${name}"]`);
    const wanted = new Set(items.map((item) => item.who));
    for (const row of [...list.children].filter((one) => !wanted.has(one.dataset.key))) {
      if (row.contains(document.activeElement)) (list.closest("details")?.querySelector("summary") ?? this).focus();
      row.remove();
    }
    const kept = new Map([...list.children].map((row) => [row.dataset.key, row]));
    items.forEach((item, place) => {
      const row = kept.get(item.who) ?? this.#clone(name, item.who);
      paint(row, item);
      if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
    });
  }

  #clone(name, key) {
    const row = this.querySelector(`template[data-draw="${name}"]`).content.firstElementChild.cloneNode(true);
    row.dataset.key = key;
    for (const who of row.querySelectorAll("[name=who]")) who.value = key;
    for (const number of row.querySelectorAll("[name=number]")) number.value = key;
    for (const id of row.querySelectorAll("[name=client_id]")) id.value = unusedId();
    for (const list of row.querySelectorAll("[data-lines]")) list.dataset.lines += key;
    return row;
  }

  #person(row, one) {
    this.#cell(row, "name").textContent = one.name;
  }

  #cell(row, name) {
    return row.querySelector(`[data-cell="${name}"]`);
  }

  #rung(row, { rung, listens, open_steps: open }) {
    const tag = this.#cell(row, "rung");
    tag.hidden = !rung;
    tag.textContent = said(listens ? "listens" : "had-word");
    this.#cell(row, "listens").hidden = !listens;
    const steps = this.#cell(row, "step");
    const next = Math.min([...steps.options].findIndex((option) => option.value === rung) + 1, steps.options.length - 1);
    if (row.dataset.rung !== (rung ?? "")) steps.selectedIndex = next;
    row.dataset.rung = rung ?? "";
    openSteps(steps, open);
  }

  #said(list, word) {
    return this.querySelector(`template[data-draw="${list}"]`).content.querySelector(`[data-said="${word}"]`)?.textContent ?? word;
  }
}

customElements.define("chair-desk", ChairDesk);
