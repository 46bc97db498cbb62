// Whoever left quickly is not led here again by Back, nor is whoever sits there then: the everyday site once more. An
// address that is typed, chosen or sent comes in as ever, and is marked in its place of this tab's history as opened
// since: Back to it is for whoever did. Leaving once more has another number (`x`). In the head and not a module: before
// anything is drawn.
{
  const left = /(?:^|; )x=(\d+)/.exec(document.cookie)?.[1];
  const mark = () => history.replaceState({ ...history.state, since: left }, "");
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (left && back && history.state?.since !== left) {
    document.documentElement.classList.add("gone");
    location.replace(document.currentScript.dataset.else); // not /away: somebody may be signed in again in another tab
  } else if (left) {
    mark();
    addEventListener("hashchange", mark); // a part of the page is a place of its own
  }
}
