// A sheet somebody writes on for themselves. Its words are in the fields and nowhere else: nothing
// here keeps, sends or counts them, and they go when the page goes.

const fields = (sheet) => sheet.querySelectorAll("input, select, textarea");

/** Make it ready: emptied when the page is left, and a kind word when too much is chosen. Returns
    what to call when the sheet itself goes. */
export function open(sheet) {
  const empty = () => fields(sheet).forEach((field) => (field.type === "checkbox" ? (field.checked = false) : (field.value = "")));
  const gone = new AbortController();
  addEventListener("pagehide", empty, gone);
  sheet.addEventListener("change", ({ target }) => {
    const choice = target.closest("[data-most]");
    if (!choice) return;
    const chosen = choice.querySelectorAll(":checked").length;
    choice.querySelector("[data-more]").hidden = chosen <= Number(choice.dataset.most);
  }, gone);
  return () => gone.abort();
}

/** Say softly which field we are at. */
export function point(sheet, name) {
  for (const field of sheet.querySelectorAll("[data-field]")) field.classList.toggle("here", field.dataset.field === name);
}

/** Whether there is anything on it. */
export function hasWords(sheet) {
  return [...fields(sheet)].some((field) => (field.type === "checkbox" ? field.checked : field.value.trim() !== ""));
}
