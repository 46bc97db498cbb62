// Tell the server which zone this person's clock is in, once, so that every time on a page is
// theirs. A zone they chose themselves is already in the cookie and is left alone; but where others use the
// device it is there no longer than the browser is open.

const YEAR = 60 * 60 * 24 * 365;

const kept = () => document.cookie.match(/(?:^|; )tz=([^;]*)/)?.[1];

const { shared } = document.documentElement.dataset;

function keep(zone) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const long = shared === undefined ? `; Max-Age=${YEAR}` : "";
  document.cookie = `tz=${zone}; Path=/${long}; SameSite=Lax${secure}`;
}

function shownIn(zone) {
  const shown = document.querySelector("[data-zone-shown]");
  return !shown || shown.dataset.zoneShown === zone;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const isGone = document.documentElement.classList.contains("gone");

if (!isGone && shared !== undefined && kept()) keep(kept());
if (!isGone && !kept() && /^[A-Za-z0-9_+/-]+$/.test(zone ?? "")) {
  keep(zone);
  // Only when the cookie was really taken, or a browser without cookies would reload for ever;
  // and never over a form that came back, because its words would be gone.
  if (kept() === zone && !shownIn(zone) && !document.querySelector(".field-error, .notice.care")) location.reload();
}
