"""Every answer carries every security header, whatever it is an answer to."""

from dataclasses import replace

import pytest
import requests

from groups import create_app
from groups.headers import (
    CONTENT_POLICY,
    HEADERS,
    HTTPS_ONLY,
    OPEN_CACHE,
    OPEN_DATA,
    OPEN_TO_OTHER_PAGES,
    OUTWARD,
    PAGE_CACHE,
    STATIC_ASKED,
    STATIC_CACHE,
    WITH_WORKER,
    headers_for,
)
from groups.readiness import Readiness
from groups.sentences import SENTENCES
from realtime.leaving import Doorway
from tests.house.doors import doors, knock, path
from tests.server import IN_EITHER_MODE

OTHERS = ("/nowhere", "/g/nosuchgroup", "/static/css/nothing.css", "/static/../app.py", "/sign-in/", "//", "/%00", "/health", "/api/v1/nothing", "/feeds/meetings.jso")

REFUSED_SOCKETS = (  # (what is asked for, with which headers): no socket, of an old kind, by polling, one that is gone, from elsewhere
    ("", {}), ("EIO=3&transport=websocket", {}), ("EIO=4&transport=polling", {}), ("EIO=4&transport=websocket&sid=gone", {}),
    ("EIO=4&transport=websocket", {"Origin": "https://elsewhere.example"}),
)


def check(answer, about, headers=HEADERS):
    for name, value in headers.items():
        assert answer.headers.get(name) == value, (name, about)


def test_every_page_for_everybody(app, behind, visitor, otto, tom, maya):
    """And only what is for everybody may be kept, and knows no cookie."""
    kept = set()
    for _, method, rule in doors(app):
        address, said = path(app, rule, behind["harbour"]), set()
        for person in (visitor, otto, tom, maya):
            answer = knock(person, method, address)
            check(answer, (person.name, method, address), headers_for(address))
            for_everybody = address.startswith(OPEN_DATA)
            assert answer.headers["Cache-Control"] == (OPEN_CACHE if for_everybody and answer.status_code == 200 else PAGE_CACHE)
            for name, value in OPEN_TO_OTHER_PAGES.items():
                assert answer.headers.get(name) == (value if for_everybody else None), (method, address)
            assert answer.status_code < 500 or address == "/ready", (person.name, method, address)  # nothing beats here
            if "public" in answer.headers["Cache-Control"]:
                kept.add(str(rule))
            if for_everybody:
                assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", ""), address
                said.add(answer.text)
        assert len(said) < 2, ("the same for everybody", method, address)
    assert kept == {
        "/feeds/meetings.json", "/api/v1/meetings", "/api/v1/series", "/api/v1/groups", "/api/v1/openapi.json",
    }  # and what a BMLT program asks, with its question


def test_one_page_may_name_the_worker_and_differs_in_nothing_else(app, behind, tom):
    addresses = {path(app, rule, behind["harbour"]) for _, _, rule in doors(app)}
    others = {address for address in addresses if headers_for(address) != HEADERS and not address.startswith(OUTWARD)}
    assert others == {address for address in addresses if address.startswith(WITH_WORKER)} and WITH_WORKER in others
    for near in ("/", "/me", "/me/reminder", f"{WITH_WORKER}s", "/static/js/push-worker.js", "/static/js/reminders.js"):
        assert headers_for(near) == HEADERS
    given = tom.get(WITH_WORKER).headers["Content-Security-Policy"]
    assert given.replace("trusted-types reminders", "trusted-types 'none'") == CONTENT_POLICY != given


