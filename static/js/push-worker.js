// Shows the sentence that was sent, without a sound, in place of the one before; a tap opens the front
// page. It hears nothing else: no page passes through here, and nothing is stored.

addEventListener("push", (event) => {
  const words = event.data?.text();
  if (words) event.waitUntil(registration.showNotification(words, { tag: "note", silent: true }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow("/"));
});
