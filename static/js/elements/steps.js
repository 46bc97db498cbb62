// Which step of an exercise it is: the list the server drew, read once and asked for any moment.
// Knows no clock and shows nothing. Times are milliseconds from the beginning.

/** The steps of a drawn list, in order. */
export function stepsIn(list) {
  return [...list.children].map((line) => {
    const { at, kind, breaths = 0, in: inhale = 0, out: exhale = 0, mark = "", field = "" } = line.dataset;
    const text = line.querySelector(".step-words").textContent.trim();
    return { line, at: at * 1000, kind, text, mark, field, breaths: Number(breaths), inhale: inhale * 1000, exhale: exhale * 1000 };
  });
}

/** What is so after that long: the words that stand, the half of the breath ("in", "out" or "") and
    how far into the breath it is, how much is done (0 to 1), and when the next change comes. */
export function present(steps, elapsed) {
  const begun = steps.filter((step) => step.at <= elapsed);
  const so = {
    line: begun.at(-1)?.line, words: begun.findLast((step) => !step.breaths), phase: "", breath: 0,
    done: Math.min(1, Math.max(0, elapsed / (steps.at(-1)?.at || 1))), next: steps[begun.length]?.at ?? Infinity,
  };
  const run = begun.findLast((step) => step.breaths);
  const whole = run && run.inhale + run.exhale;
  if (!run || elapsed >= run.at + run.breaths * whole) return so;
  so.breath = (elapsed - run.at) % whole;
  so.phase = so.breath < run.inhale ? "in" : "out";
  so.next = Math.min(so.next, elapsed - so.breath + (so.phase === "in" ? run.inhale : whole));
  return so;
}
