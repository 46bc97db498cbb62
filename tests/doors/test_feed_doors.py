"""The pages where somebody makes the links by which their own calendar fetches their hours, and one date
alone."""

import re

import pytest
from icalendar import Calendar
from sqlalchemy import select

from groups.accounts.models import SignIn
from groups.db import reading
from groups.errors import Busy
from groups.subscribing.actions import set_up_feed
from groups.subscribing.models import FeedKind
from groups.subscribing.wishes import Wish
from tests.doors.asking import guard, of, token_in
from tests.doors.filling import form_on
from tests.doors.linking import FORM, link_on, make
from tests.doors.reading import text_of
from tests.evenings import NOON, every_tuesday, set_to
from tests.laddered import belongs
from tests.owned import keep

WRONG = "abacus tshirt zoom yoyo dropdown ambulance felttip"


@pytest.fixture(autouse=True)
def tuesday(freeze):
    """It is Tuesday noon in London."""
    freeze(NOON)


def test_a_member_makes_a_link_that_is_shown_once_and_opens_for_a_calendar_without_a_cookie(tom, maya, harbour, quay, visitor):
    every_tuesday(maya, quay)
    assert "Set it up" in tom.get("/me/feeds").text
    page = tom.get("/me/feeds/discreet")
    assert form_on(page).items() >= {"word": "Appointment", "groups": harbour.slug, "remind": ""}.items(), "one group is ticked already"
    answer = tom.post("/me/feeds/discreet", **FORM, groups=[harbour.slug])
    first, second = tom.get(answer.location), tom.get(answer.location)
    path = link_on(first)
    assert re.fullmatch(r"/c/[\w-]{43}\.ics", path) and f'href="webcal://localhost{path}"' in first.text
    assert not link_on(second) and form_on(second)
    text = visitor.get(path)
    assert (text.status_code, text.content_type) == (200, "text/calendar; charset=utf-8")
    assert text.headers["Content-Disposition"] == 'inline; filename="calendar.ics"'
    assert "Set-Cookie" not in text.headers
    assert [str(found["SUMMARY"]) for found in Calendar.from_ical(text.data).walk("VEVENT")] == ["Class"]


def test_the_page_says_what_it_carries_when_it_was_fetched_and_who_can_see_what(tom, harbour, visitor, freeze):
    path = make(tom, harbour)
    page = text_of(tom.get("/me/feeds"))
    assert "called “Class”" in page and "It carries Harbour . Not fetched yet." in page
    assert "a company keeps your calendar" in page and "8 to 24 hours" in page and "shared, at home or at work" in page
    visitor.get(path).close()
    assert "Last fetched today." in text_of(tom.get("/me/feeds"))
    freeze.forward(days=1)
    tom.sign_in()
    assert "Last fetched on Tuesday 24 November." in text_of(tom.get("/me/feeds"))


def test_a_new_link_or_none_ends_the_old_one_at_once(tom, harbour, visitor):
    first = make(tom, harbour)
    second = link_on(tom.get(tom.post("/me/feeds/discreet/link").location))
    assert second and second != first
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (404, 200)
    assert tom.post("/me/feeds/discreet/end").location == "/me/feeds"
    assert visitor.get(second).status_code == 404
    assert "Set it up" in tom.get("/me/feeds").text
    assert tom.post("/me/feeds/discreet/link").status_code == 404


def test_the_words_are_asked_for_before_a_link_and_not_before_what_it_carries_changes(app, tom, harbour, visitor):
    """Whoever finds a page open must not leave with what goes on telling them when he is where."""
    words = keep(app, tom)
    form = FORM | {"groups": [harbour.slug]}
    page = tom.get("/me/feeds/full")
    assert 'name="words"' in page.text and "Once for each link" in page.text
    for typed, status, said in ((WRONG, 422, "do not open this account"), ("", 422, "Here are 0."), ("abacus", 422, "Here are 1.")):
        answer = tom.post("/me/feeds/full", **form, words=typed)
        assert answer.status_code == status and said in answer.text and f'value="{typed}"' in answer.text
    assert tom.post("/me/feeds/full", **form).status_code == 422
    assert "a calendar fetches" not in tom.get("/me").text, "there is none"
    first = make(tom, harbour, "full", words=words)
    assert visitor.get(first).status_code == 200
    assert tom.post("/me/feeds/full", **form | {"remind": ""}).status_code == 303, "what it carries is changed without"
    assert link_on(tom.get("/me/feeds/full")) is None
    answer = tom.post("/me/feeds/full/link", words=WRONG)
    assert answer.status_code == 422 and "do not open this account" in answer.text and f'value="{WRONG}"' in answer.text
    assert 'action="/me/feeds/full"' in answer.text, "and what else stands on the page goes where it belongs"
    assert tom.post("/me/feeds/full/link").status_code == 422 and visitor.get(first).status_code == 200
    second = link_on(tom.get(tom.post("/me/feeds/full/link", words=words).location))
    assert (visitor.get(first).status_code, visitor.get(second).status_code) == (404, 200)
    assert tom.post("/me/feeds/full/end").status_code == 303, "to end one is never asked twice"