@pytest.mark.parametrize("address", OTHERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_every_other_answer(app, visitor, method, address):
    answer = visitor.client.open(address, method=method)
    check(answer, (method, address))
    if method != "OPTIONS":  # which nothing stores anyway
        assert answer.headers["Cache-Control"] == PAGE_CACHE


def test_a_static_file_may_be_kept_for_ever_by_its_fingerprint_and_is_asked_for_anew_without(app, visitor):
    with app.test_request_context():
        fingerprinted = app.url_for("static", filename="css/tokens.css")
    for address, kept in ((fingerprinted, STATIC_CACHE), ("/static/css/tokens.css", STATIC_ASKED)):
        with visitor.get(address) as answer:
            assert answer.status_code == 200
            check(answer, address)
            assert answer.headers["Cache-Control"] == kept
            assert "Set-Cookie" not in answer.headers


def test_a_page_that_breaks_is_calm_and_carries_them_too(app, visitor, monkeypatch):
    def broken():
        raise ZeroDivisionError("something somebody wrote")

    monkeypatch.setitem(app.view_functions, "honest.seen", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = visitor.get("/seen")
    assert answer.status_code == 500
    check(answer, "broken")
    assert "somebody wrote" not in answer.text
    assert "Please try again in a moment" in answer.text


def test_a_form_without_protection_and_one_that_is_too_big(app, tom):
    too_big = tom.post("/sign-in", words="x" * 200_000)
    app.config["WTF_CSRF_ENABLED"] = True
    unprotected = tom.post("/sign-in", words="seven words")
    for answer, status in ((too_big, 413), (unprotected, 400)):
        assert answer.status_code == status
        check(answer, status)
        assert answer.headers["Cache-Control"] == PAGE_CACHE


def test_over_https_browsers_are_told_to_stay_there(app, visitor):
    secure = create_app(replace(app.extensions["settings"], url="https://meet.example.org"))
    for address in ("/sign-in", "/nowhere"):
        answer = secure.test_client().get(address, base_url="https://meet.example.org")
        check(answer, address)
        for name, value in HTTPS_ONLY.items():
            assert answer.headers[name] == value
        assert all(cookie.startswith("__Host-") and "Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))
    secure.extensions["ledger"].stop()
    assert not set(HTTPS_ONLY) & set(visitor.get("/sign-in").headers.keys())


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(app, visitor):
    app.config["WTF_CSRF_ENABLED"] = True  # the form's token makes a session
    cookies = visitor.get("/sign-in").headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


@IN_EITHER_MODE
def test_the_running_server_sends_them_too(server):
    visit = server.visit()
    for answer in (
        visit.get("/sign-in"), visit.get("/nowhere"), visit.get("/static/css/tokens.css"),
        requests.post(f"{server.url}/sign-in", data={"words": "x" * 200_000}, timeout=5),
        *(requests.get(f"{server.url}/socket.io/?{asked}", headers=sent, timeout=5) for asked, sent in REFUSED_SOCKETS),
        requests.post(f"{server.url}/socket.io/?EIO=4&transport=websocket", timeout=5),
    ):
        check(answer, (answer.status_code, answer.url))
        assert "Python" not in answer.headers.get("Server", "")


@pytest.mark.parametrize("draining", [True, False])
def test_sockets_refused_at_the_doorway_carry_them(draining):
    readiness = Readiness()
    if draining:
        readiness.drain()

    def library(environ, start_response):
        start_response("400 BAD REQUEST", [("Content-Type", "text/plain")])
        return [b"no"]

    said = {}
    door = Doorway(library, readiness)
    for scheme, more in (("http", {}), ("https", HTTPS_ONLY)):
        door({"PATH_INFO": "/socket.io/", "wsgi.url_scheme": scheme}, lambda status, headers: said.update(dict(headers), status=status))
        assert said["status"][:3] == ("503" if draining else "400")
        assert HEADERS.items() | more.items() | {"Cache-Control": PAGE_CACHE}.items() <= said.items()


def test_what_is_refused_before_any_page_can_be_drawn_shows_the_way_out_too(server):
    answer = requests.post(f"{server.url}/sign-in", data={"words": "x" * 200_000}, timeout=5)
    assert (answer.status_code, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert 'class="exit" href="/away" data-else="https://' in answer.text and 'src="/static/js/away.js"' in answer.text, "every way of leaving"
    assert 'href="/away"' in answer.text and SENTENCES["too_big"] in answer.text
