// The forms of the page, as wishes that go over the line.

import { unusedId } from "./share-box.js";

const SETTLE = 900; // milliseconds after a press of Next in which another would still mean the last one
const NUMBERS = ["number", "agreement", "index", "place", "minutes"]; // fields of a form that are numbers on the wire

/** What a form says, as the payload of its wish; `pressed`: its button, which may say something too. */
export function payload(form, pressed = null) {
  const sent = {};
  const fields = [...new FormData(form), ...(pressed?.name ? [[pressed.name, pressed.value]] : [])];
  for (const [name, value] of fields) {
    if (name === "csrf_token" || value === "") continue;
    sent[name] = NUMBERS.includes(name) ? Number(value) : name === "person" ? true : value;
  }
  return sent;
}

/** Do what a form asks for, once: the same thumb on the same place must not do the next thing as well. */
export async function once(form, act) {
  const buttons = [...form.querySelectorAll("button")];
  if (buttons.some((button) => button.ariaDisabled === "true")) return;
  const rest = (is) => buttons.forEach((button) => (button.ariaDisabled = is));
  rest("true");
  await act().finally(() => setTimeout(() => rest(null), form.dataset.next ? SETTLE : 0));
}

/** A line was written and is kept: its box is empty again. What comes next is no second try of it. */
export function written(form, room) {
  form.elements.words.value = "";
  form.elements.client_id.value = unusedId();
  if (form.dataset.verb === "write_line" && !form.elements.who?.value) room.lines.ask("me", {});
}
