// A form that is answered by a file leaves its page standing: what had to be typed for it goes from the field, and the
// page says once where the file is. Any other answer is a page, and takes the place of this one.

for (const form of document.querySelectorAll("form[data-file]")) {
  // Later, when the browser has taken along what is in the fields.
  form.addEventListener("submit", () => setTimeout(() => {
    if (form.elements.words) form.elements.words.value = "";
    const place = form.querySelector("[data-sent]");
    place.textContent = form.dataset.file;
    place.scrollIntoView({ block: "nearest" });
  }));
}
