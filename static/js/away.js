// Leaving quickly. The link works with no script; with it the page is blank at once, the way back
// does not lead here, and pressing Shift three times, or tapping three times with two fingers, does the
// same as the link.

import { twoFingerTaps } from "./taps.js";

const WITHIN = 5000; // milliseconds for the three presses
const exit = document.querySelector("a.exit");
let presses = [];
let alone = false; // Shift is down, and nothing else was touched since

function leave() {
  blank();
  forgetReminders();
  rememberLeaving();
  location.replace(exit.href);
}

// With no line nobody signs us out now. Whatever asks the server next says so, before anything is shown.
function rememberLeaving() {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `x=1; Path=/; Max-Age=43200; SameSite=Lax${secure}`;
}

// Nothing is left to be seen: not while the next page is on its way, not in what the browser keeps alive
// of this one, and not in the list of pages to go back to.
function blank() {
  document.title = "";
  document.documentElement.classList.add("gone");
  document.body.replaceChildren();
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

exit.title = "Or press Shift three times, or tap three times with two fingers";
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

twoFingerTaps(3, leave);

// The browser may keep a page alive behind the next one, whatever we ask of it (`no-store` is no help
// any more). What it keeps is empty.
addEventListener("pagehide", blank);

// And when it shows that again, ask anew: whoever it was for may have gone since.
// Not reload(), which would offer to send a form a second time.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  location.replace(location.href.split("#")[0]);
});
