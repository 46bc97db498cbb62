// Whoever left quickly is not led here again by Back, nor is whoever sits there then: the everyday site once more.
// An address that is typed, chosen or sent comes in as ever. In the head and not a module: before anything is drawn.
if (/(?:^|; )x=2(?:;|$)/.test(document.cookie)) {
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
    document.documentElement.classList.add("gone");
    location.replace("/away");
  } else {
    document.cookie = "x=; Path=/; Max-Age=0";
  }
}