def test_who_has_no_words_yet_is_not_asked_for_any(tom, harbour):
    """Their links end with the account, which goes when this browser has forgotten it."""
    assert 'name="words"' not in tom.get("/me/feeds/full").text
    assert make(tom, harbour, "full")
    assert 'name="words"' not in tom.get("/me/feeds/full").text


def test_no_link_is_made_by_a_form_that_meant_to_change_one(tom, harbour):
    with pytest.raises(Busy):
        set_up_feed(tom.account, FeedKind.FULL, Wish(groups=frozenset([harbour.slug])), may_make=False)


def test_a_word_that_tells_is_kept_with_a_kind_word_about_it(tom, harbour):
    answer = tom.post("/me/feeds/discreet", word="own", own_word="Recovery call", groups=[harbour.slug], remind="")
    page = tom.get(answer.location)
    assert "may guess from “Recovery call”" in page.text and link_on(page)
    assert 'value="Recovery call"' in tom.get("/me/feeds/discreet").text
    tom.post("/me/feeds/discreet", word="own", own_word="Choir", groups=[harbour.slug], remind="")
    assert "may guess" not in tom.get("/me/feeds/discreet").text


@pytest.mark.parametrize("form, told", [
    ({"word": "own", "own_word": " "}, "nothing written here yet"), ({"word": "own", "own_word": "y" * 41}, "(40 characters)"),
    ({"groups": []}, "Tick at least one group"), ({"groups": ["nosuchgroup"]}, "choose one of these"), ({"remind": "17"}, "choose one of these"),
    ({"remind": "²"}, "choose one of these"), ({"remind": "9" * 400}, "choose one of these"),
])
def test_what_makes_no_sense_is_told_beside_the_field_and_stays_as_typed(tom, harbour, form, told):
    answer = tom.post("/me/feeds/discreet", **FORM | {"groups": [harbour.slug]} | form)
    assert answer.status_code == 422 and told in text_of(answer)
    assert not form.get("own_word") or f'value="{form["own_word"]}"' in answer.text
    assert "Set it up" in tom.get("/me/feeds").text


def test_what_was_chosen_in_a_refused_form_stands_there_when_it_is_loaded_again(app, tom, willow, freeze):
    """All but the seven words, sealed in the session, for ten minutes; and gone once it is kept."""
    words = keep(app, tom)
    belongs(tom, willow, "Thomas")
    chosen = {"word": "own", "own_word": "Plantedword", "groups": [willow.slug], "remind": "30"}
    assert tom.post("/me/feeds/discreet", **chosen, words=WRONG).status_code == 422
    for _ in range(2):
        page = tom.get("/me/feeds/discreet")
        assert form_on(page).items() >= {"word": "own", "own_word": "Plantedword", "groups": willow.slug, "remind": "30", "words": ""}.items()
        assert page.status_code == 200 and WRONG not in page.text and "Plantedword" not in tom.get("/me/feeds/full").text
    with reading() as session:
        assert "typed" in "".join(session.scalars(select(SignIn.notes))) and "Plantedword" not in "".join(session.scalars(select(SignIn.notes)))
    freeze.forward(minutes=11)
    assert form_on(tom.get("/me/feeds/discreet"))["word"] == "Appointment"
    assert tom.post("/me/feeds/discreet", **chosen, words=WRONG).status_code == 422
    tom.get(tom.post("/me/feeds/discreet", **chosen, words=words).location)
    tom.post("/me/feeds/discreet", **chosen | {"own_word": "Choir"})
    page = tom.get("/me/feeds/discreet").text
    assert 'value="Choir"' in page and "Plantedword" not in page


