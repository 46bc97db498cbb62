"""Every page of the house in a real browser, once: what axe says of it, whom it asks for anything, and
what of it would be on paper. No server: the browser is answered by the pages themselves."""

import re
from urllib.parse import urlsplit

import pytest

from tests import axe, stage, walking, walking_forms
from tests.browsing import PHONE
from tests.house.conftest import behind  # noqa: F401

HERE = "http://localhost"  # where the pages were drawn
# The words that come out of the printer, and where they stand; what is invisible takes no ink.
ON_PAPER = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = [];
  while (texts.nextNode()) {
    const { data, parentElement: on } = texts.currentNode;
    if (data.trim() && on.checkVisibility({ visibilityProperty: true }) && on.getClientRects().length && !on.closest(".keepsake, .visually-hidden")) seen.push(data.trim());
  }
  return seen.join(" ");
}"""
# Every address on it that the browser would ask, wherever it stands.
OUTWARD = """() => [...document.querySelectorAll("[href], [src], form")]
  .map((one) => one.getAttribute("href") ?? one.getAttribute("src") ?? one.getAttribute("action"))
  .filter((to) => to !== null && !/^(tel|sms|#)/.test(to)).map((to) => new URL(to, location).href)"""
STYLES = re.compile(r'<link rel="stylesheet"[^>]+>|<style.*?</style>|<body[^>]*>|class="(?:calendar|month)\b[^"]*"', re.DOTALL)
PRINTS = ("/lines", "/calendar")  # numbers to call; and times, of which `test_calendar_doors` knows more


@pytest.fixture
def drawn(app, behind, visitor, tom, maya, rosa):  # noqa: F811
    return walking.pages(app, behind, {"": visitor, "Tom": tom, "Maya": maya, "Rosa": rosa})


@pytest.fixture
def open_page(chromium, visitor):
    """`open_page(page)`: a window of a phone that shows this page. `open_page.asked` are the hosts anything was asked of."""
    asked = set()
    with stage.showing(visitor.get) as on_stage:
        context = chromium.new_context(viewport=PHONE, reduced_motion="reduce", base_url=on_stage.url)
        context.on("request", lambda request: asked.add("{0.scheme}://{0.netloc}".format(urlsplit(request.url))))
        window = context.new_page()

        def show(page):
            on_stage.html = page.html
            window.goto(page.address.partition(",")[0])
            return window

        show.asked, show.home = asked, on_stage.url
        yield show
        context.close()


def on_the_sheet(window, **how):
    """What the printer gets of this page, but for the time of day."""
    return re.sub(rb"/(Creation|Mod)Date \(.*?\)", b"", window.pdf(format="A4", **how))


@pytest.mark.timeout(400)
def test_every_page_is_for_everybody_asks_only_us_and_leaves_no_words_on_paper(open_page, drawn):
    found, ways, printed = [], set(), set()
    for page in drawn:
        window = open_page(page)
        found += [f"{page}: {said}" for said in axe.complaints(window, fetched=True)]
        if not page.address.startswith("/lines/out/"):
            ways |= {f"{page}: {to}" for to in window.evaluate(OUTWARD) if not to.startswith((f"{HERE}/", f"{open_page.home}/"))}
        window.emulate_media(media="print")
        if not page.address.startswith(PRINTS) and (words := window.evaluate(ON_PAPER)):
            found.append(f"{page}: on paper: {words[:200]}")
        styled_by = tuple(STYLES.findall(page.html))
        if styled_by not in printed and on_the_sheet(window) != on_the_sheet(window, display_header_footer=True):
            found.append(f"{page}: there is room on the sheet for what browsers print by themselves, the address and the title")
        printed.add(styled_by)
        window.emulate_media(media="screen")
    assert found == []
    assert len(printed) > 9, "whether there is a margin is a matter of the styles alone, and is looked at once for each set of them"
    assert open_page.asked == {open_page.home}, "nobody else was asked for anything"
    assert ways == set(), "the only ways out are those at /lines, and behind them a page of ours"


@pytest.mark.timeout(400)
def test_every_refused_form_and_every_page_of_a_kept_account_is_for_everybody(app, open_page, drawn, harbour, visitor, tom, maya, rosa):
    """Once for each form, with all its complaints."""
    own = walking_forms.kept(app, tom, harbour)
    back = walking_forms.refused([*drawn, *own], {"": visitor, "Tom": tom, "Maya": maya, "Rosa": rosa}, ways=(False,))
    assert len(own) > 10 and len(back) > 30
    assert [f"{page}: {said}" for page in (*own, *back) for said in axe.complaints(open_page(page), fetched=True)] == []
