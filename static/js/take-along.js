// A link that is shown once: a touch selects the whole of it, and a button puts it where it can be pasted. Only by the
// person's own hand: what is copied may be seen on other devices of theirs.

for (const place of document.querySelectorAll("[data-take]")) {
  const button = place.querySelector("[data-of]"), said = place.querySelector("[role=status]");
  const link = document.getElementById(button.dataset.of);
  link.addEventListener("focus", () => link.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      said.textContent = said.dataset.taken;
    } catch {
      link.focus(); // which selects it
      said.textContent = said.dataset.notTaken;
    }
  });
  place.hidden = false;
}
