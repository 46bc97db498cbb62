// Nothing is left to be seen: not while the next page is on its way, not in what the browser keeps alive
// of this one, and not in the list of pages to go back to.
export function blank() {
  document.title = "";
  document.documentElement.classList.add("gone");
  document.body.replaceChildren();
}

// And the same address anew, for whoever may still see it. Not reload(), which would offer to send a form a second time.
export const anew = () => location.replace(location.href.split("#")[0]);
