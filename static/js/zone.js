// Tell the server which zone this person's clock is in, once, so that every time on a page is
// theirs. A zone they chose themselves is already in the cookie and is left alone.

const YEAR = 60 * 60 * 24 * 365;

const kept = () => document.cookie.match(/(?:^|; )tz=([^;]*)/)?.[1];

function keep(zone) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `tz=${zone}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

function shownIn(zone) {
  const shown = document.querySelector("[data-zone-shown]");
  return !shown || shown.dataset.zoneShown === zone;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (!document.documentElement.classList.contains("gone") && !kept() && /^[A-Za-z0-9_+/-]+$/.test(zone ?? "")) {
  keep(zone);
  // Only when the cookie was really taken, or a browser without cookies would reload for ever;
  // and never over a form that came back, because its words would be gone.
  if (kept() === zone && !shownIn(zone) && !document.querySelector(".field-error, .notice.care")) location.reload();
}
