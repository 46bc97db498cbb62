// What is shown to somebody who is signed in stays readable for as long as nobody touches it. Whoever signs this browser
// out from elsewhere, because the device is in other hands, means the pages that are open there: so each of them asks
// whether it still may be, while it is in view; one of private entries more often, and always. Whoever types asks the
// house nothing else, and is there all the same: the question says so. A meeting hears of it by its own line.

import { anew, blank } from "./blank.js";
import { written } from "./unsent.js";

const { still, every, out } = document.body.dataset; // out: what is said beside words that were not sent, if they may stay
const EVERY = every * 1000; // milliseconds
const LATELY = 120000; // since then somebody typed: as near as the house notes use where others use the device
const ON_ITS_WAY = 10000; // a form that was sent may sign out by itself, and leads on
let typed = -Infinity;
let sent = -Infinity;
let isOver = false;

const since = (moment) => Date.now() - moment;
const question = () => (since(typed) < LATELY ? `${still}${still.includes("?") ? "&" : "?"}typed` : still);
const ask = () => fetch(question(), { cache: "no-store", redirect: "manual" });
const isGoing = () => isOver || since(sent) < ON_ITS_WAY || document.documentElement.classList.contains("gone");

async function look() {
  if (isGoing()) return;
  const answer = await ask().catch(() => null); // no line says nothing either way
  if (isGoing() || (answer?.type !== "opaqueredirect" && ![401, 403].includes(answer?.status))) return;
  isOver = true;
  const unsent = out ? written(document, "textarea") : [];
  if (unsent.length) return keepOnly(unsent);
  blank();
  anew();
}

// What was shown goes; what is written stays in its box, for its author to come back to.
function keepOnly(boxes) {
  const focus = document.activeElement;
  const said = document.createElement("p");
  said.className = "notice care";
  said.setAttribute("role", "alert");
  said.textContent = out;
  document.querySelector("main").replaceChildren(said, ...boxes.map((box) => box.closest(".field") ?? box));
  if (boxes.includes(focus)) focus.focus();
}

function start() {
  addEventListener("input", () => (typed = Date.now()));
  addEventListener("submit", (event) => event.defaultPrevented || (sent = Date.now()));
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  setInterval(() => (out && document.hidden) || look(), EVERY);
}

if (still) start();
