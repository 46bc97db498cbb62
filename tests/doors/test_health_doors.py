"""The two pages for balancers, and what a proxy may say."""

import pytest
import requests

from tests.server import Server, running
from tests.sockets import Wire, until

PAGES = ("/health", "/ready")
FORGED = (
    {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-Host": "evil.example"}, {"X-Forwarded-Proto": "https"},
    {"X-Forwarded-Port": "443"}, {"X-Forwarded-Prefix": "/evil"}, {"Forwarded": "for=203.0.113.9;host=evil.example;proto=https"},
    {"X-Real-IP": "203.0.113.9"}, {"X-Forwarded-For": "1.2.3.4, 5.6.7.8", "X-Forwarded-Proto": "https, http"},
    {"X-Original-URL": "/me"}, {"X-Forwarded-Server": "evil.example", "Via": "1.1 evil"},
)



@pytest.fixture(scope="module")
def behind(house):
    """A second process of the house, which expects a proxy before it."""
    with running(Server(house.folder, forked=True, LAMPLIGHT_PROXIES="1")) as behind:
        yield behind


def test_they_say_yes_without_a_cookie_or_a_word_more(house):
    until(lambda: house.visit().get("/ready").status_code == 200, what="the first look at the database")
    for visit in (house.visit(), house.visit("Maya")):
        for page, says in zip(PAGES, ("alive\n", "ready\n"), strict=True):
            answer = visit.get(page)
            assert (answer.status_code, answer.text) == (200, says)
            assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
            assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("forged", FORGED, ids=lambda headers: "+".join(headers))
def test_forged_headers_change_nothing(house, forged):
    for page in ("/", "/sign-in", "/me", "/nowhere"):
        plain, visit = requests.Session(), requests.Session()
        first = plain.get(house.url + page, timeout=10, allow_redirects=False)
        second = visit.get(house.url + page, timeout=10, allow_redirects=False, headers=forged)
        assert first.status_code == second.status_code and first.headers.get("Location") == second.headers.get("Location")
        assert "evil" not in second.text + str(second.headers) and "203.0.113" not in second.text


@pytest.mark.parametrize("forged", FORGED, ids=lambda headers: "+".join(headers))
def test_behind_a_proxy_only_its_own_word_counts_and_only_on_the_scheme(behind, forged):
    """The last of several values is the proxy's. Our proxies strip what came before; this is for others."""
    visit = requests.Session()
    answer = visit.get(behind.url + "/me", timeout=10, allow_redirects=False, headers=forged)
    assert answer.headers.get("Location", "").startswith("/"), "addresses are made from the path alone"
    assert "evil" not in answer.text + str(answer.headers)
    assert Wire(behind, behind.visit("Tom").cookie, headers=forged).connect()
