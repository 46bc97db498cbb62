"""Somebody to talk to, on a phone without script: nothing is pushed over the edge, every number is easy to touch."""


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
