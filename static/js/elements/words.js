// Times and places as words, and the sentences only the script has reason to say. All of them stand
// in the page (templates/meeting/_said.html), beside the words the server writes.

const room = document.querySelector("live-room"); // not there where the page was blanked before this came
const page = room?.querySelector('template[data-draw="said"]').content;
const dial = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: room?.dataset.zone });
const ordinals = room ? said("ordinals").split(" ") : [];

/** A sentence of the page, with one fact put in. */
export function said(key, fact = "") {
  return page.querySelector(`[data-said="${key}"]`).textContent.replace("…", fact);
}

/** The same as the page has it, with what is in it. */
export function drawn(key) {
  return [...page.querySelector(`[data-said="${key}"]`).cloneNode(true).childNodes];
}

/** A place in a queue: "next", "second". */
export function place(number) {
  return number ? ordinals[number - 1] ?? said("number", number) : "";
}

/** How much time is left, roughly, as one says it. Seconds in. */
export function left(seconds) {
  if (!(seconds > 0)) return said("moment");
  if (seconds < 45) return said("half");
  if (seconds < 90) return said("minute");
  return said("minutes", Math.round(seconds / 60));
}

/** How long until something: "in 6 minutes". Seconds in. */
export function wait(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes === 1) return said("in-minute");
  return minutes < 90 ? said("in-minutes", minutes) : said("in-hours", Math.round(minutes / 60));
}

/** A moment on the reader's clock: "19:45". Milliseconds in. */
export function at(moment) {
  return moment ? dial.format(moment) : "";
}
