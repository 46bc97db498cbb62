// A share appears paragraph by paragraph at reading speed, for everyone at the same moment: from when
// it was shared, over the seconds it takes to read. All of it is there from the start, so that a
// screen reader has it whole; what is still to come is merely not to be seen yet.

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Let the paragraphs of a share come. `since`: milliseconds since it was shared; `seconds`: to read it all. */
export function come(share, since, seconds) {
  if (still.matches || !(seconds > 0) || since >= seconds * 1000) return;
  const paragraphs = [...share.querySelectorAll(".share-words > p")];
  const lengths = paragraphs.map((paragraph) => paragraph.textContent.split(/\s+/).length);
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  paragraphs.forEach((paragraph, place) => {
    const wait = (before / whole) * seconds * 1000 - since;
    before += lengths[place];
    if (wait <= 0) return;
    paragraph.classList.add("to-come");
    setTimeout(() => paragraph.classList.remove("to-come"), wait);
  });
}

/** All of it at once: one's own words are no news. */
export function comeAtOnce(share) {
  for (const paragraph of share.querySelectorAll(".to-come")) paragraph.classList.remove("to-come");
}