def test_very_much_in_a_refused_form_is_no_trouble(tom, harbour):
    odd = {"word": "x" * 3000, "own_word": "ä" * 9000, "groups": ["y" * 50] * 500, "remind": "9" * 3000}
    assert tom.post("/me/feeds/discreet", **odd).status_code == 422
    assert tom.get("/me/feeds/discreet").status_code == 200
    with reading() as session:
        assert max(map(len, session.scalars(select(SignIn.notes)))) < 2500


def test_whoever_is_not_signed_in_is_asked_to_and_who_belongs_nowhere_is_told(visitor, otto):
    for method, path in (("get", "/me/feeds"), ("get", "/me/feeds/full"), ("post", "/me/feeds/full"), ("post", "/me/feeds/full/link"), ("post", "/me/feeds/full/end")):
        assert getattr(visitor, method)(path).location == "/sign-in?next=/me/feeds"
    assert "You belong to no group yet" in otto.get("/me/feeds").text
    assert otto.get("/me/feeds/discreet").location == "/me/feeds"


def test_there_are_two_kinds_and_no_other(tom):
    for path in ("/me/feeds/both", "/me/feeds/DISCREET", "/me/feeds/x/link", "/me/feeds/x/end"):
        assert tom.post(path).status_code == 404


def test_forms_ask_for_their_token(tom, harbour):
    guard(tom.client.application)
    page = tom.get("/me/feeds/discreet")
    assert tom.post("/me/feeds/discreet", **FORM, groups=[harbour.slug]).status_code == 400
    assert tom.post("/me/feeds/discreet", **FORM, groups=[harbour.slug], csrf_token=token_in(page)).status_code == 303


def test_one_date_can_be_taken_along_in_a_neutral_word_or_by_its_name(tom, nia, visitor, maya, harbour, quay):
    meeting = every_tuesday(maya, quay)
    path = of(harbour, f"/m/{meeting.public_id}/calendar.ics")
    assert path in tom.get(of(harbour, f"/m/{meeting.public_id}")).text
    found = {}
    for person in (tom, nia, visitor):
        answer = person.get(path)
        assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
        assert answer.headers["Content-Disposition"] == 'inline; filename="calendar.ics"'
        event, = Calendar.from_ical(answer.data).walk("VEVENT")
        assert event["SUMMARY"] == "Appointment" and event["DTSTART"].dt == meeting.starts_at and event["DTEND"].dt == meeting.ends_at
        assert not {"DESCRIPTION", "URL", "LOCATION", "RRULE"} & event.keys()
        found[person.name] = event["UID"]
    assert len(set(found.values())) == 3
    assert f"UID:{found['Tom']}" in tom.get(path).text and found[""] not in visitor.get(path).text
    named, = Calendar.from_ical(tom.get(f"{path}?full=1").data).walk("VEVENT")
    assert (named["SUMMARY"], named["DESCRIPTION"]) == ("Evening harbour", "Harbour\nSharing")
    assert named["URL"] == f"http://localhost{of(harbour, f'/m/{meeting.public_id}')}"


def test_one_date_is_in_the_word_somebody_chose(tom, maya, harbour, quay):
    meeting = every_tuesday(maya, quay)
    make(tom, harbour)
    assert "SUMMARY:Class" in tom.get(of(harbour, f"/m/{meeting.public_id}/calendar.ics")).text


def test_one_date_that_is_off_says_so_and_is_not_offered(tom, maya, harbour, quay):
    meeting = every_tuesday(maya, quay)
    set_to(meeting, phase="cancelled")
    assert "STATUS:CANCELLED" in tom.get(of(harbour, f"/m/{meeting.public_id}/calendar.ics")).text
    assert "calendar.ics" not in tom.get(of(harbour, f"/m/{meeting.public_id}")).text


def test_one_date_of_a_group_by_invitation_is_for_its_members(vera, otto, visitor, rosa, willow, grove):
    path = of(willow, f"/m/{every_tuesday(rosa, grove).public_id}/calendar.ics")
    assert vera.get(path).status_code == 200
    assert otto.get(path).status_code == visitor.get(path).status_code == 404
