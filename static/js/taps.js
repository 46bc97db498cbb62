// Taps with two fingers, several in a row: something a hand does on purpose and never by accident. Who
// reads by touch (VoiceOver, TalkBack) never gets here with it, and has the link.

const SHORT = 500; // milliseconds one tap takes at most, from the first finger down to the last one up
const STILL = 24; // pixels a finger may slip; more is scrolling or zooming
const WITHIN = 3000; // milliseconds for all of them

export function twoFingerTaps(times, act) {
  let taps = [];
  let began = 0;
  let most = 0; // fingers seen during this touch
  let places = new Map(); // where each finger came down
  const how = { capture: true, passive: true };

  addEventListener("touchstart", (event) => {
    if (event.touches.length === event.changedTouches.length) {
      [began, most, places] = [event.timeStamp, 0, new Map()];
    }
    most = Math.max(most, event.touches.length);
    for (const finger of event.changedTouches) places.set(finger.identifier, [finger.clientX, finger.clientY]);
  }, how);

  addEventListener("touchmove", (event) => {
    for (const finger of event.changedTouches) {
      const [x, y] = places.get(finger.identifier) ?? [finger.clientX, finger.clientY];
      if (Math.hypot(finger.clientX - x, finger.clientY - y) > STILL) most = Infinity;
    }
  }, how);

  addEventListener("touchcancel", () => { most = Infinity; taps = []; }, how);

  addEventListener("touchend", (event) => {
    if (event.touches.length) return;
    const tapped = most === 2 && event.timeStamp - began < SHORT;
    taps = tapped ? [...taps, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN) : [];
    if (taps.length === times) act();
  }, how);
}
