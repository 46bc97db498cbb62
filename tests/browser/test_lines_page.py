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
