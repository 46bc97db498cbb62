// The pattern on a card carries its code after the #, which no server sees. It goes into the field, and
// out of the address; the browser's history keeps the address as it was, and the page says so.

const field = document.querySelector("input[name=code]");
const code = location.hash.slice(1);
if (field && /^[0-9A-Z-]{20,30}$/i.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector("[data-by-pattern]").hidden = false;
}
