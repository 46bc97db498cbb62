"""Somebody to talk to, on a phone without script: nothing is pushed over the edge, every number is easy to touch. And
on paper, where a list of many sheets has an edge on each."""

import re

EDGE = 15 / 25.4 * 72  # points in fifteen millimetres
A4 = 595, 842


def test_every_sheet_of_a_long_list_keeps_its_edge(browse, house):
    """Told by the places of the numbers on it, which a printed file names in the clear."""
    page = browse(house)
    page.goto("/lines")
    sheets = page.pdf(format="A4")
    places = [tuple(map(float, place.split())) for place in re.findall(rb"/Rect \[([^]]+)\]", sheets)]
    assert len(places) > 100 and len(re.findall(rb"/Type /Page\b", sheets)) > 10
    for left, low, right, high in places:
        assert EDGE <= left <= right <= A4[0] - EDGE + 1 and EDGE <= low <= high <= A4[1] - EDGE + 1


def test_a_phone_without_script_finds_a_number_in_two_touches(browse, house):
    page = browse(house, phone=True, script=False)
    page.goto("/lines")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="New Zealand", exact=True).click()
    assert page.url.endswith("/lines#nz")
    page.get_by_label("Country", exact=True).select_option("IE")
    page.get_by_role("button", name="Show").click()
    number = page.get_by_role("link", name="116 123").first
    assert number.get_attribute("href") == "tel:116123"
    for one in page.locator(".ways a").all():
        assert one.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.title() == "Somebody to talk to"


def test_whoever_goes_out_by_any_link_is_not_told_from_where(browse, house):
    """Every way out, pressed, with somebody at the other end who writes down what the browser says of where it came from."""
    page, heard = browse(house, phone=True), []

    def elsewhere(route):
        heard.append(route.request.all_headers())
        route.fulfill(body="<p>Somebody else.</p>", content_type="text/html")

    page.context.route(lambda address: not address.startswith(house.url), elsewhere)
    page.goto("/lines")
    ways = page.locator("a[href^='/lines/out/']").evaluate_all("(all) => [...new Set(all.map((one) => one.getAttribute('href')))]")
    for way in ways:
        page.goto(way)
        page.locator("main a.button[rel]").click()
        page.get_by_text("Somebody else.").wait_for()
        assert page.evaluate("document.referrer") == ""
    assert len(heard) == len(ways) > 10
    assert [one for one in heard if "referer" in one or "origin" in one] == []
