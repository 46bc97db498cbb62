// The desk keeps itself up to date: its list is asked for again, and what stayed the same stays in place,
// so that neither the keyboard nor a thumb on its way loses what it was on. New lines are said once.

const EVERY = 10000; // milliseconds
const place = document.querySelector("[data-from]");
const old = document.querySelector("[data-old]");
const news = document.querySelector("[data-new]");
let mark = `"${place.dataset.mark}"`;
let asking = false;

const matters = (list) => [...list.querySelectorAll(".matters > [data-line]")];
const nameOf = (node) => node.dataset.line ?? node.getAttribute("aria-labelledby") ?? `${node.tagName} ${node.className}`;

function ask() {
  if (asking || document.visibilityState !== "visible") return;
  asking = true;
  const asked = new XMLHttpRequest(); // it alone reads markup where nobody may write any
  asked.open("GET", place.dataset.from);
  asked.setRequestHeader("If-None-Match", mark);
  asked.responseType = "document";
  asked.timeout = EVERY;
  asked.onload = () => {
    const fresh = asked.status === 200 && asked.response?.querySelector("[data-desk]"); // "as it was" has no markup to read
    if (asked.status === 404) return location.reload(); // no longer theirs, and the page says so
    if (fresh && !place.querySelector(":active")) {
      mark = asked.getResponseHeader("ETag") ?? "";
      show(document.adoptNode(fresh));
    }
    old.hidden = asked.status === 304 || Boolean(fresh);
  };
  asked.onerror = asked.ontimeout = () => (old.hidden = false);
  asked.onloadend = () => (asking = false);
  asked.send();
}

function show(fresh) {
  const known = new Set(matters(place).map(nameOf));
  const added = matters(fresh).filter((line) => !known.has(nameOf(line))).map((line) => line.textContent.trim());
  const had = place.contains(document.activeElement);
  settle(place.querySelector("[data-desk]"), fresh);
  if (had && !place.contains(document.activeElement)) document.getElementById("desk").focus({ preventScroll: true });
  if (added.length) news.textContent = `${added.join(". ")}.`;
}

/** Give `old` what `fresh` holds, around whatever has the keyboard: that one stays where it is. */
function settle(old, fresh) {
  const kept = [...old.children].find((child) => child.contains(document.activeElement));
  const twin = kept && [...fresh.children].find((child) => nameOf(child) === nameOf(kept));
  if (!twin) return old.replaceChildren(...fresh.childNodes);
  for (const child of [...old.childNodes]) if (child !== kept) child.remove();
  const beside = [...fresh.childNodes];
  const at = beside.indexOf(twin);
  kept.before(...beside.slice(0, at));
  kept.after(...beside.slice(at + 1));
  kept.className = twin.className;
  if (twin.href) kept.href = twin.getAttribute("href");
  settle(kept, twin);
}

document.querySelector("[data-plain]").hidden = true;
setInterval(ask, EVERY);
document.addEventListener("visibilitychange", ask);
