// A page of private entries stays readable for as long as nobody touches it. Whoever signs this browser out from
// elsewhere, because the device is in other hands, means this page first of all: so it asks whether it still may.

import { anew, blank } from "./blank.js";

const EVERY = 5000; // milliseconds
const ask = () => fetch("/me/entries/still", { cache: "no-store", redirect: "manual" });

async function look() {
  const answer = await ask().catch(() => null); // no line says nothing either way
  if (answer?.type !== "opaqueredirect" && ![401, 403].includes(answer?.status)) return;
  blank();
  anew();
}

setInterval(look, EVERY);
addEventListener("focus", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
