// The pattern on a card carries its code after the #, which no server sees. It goes into the field, and
// out of the address, also where the page stood open already and only that part of its address changed; the browser's
// history keeps the address as it was, and the page says so.

const field = document.querySelector("input[name=code]");

function take() {
  const code = location.hash.slice(1);
  if (!field || !/^[0-9A-Z-]{20,30}$/i.test(code)) return;
  field.value = code;
  history.replaceState(history.state, "", location.pathname + location.search);
  document.querySelector("[data-by-pattern]").hidden = false;
}

addEventListener("hashchange", take);
take();
