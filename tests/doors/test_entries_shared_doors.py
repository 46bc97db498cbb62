"""Private entries where others use the device, too: they shut soon, and whoever types there is there."""

from datetime import timedelta

import pytest

from groups.accounts.models import SHORT_AT_MOST
from tests import cast
from tests.doors.asking import guard
from tests.doors.test_mine_doors import entries, opened, today, words  # noqa: F401


@pytest.fixture
def at_the_library(app, opened, words):  # noqa: F811
    """A browser that others use, too, signed in by Tom's words, which open what he writes."""
    browser = cast.Person("", None, None, app.test_client())
    assert browser.post("/sign-in", words=words, shared="y").status_code == 303
    return browser


def test_where_others_use_the_device_they_shut_after_ten_minutes_and_the_words_open_them_again(at_the_library, words, freeze):  # noqa: F811
    at_the_library.post("/me/entries", words="One line.", day=today(), kind="note")
    assert "after ten minutes" in at_the_library.get("/me/entries").text
    for _ in range(3):
        freeze.forward(minutes=8)
        assert "What you wrote" in at_the_library.get("/me/entries").text, "they are looked at"
    freeze.forward(minutes=11)
    assert at_the_library.get("/me").status_code == 200, "still signed in, as a browser that opens its pages again is"
    assert at_the_library.get("/me/entries/still").status_code == 403
    page = at_the_library.get("/me/entries")
    assert "What you wrote" not in page.text and "ten minutes" in page.text
    assert at_the_library.post("/me/entries/open", words=words).status_code == 303
    assert "What you wrote" in at_the_library.get("/me/entries").text


def test_asking_alone_keeps_them_open_for_nobody(at_the_library, freeze):
    at_the_library.get("/me/entries")
    for _ in range(2):
        freeze.forward(minutes=6)
        answer = at_the_library.get("/me/entries/still")
    assert answer.status_code == 403


def test_whoever_types_there_is_there_and_four_hours_end_it_all_the_same(at_the_library, freeze):
    at_the_library.get("/me/entries")
    for _ in range(int(SHORT_AT_MOST / timedelta(minutes=8)) - 1):
        freeze.forward(minutes=8)
        assert at_the_library.get("/me/entries/still?typed").status_code == 204
    assert at_the_library.get("/me").status_code == 200
    freeze.forward(minutes=9)
    assert at_the_library.get("/me/entries/still?typed").status_code == 403


def test_a_page_that_loads_itself_anew_when_they_shut_keeps_nobody_signed_in(at_the_library, freeze):
    guard(at_the_library.client.application)
    at_the_library.get("/me/entries")
    freeze.forward(minutes=12)
    assert "What you wrote" not in at_the_library.get("/me/entries").text
    freeze.forward(minutes=20)
    assert at_the_library.get("/me").status_code == 303


def test_whoever_types_too_late_opens_nothing_by_it(at_the_library, freeze):
    at_the_library.get("/me/entries")
    freeze.forward(minutes=12)
    for asked in ("/me/entries/still?typed", "/me/entries/still"):
        assert at_the_library.get(asked).status_code == 403


def test_what_was_written_slowly_is_noted_all_the_same_and_shows_nothing(at_the_library, words, freeze):  # noqa: F811
    at_the_library.post("/me/entries", words="From before.", day=today(), kind="note")
    freeze.forward(minutes=20)
    assert at_the_library.post("/me/entries", words="It took me a while.", day=today(), kind="note").status_code == 303
    assert len(entries()) == 2
    refused = at_the_library.post("/me/entries", words="", day=today(), kind="note")
    for answer in (refused, at_the_library.get("/me/entries")):
        assert "From before." not in answer.text and "Open my pages" in answer.text
    at_the_library.post("/me/entries/open", words=words)
    assert "It took me a while." in at_the_library.get("/me/entries").text


def test_elsewhere_they_stay_open_for_as_long_as_the_sign_in(opened, freeze):  # noqa: F811
    freeze.forward(hours=5)
    assert "ten minutes" not in opened.get("/me/entries").text and "What you wrote" in opened.get("/me/entries").text
