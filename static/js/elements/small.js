// Two small comforts of the page: a sheet that closes by itself, and a button that prints.

/** Close a sheet with Escape, or by touching anything else. */
export function closeBySelf(sheet, room) {
  room.addEventListener("keydown", (event) => event.key === "Escape" && sheet.removeAttribute("open"));
  addEventListener("pointerdown", (event) => sheet.contains(event.target) || sheet.removeAttribute("open"));
}

/** Where there is a script, there is a printer to ask. */
export function offerToPrint(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
