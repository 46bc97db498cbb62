"""Leaving quickly: the way out on every page, what it says it does, and what it does with no line."""

import re

from groups.http import LEAVING_COOKIE, LEFT_UNHEARD
from tests.doors.asking import cookie


def test_a_browser_that_left_with_no_line_is_signed_out_by_the_next_thing_it_asks(tom, harbour):
    assert "Harbour" in tom.get("/me").text
    tom.client.set_cookie(LEAVING_COOKIE, LEFT_UNHEARD)
    for address in ("/", "/me", f"/g/{harbour.slug}", "/nowhere"):
        assert (tom.get(address).status_code, tom.get(address).location) == (302, "/away"), address
    assert tom.get("/lines").status_code == 200, "for anybody, and nobody's"
    tom.get("/away")
    assert 1 < int(tom.client.get_cookie(LEAVING_COOKIE).value) <= 3601 and cookie(tom) in (None, "")
    assert tom.get("/me").location == "/sign-in?next=/me", "whoever opens an address comes in as ever"


def test_the_way_out_is_on_every_page_second_in_the_order_of_tab_and_on_those_that_stand_alone(app, visitor, tom, monkeypatch):
    def broken():
        raise ZeroDivisionError()

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "honest.seen", broken)
    for page in (visitor.get("/"), tom.get("/me"), visitor.get("/nowhere"), visitor.get("/lines"), visitor.get("/seen")):
        links = re.findall(r"<(?:a|button|input|select|textarea)\b[^>]*>", page.text.partition("<body")[2])
        assert 'href="/away"' in [link for link in links if 'class="skip"' not in link][0], links[:3]
        assert "js/away.js" in page.text


def test_it_is_said_that_the_history_stays(visitor):
    assert 'href="/leaving"' in visitor.get("/").text
    page = visitor.get("/leaving")
    assert page.status_code == 200 and "Your browsing history is not erased." in page.text
    assert "may show it as it was, with what you typed there and did not send" in page.text
    assert "A spare code that was read from its QR code is listed with the address" in page.text
