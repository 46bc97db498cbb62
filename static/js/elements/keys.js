// The chair's keyboard, on a desktop: a letter does what a button of the desk does, and nothing while
// somebody writes. The buttons say which (aria-keyshortcuts), and so does the desk, in words.

export class Keys {
  constructor(room) {
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !room.live) return;
      if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
      const letter = event.key.toUpperCase();
      if (!/^[A-Z]$/.test(letter)) return;
      for (const button of room.querySelectorAll(`[aria-keyshortcuts="${letter}"]`)) {
        if (button.closest("[hidden]")) continue;
        event.preventDefault();
        return void button.form.requestSubmit(button);
      }
    });
  }
}
