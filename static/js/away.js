// Leaving quickly. The link works with no script; with it the page is blank at once, the way back
// does not lead here, and pressing Shift three times, or tapping three times with two fingers, does the
// same as the link. Whatever else of ours this browser has open goes with it, and an everyday site opens
// also while the house does not answer.

import { anew, blank } from "./blank.js";
import { twoFingerTaps } from "./taps.js";

const WITHIN = 5000; // milliseconds for the three presses
const ANSWERS = 1000; // milliseconds in which a house that is there answers
const SETTLED = 1500; // milliseconds until a form that was sent has done what it does
const exit = document.querySelector("a.exit");
const others = new BroadcastChannel("pages"); // the other pages of this browser; nothing is kept of what is said
let presses = [];
let alone = false; // Shift is down, and nothing else was touched since

function leave() {
  others.postMessage("left");
  blank();
  forgetReminders();
  rememberLeaving();
  goElsewhere();
}

// By the house, which signs us out on the way. Where it does not answer, straight on: no page of the browser's
// is to say with whose name it could not be reached.
async function goElsewhere() {
  const asked = fetch(exit.href, { redirect: "manual", cache: "no-store" }).then(() => true, () => false);
  const late = new Promise((done) => setTimeout(done, ANSWERS, false));
  location.replace((await Promise.race([asked, late])) ? exit.href : exit.dataset.else);
}

// Somebody left, signed out or erased themselves on another page of this browser. A page may say by itself that it is
// signed out (a meeting's does); every other is emptied, and asks anew: whoever may still see it, does.
others.addEventListener("message", ({ data }) => {
  if (data === "ended" && !dispatchEvent(new Event("ended", { cancelable: true }))) return;
  blank();
  if (data === "left") location.replace(exit.dataset.else);
  else setTimeout(data === "erased" ? afterErasing : anew, SETTLED);
});

// Whoever is erased reads the same in every tab. Where the form was not taken, somebody is signed in still.
async function afterErasing() {
  const answer = await fetch("/me", { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.replace("/erased");
  else anew();
}

// With no line nobody signs us out now. Whatever asks the server next says so, before anything is shown.
function rememberLeaving() {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `x=1; Path=/; Max-Age=43200; SameSite=Lax${secure}`;
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
for (const form of document.querySelectorAll("form[data-ends]")) form.addEventListener("submit", () => others.postMessage(form.dataset.ends || "ended"));

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

// And when it shows that again, ask anew: whoever it was for may have gone since. Whoever left quickly is led on
// (`not-back.js`, for pages that are not kept alive).
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  const left = /(?:^|; )x=(\d+)/.exec(document.cookie)?.[1];
  if (left && history.state?.since !== left) location.replace(exit.dataset.else);
  else anew();
});
