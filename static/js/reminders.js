// Switching reminders on for this browser: it asks the person, then its own push service, and puts what
// it was told into the form. Saving choices and removing a device work with no script.

const WORKER = "/static/js/push-worker.js"; // its folder is its scope: no page is in there
const page = document.querySelector("[data-push-key]");
const form = page?.querySelector("form.choices");
const isOn = Boolean(page?.dataset.on);

// The one policy this page may have; whatever it is asked for, the answer is our worker.
const policy = globalThis.trustedTypes?.createPolicy("reminders", { createScriptURL: () => WORKER });
const worker = policy ? policy.createScriptURL("") : WORKER;

function say(what) {
  for (const words of page.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== what;
  if (!isOn) form.hidden = what === "unable" || what === "denied";
}

// In answer to the button: where whoever pressed it looks.
function sayHere(what) {
  say(what);
  page.querySelector(`[data-says="${what}"]`).scrollIntoView({ block: "nearest" });
}

async function registered() {
  return (await navigator.serviceWorker.getRegistrations()).find((one) => one.scope.endsWith("/static/js/"));
}

async function active() {
  const found = await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  const coming = found.installing ?? found.waiting;
  if (coming && !found.active) {
    await new Promise((done, fail) => coming.addEventListener("statechange", () => {
      if (coming.state === "activated") done();
      if (coming.state === "redundant") fail(new Error("redundant"));
    }));
  }
  return found;
}

async function subscribed() {
  const { pushManager } = await active();
  const how = { userVisibleOnly: true, applicationServerKey: page.dataset.pushKey };
  try {
    return await pushManager.subscribe(how);
  } catch (refused) {
    const old = await pushManager.getSubscription(); // made for an earlier key of this server
    if (!old) throw refused;
    await old.unsubscribe();
    return pushManager.subscribe(how);
  }
}

async function switchOn(event) {
  if (form.elements.endpoint.value) return; // filled in: this is the form on its way
  event.preventDefault();
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted") return sayHere(allowed === "denied" ? "denied" : "unasked"); // they may have closed the question
  try {
    const { endpoint, keys } = (await subscribed()).toJSON();
    form.elements.endpoint.value = endpoint;
    form.elements.point.value = keys.p256dh;
    form.elements.auth.value = keys.auth;
  } catch {
    return sayHere("failed");
  }
  form.requestSubmit();
}

async function letGo() {
  const found = await registered();
  await (await found?.pushManager.getSubscription())?.unsubscribe();
  await found?.unregister();
}

// Which of the devices this is: the server is asked once, when the browser takes reminders already.
async function recognise() {
  const subscription = await (await registered())?.pushManager.getSubscription();
  if (!subscription) return isOn ? say("lost") : undefined;
  if (isOn) return undefined;
  const body = new URLSearchParams({ endpoint: subscription.endpoint, csrf_token: form.elements.csrf_token?.value ?? "" });
  const answer = await fetch(page.dataset.recognise, { method: "POST", body });
  if (answer.status === 204) location.reload();
}

function start() {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!able) return say("unable");
  say(Notification.permission === "denied" ? "denied" : "ready");
  if (!isOn) form.addEventListener("submit", switchOn);
  page.querySelector("form.end")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    await letGo().catch(() => {});
    event.target.submit();
  });
  recognise().catch(() => {}); // then it is one of the others on this page, and can be switched on again
}

if (form) start();
