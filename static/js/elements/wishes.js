// The forms of the page, as wishes that go over the line.

import { unusedId } from "./share-box.js";

const NUMBERS = ["number", "agreement", "index", "place", "minutes"]; // fields of a form that are numbers on the wire

/** What a form says, as the payload of its wish. */
export function payload(form) {
  const sent = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrf_token" || value === "") continue;
    sent[name] = NUMBERS.includes(name) ? Number(value) : name === "person" ? true : value;
  }
  return sent;
}

/** A line was written and is kept: its box is empty again. What comes next is no second try of it. */
export function written(form, room) {
  form.elements.words.value = "";
  form.elements.client_id.value = unusedId();
  if (form.dataset.verb === "write_line" && !form.elements.who?.value) room.lines.ask("me", {});
}
