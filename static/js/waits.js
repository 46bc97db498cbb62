// "In 6 minutes" goes on being right while the page is open. The server said how many minutes there were; what has gone
// by since is all that is asked of this device's clock, which may be wrong. The twin of `schedule/words.py::wait_words`.

const EVERY = 10_000, MINUTE = 60_000; // milliseconds
const opened = Date.now();
const waits = [...document.querySelectorAll("[data-wait]")];

function words(said, left) {
  if (left <= 0) return said.due;
  const minutes = Math.max(1, Math.round(left));
  if (minutes === 1) return said.minute;
  return minutes < 90 ? said.minutes.replace("…", minutes) : said.hours.replace("…", Math.round(minutes / 60));
}

function count() {
  for (const wait of waits) {
    const now = words(wait.dataset, Number(wait.dataset.wait) - (Date.now() - opened) / MINUTE);
    if (wait.textContent !== now) wait.textContent = now;
  }
}

if (waits.length) {
  setInterval(count, EVERY);
  document.addEventListener("visibilitychange", count); // a device that slept
}
