// Leaving quickly. The link works with no script; with it the page is blank at once, the way back
// does not lead here, and pressing Shift three times does the same as the link.

const WITHIN = 5000; // milliseconds for the three presses
const exit = document.querySelector("a.exit");
let presses = [];
let alone = false; // Shift is down, and nothing else was touched since

function leave() {
  document.title = "";
  document.documentElement.classList.add("gone");
  document.body.replaceChildren();
  forgetReminders();
  location.replace(exit.href);
}

// The answers of /away and /sign-out make the browser forget them; this is for when no answer comes.
function forgetReminders() {
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister())).catch(() => {});
}

function otherwise() {
  alone = false;
  presses = [];
}

document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", forgetReminders);

exit.title = "Or press Shift three times";
exit.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// A press counts when Shift goes down and up by itself: capitals, shortcuts and selecting never leave.
addEventListener("keydown", (event) => {
  const bare = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!bare) otherwise();
  else if (!event.repeat) alone = true;
}, true);

addEventListener("pointerdown", otherwise, true);

addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN);
  if (presses.length === 3) leave();
}, true);

// A page the browser kept alive may belong to somebody who has since gone: hide it and ask again.
// Not reload(), which would offer to send a form a second time.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.classList.add("gone");
  location.replace(location.href.split("#")[0]);
});
