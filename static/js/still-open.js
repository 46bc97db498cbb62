// A page of private entries stays readable for as long as nobody touches it. Whoever signs this browser out from
// elsewhere, because the device is in other hands, means this page first of all: so it asks whether it still may.
// Whoever types here asks the house nothing else, and is there all the same: the question says so.

import { anew, blank } from "./blank.js";

const EVERY = 5000; // milliseconds
const LATELY = 120000; // since then somebody typed: as near as the house notes use where others use the device
let typed = -Infinity;

const question = () => (Date.now() - typed < LATELY ? "/me/entries/still?typed" : "/me/entries/still");
const ask = () => fetch(question(), { cache: "no-store", redirect: "manual" });

async function look() {
  const answer = await ask().catch(() => null); // no line says nothing either way
  if (answer?.type !== "opaqueredirect" && ![401, 403].includes(answer?.status)) return;
  blank();
  anew();
}

addEventListener("input", () => (typed = Date.now()));
setInterval(look, EVERY);
addEventListener("focus", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
