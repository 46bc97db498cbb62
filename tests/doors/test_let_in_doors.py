"""What the desk offers at the door is what may be done, and what may not be done yet says when it can."""

import pytest

from groups.meeting import commands as c
from groups.meeting.commands_safety import BeginRaid, ChangeRules
from groups.meeting.jobs import Job
from tests.doors.asking import of
from tests.doors.reading import text_of
from tests.hours import plan
from tests.spoken import TALK


@pytest.fixture
def desk(app, maya, harbour):
    """Maya chairs; desk(begins_in, waiting, then) is her page once these wait and that happened."""
    book = app.extensions["ledger"]

    def page(*then, begins_in=10, waiting=("kim",), newcomer=False):
        meeting = plan(begins_in=begins_in)
        chair = maya.membership.handle
        commands = (
            c.OpenLobby(by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, agenda=(TALK,)),
            c.Knock(by=chair, name="Maya"), c.TakeDuty(by=chair, duty="chair", entitled=True),
            *(c.Knock(by=one, name=one.title(), newcomer=newcomer) for one in waiting), *(make(chair) for make in then),
        )
        for command in commands:
            book.submit(Job(meeting.id, command)).result(10)
        return maya.get(of(harbour, f"/m/{meeting.public_id}/room"))

    return page


def facts(page):
    return set(page.text.partition('data-facts="')[2].partition('"')[0].split())


def hush(chair):
    return c.Hush(by=chair)


def opened(chair):
    return c.OpenDoor(by=chair)


def full(chair):
    return ChangeRules(by=c.ROOM, capacity=0, guard="off", holds_first=False, hands_seen=False)


def raid(chair):
    return BeginRaid(by=chair)


def offered(page):
    """Whether the button in the sheet of the door is shown."""
    button = page.text.index(">Let everyone in</button>")
    return "hidden" not in page.text[page.text.rindex("<div", 0, button):page.text.index(">", page.text.rindex("<div", 0, button))]


@pytest.mark.parametrize("then, how, may, why", [
    ((), {}, True, None), ((opened,), {"begins_in": 0}, True, None), ((), {"waiting": ()}, False, None),
    ((opened, hush), {"begins_in": 0}, False, "rest-hush"), ((full,), {}, False, "full"),
    ((), {"waiting": [f"k{n}" for n in range(9)]}, False, "door-needed"), ((raid,), {"newcomer": True}, False, "only-new"),
])
def test_everyone_is_let_in_by_a_button_that_does_it_or_the_desk_says_why_not(desk, then, how, may, why):
    page = desk(*then, **how)
    so = facts(page)
    assert ("may-admit" in so) is may is offered(page)
    assert why is None or why in so
    assert ("next-admit_all" in so) is may


def shown(page, words):
    """Whether a line of the page with these words is shown."""
    at = page.text.index(words)
    return "hidden" not in page.text[page.text.rindex("<span data-when", 0, at):at]


def names(*people, fresh=False):
    return [lambda _, one=one: c.Knock(by=one, name=one.title(), newcomer=fresh, fresh=fresh) for one in people]


def test_a_slow_door_counts_everybody_who_waits_and_names_a_few(desk):
    """Thirty came at once, and Kim who was here before: five of them are named, all are counted."""
    page = desk(*names(*(f"new{n}" for n in range(30)), fresh=True))
    assert "raid" in facts(page) and "And 25 more who only just came." in text_of(page) and "At the door ( 31 )" in text_of(page)
    assert "Let in those who were here before ( 1 )" in text_of(page) and shown(page, "Let in those who were here before (")


def test_where_places_run_out_the_button_says_how_many_it_lets_in(desk):
    page = desk(lambda _: ChangeRules(by=c.ROOM, capacity=2, guard="off", holds_first=False, hands_seen=False), waiting=("kim", "lou", "mo"))
    assert "Let in the first ( 2 )" in text_of(page) and "At the door ( 3 )" in text_of(page)
    assert shown(page, "Let in the first (") and not shown(page, "Let everyone in (")


def test_before_the_hour_the_line_above_the_button_is_about_that_button(desk):
    page = desk()
    assert {"phase-lobby", "chair", "next-admit_all"} <= facts(page)
    span = page.text.index("You can let people in already")
    assert "hidden" not in page.text[page.text.rindex("<span", 0, span):span]
    span = page.text.index("You can open the door from a minute before")
    assert "hidden" in page.text[page.text.rindex("<span", 0, span):span]
