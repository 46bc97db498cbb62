"""A house goes by the name its steward chose, everywhere it says one."""

import json
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from groups.errors import Invalid
from groups.membership.actions import join
from groups.off_the_loop import OffLoop
from groups.sentences import REMINDERS
from groups.settings import ROOT
from groups.subscribing.models import FeedKind
from tests.conftest import settings_for
from tests.doors.linking import make
from tests.house.doors import doors, path
from tests.owned import keep

CREDIT = "Written for Lamplight"  # of the texts we ship: who wrote them, not whose house this is
SHIPPED = ("templates", "static", "groups/sentences")


@pytest.fixture
def house_settings(tmp_path):
    """The steward called it Calendar."""
    return replace(settings_for(tmp_path), name="Calendar")


def said(answer):
    """Everything of an answer that a person or a program may read, without the credits."""
    if answer.mimetype == "application/zip":
        with ZipFile(BytesIO(answer.data)) as files:
            text = "".join(f"{file} {files.read(file).decode()}" for file in files.namelist())
    else:
        text = answer.text
    return (text + str(answer.headers)).replace(CREDIT, "")


def test_no_page_no_feed_and_no_answer_to_a_program_says_another(app, behind, visitor, maya, otto):
    for _, method, rule in doors(app):
        address = path(app, rule, behind["harbour"])
        for person in (visitor, maya, otto) if method == "GET" else (maya,):
            answer = person.get(address) if method == "GET" else person.post(address)
            assert not re.search("lamplight(?!-)", said(answer), re.I), (method, address, person.name)
            if not person.client.get_cookie("s") and person.signed_in:
                person.sign_in()


def test_pages_without_a_title_of_their_own_and_every_wordmark_say_it(app, visitor, maya, monkeypatch):
    def breaks():
        raise ZeroDivisionError

    for page in ("/", "/lines", "/seen", "/leaving"):
        assert '<a class="wordmark" href="/">Calendar</a>' in visitor.get(page).text, page
    for page in ("/nowhere", "/leaving"):
        assert "<title>Calendar</title>" in visitor.get(page).text, page
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "honest.seen", breaks)
    assert "<title>Calendar</title>" in visitor.get("/seen").text
    app.config["WTF_CSRF_ENABLED"] = True
    assert "<title>Calendar</title>" in maya.post("/sign-in", words="x").text, "a form to be sent again"


def test_so_does_the_page_that_is_drawn_without_templates(house_settings):
    told = []
    crowd = OffLoop(None, house_settings.name, house_settings.away_url)
    page = crowd.plainly({}, lambda status, headers: told.append(status), "429 Too Many Requests", "crowded", ("Retry-After", "3"))
    assert b"<title>Calendar</title>" in b"".join(page) and told == ["429 Too Many Requests"]
    odd = OffLoop(None, "Tea & {cake}", "https://example.org/?a=1&b={2}").plainly({}, lambda *_: None, "429 Too Many Requests", "crowded", ("Retry-After", "3"))
    page = b"".join(odd)
    assert b"<title>Tea &amp; {cake}</title>" in page and b'data-else="https://example.org/?a=1&amp;b={2}"' in page


def test_calendars_passkeys_and_reminders_say_no_name_of_a_house(app, harbour, tom):
    words = keep(app, tom)
    for kind in FeedKind:
        feed = tom.client.get(make(tom, harbour, kind, words=words)).text
        assert "BEGIN:VCALENDAR" in feed and "lamplight" not in feed.lower()
    asked = tom.post("/me/passkeys/begin", words=words)
    assert asked.status_code == 200 and "lamplight" not in json.dumps(asked.json).lower()
    assert not [one for one in REMINDERS if "lamplight" in one.lower()]


def test_lists_for_other_programs_say_it(app, visitor):
    told = visitor.get("/feeds/bmlt/client_interface/json/?switcher=GetServerInfo")
    assert told.json[0]["server_name"] == "Calendar"


@pytest.mark.parametrize("name", ["Calendar", "CALENDAR", "Са1endar"])
def test_nobody_goes_by_the_name_of_the_house(app, harbour, otto, name):
    with pytest.raises(Invalid, match="name_reserved|name_unclear"):
        join(otto.account, harbour, name)


def test_no_template_script_or_sentence_says_a_name_by_itself():
    """What is drawn comes from the one setting; names of files, classes and events are nobody's to see."""
    files = [file for folder in SHIPPED for file in (ROOT / folder).rglob("*") if file.suffix in (".html", ".js", ".py", ".svg", ".txt")]
    files = [file for file in files if "vendor" not in file.parts]
    assert len(files) > 100
    assert [str(file) for file in files if "Lamplight" in file.read_text()] == []
