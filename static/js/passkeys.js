// Passkeys. A form with `data-begin` is shown where this browser can do it: its fields go to that address,
// the device is asked what comes back, and its answer is sent by the form itself.

const numbered = /^[\d.]+$|^\[/.test(location.hostname); // devices hold passkeys for names alone
const able = !numbered && "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

async function asked(form) {
  const answer = await fetch(form.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.said);
  return said;
}

async function answered(form, options) {
  if (form.dataset.does === "add") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function say(form, words) {
  const place = form.querySelector("[data-said]");
  place.textContent = words;
  place.hidden = !words;
}

async function begin(event) {
  const form = event.target;
  event.preventDefault();
  say(form, "");
  try {
    const options = await asked(form);
    if (form.elements.words) form.elements.words.value = ""; // they have done their part, whatever the device does now
    const credential = await answered(form, options);
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    if (form.elements.shared) form.elements.shared.value = document.querySelector('[type="checkbox"][name="shared"]').checked ? "y" : "";
    form.submit();
  } catch (failure) {
    // What the browser itself says is English for programmers; one that was only closed says nothing.
    say(form, failure.name === "Error" ? failure.message : form.dataset[failure.name === "InvalidStateError" ? "known" : "not"]);
  }
}

for (const form of document.querySelectorAll("form[data-begin]")) {
  for (const without of document.querySelectorAll("[data-without]")) without.hidden = able;
  form.closest("[data-passkeys]").hidden = !able;
  form.addEventListener("submit", begin);
}
