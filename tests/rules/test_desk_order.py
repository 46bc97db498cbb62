"""The moderator's desk: which line stands first, how long something waits, what a room says of itself."""

from datetime import UTC, datetime, timedelta
from string import Formatter
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from groups.desk.live_lines import room_lines
from groups.desk.urgency import KINDS, Line, in_order, presses
from groups.desk.waiting import time_left, waited
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting.marks import Held, Raid
from groups.meeting.state import Pause, Person, State
from groups.sentences.desk import DESK
from groups.sentences.log import LOG

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def minutes(number):
    return timedelta(minutes=number)


def line(kind, key="", since=None, due=None):
    return Line(kind, key or kind, "/", "Harbour", since=since, due=due)


@pytest.mark.parametrize("first, second", [
    (line("raid"), line("held")), (line("held"), line("door")), (line("nobody_on_duty"), line("door")),
    (line("door"), line("gap", due=NOW + minutes(5))), (line("gap", due=NOW + minutes(5)), line("report")),
    (line("report"), line("gap", due=NOW + minutes(90))), (line("incident", due=NOW - minutes(1)), line("report")),
    (line("incident", due=NOW + minutes(600)), line("gap", due=NOW + minutes(90))),
    (line("report"), line("incident", due=NOW + minutes(600))), (line("door"), line("incident", due=NOW - minutes(600))),
    (line("request"), line("appeal")), (line("appeal"), line("live")), (line("live"), line("talk")), (line("talk"), line("review")),
    (line("door", "a", since=NOW - minutes(4)), line("door", "b", since=NOW - minutes(1))),
    (line("report", "old", since=NOW - minutes(400)), line("report", "new", since=NOW)),
    (line("gap", "soon", due=NOW + minutes(40)), line("gap", "late", due=NOW + minutes(300))),
])
def test_the_more_urgent_line_stands_first_however_they_came(first, second):
    assert in_order([second, first], NOW) == in_order([first, second], NOW) == [first, second]


MOMENTS = st.none() | st.integers(-3000, 3000).map(lambda n: NOW + minutes(n))
LINES = st.lists(st.builds(line, st.sampled_from(KINDS), st.text(max_size=3), MOMENTS, MOMENTS), max_size=8, unique_by=lambda one: (one.kind, one.key))


@given(LINES)
def test_the_order_is_one_and_nothing_is_lost(lines):
    ordered = in_order(lines, NOW)
    assert sorted(map(repr, ordered)) == sorted(map(repr, lines))
    assert ordered == in_order(reversed(lines), NOW)
    rooms = [one.kind in KINDS[:4] for one in ordered]
    assert rooms == sorted(rooms, reverse=True), "people in rooms come first, whatever else there is"


@pytest.mark.parametrize("one, answer", [
    (line("door"), True), (line("held"), True), (line("report"), False), (line("live"), False), (line("incident"), False),
    (line("incident", due=NOW + minutes(119)), True), (line("incident", due=NOW + minutes(121)), False),
    (line("gap", due=NOW + minutes(29)), True), (line("gap", due=NOW + minutes(31)), False),
])
def test_what_presses(one, answer):
    assert presses(one, NOW) is answer


@pytest.mark.parametrize("ago, words", [
    (0, "since a moment ago"), (1, "one minute"), (4, "4 minutes"), (59, "59 minutes"), (61, "one hour"), (130, "2 hours"),
    (47 * 60, "47 hours"), (48 * 60, "2 days"), (-5, "since a moment ago"),
])
def test_how_long_something_waits(ago, words):
    assert waited(NOW - minutes(ago), NOW) == words
    assert waited(None, NOW) == "since a moment ago"


@pytest.mark.parametrize("left, words", [(-1, "overdue"), (0, "overdue"), (23 * 60 + 5, "23 hours to go"), (40, "40 minutes to go")])
def test_how_long_is_left(left, words):
    assert time_left(NOW + minutes(left), NOW) == words


# --- what a room says -----------------------------------------------------------------------------------

SHARES = Segment("Shares", Mode.ONE_VOICE, 30, 10, turn=180)
MEETING = SimpleNamespace(
    public_id="abc", room=SimpleNamespace(name="The Quay"), group=SimpleNamespace(slug="h", name="Harbour"),
)


def people(**standings):
    """Tom="waiting" or Maya="chair"."""
    made = {
        name: Person(name, name, standing="inside" if what == "chair" else what, arrived=place, duty="chair" if what == "chair" else None,
                     waits_since=NOW - minutes(4) if what == "waiting" else None)
        for place, (name, what) in enumerate(standings.items())
    }
    return Map(made)


def said(state):
    """{kind: the sentence} of a room in that state."""
    lines = list(room_lines(MEETING, state, "Nia", LONDON, NOW))
    assert {one.to for one in lines} == {"/g/h/m/abc/room"}
    return {one.kind: DESK[one.facts["sentence"]].format(**one.facts) for one in lines}


OPEN = State(phase="open", starts_at=NOW, ends_at=NOW + minutes(60), agenda=(SHARES,), index=0)


@pytest.mark.parametrize("state, lines", [
    (msgspec.structs.replace(OPEN, people=people(Maya="chair")), {"live": "The Quay is open: “Shares”, Maya leads"}),
    (msgspec.structs.replace(OPEN, people=people(Maya="chair", Tom="waiting")), {
        "door": "Tom waits at the door of The Quay, 4 minutes", "live": "The Quay is open: “Shares”, Maya leads",
    }),
    (msgspec.structs.replace(OPEN, people=people(Maya="chair", Tom="waiting", Nia="waiting")), {
        "door": "2 people wait at the door of The Quay, 4 minutes", "live": "The Quay is open: “Shares”, Maya leads",
    }),
    (msgspec.structs.replace(OPEN, people=people(Tom="inside")), {
        "nobody_on_duty": "Nobody on duty is in The Quay; a few people inside", "live": "The Quay is open: “Shares”, nobody leads",
    }),
    (msgspec.structs.replace(OPEN, people=people(Maya="chair"), pause=Pause(NOW, "hush")), {
        "live": "The Quay is open: everything stands still, Maya leads",
    }),
    (msgspec.structs.replace(OPEN, people=people(Tom="inside", Nia="waiting"), unled=True), {"live": "The Quay is open: “Shares”, read together"}),
    (msgspec.structs.replace(OPEN, phase="lobby", starts_at=NOW + minutes(5), index=-1, people=people(Maya="chair")), {
        "live": "The Quay is in its lobby until 19:35, Maya leads",
    }),
    (msgspec.structs.replace(OPEN, phase="lobby", starts_at=NOW + minutes(5), index=-1), {
        "live": "The Quay is in its lobby until 19:35, nobody has come to lead yet",
    }),
    (msgspec.structs.replace(OPEN, phase="lobby", starts_at=NOW - minutes(7), index=-1), {
        "live": "The Quay was to begin at 19:23 and is in its lobby still, nobody leads",
    }),
])
def test_what_a_room_says_of_itself(state, lines):
    assert said(state) == lines


@pytest.mark.parametrize("whose, sentence", [
    ("", None), ("Tom", "A share waits in The Quay for somebody to look at it"),
    ("Tom Rosa", "2 shares wait in The Quay for somebody to look at them"),
    ("Nia", None), ("Nia Tom", "A share waits in The Quay for somebody to look at it"),
])
def test_shares_that_are_held_but_for_ones_own(whose, sentence):
    held = Map({number: Held(by, by, f"c{number}", NOW) for number, by in enumerate(whose.split(), 1)})
    assert said(msgspec.structs.replace(OPEN, people=people(Maya="chair"), held=held)).get("held") == sentence


def test_a_rush_at_the_door():
    assert said(msgspec.structs.replace(OPEN, raid=Raid(NOW, "joins")))["raid"] == "The Quay keeps its door: many strangers came at once"


def test_every_kind_of_line_has_its_sentence_and_log_sentences_know_their_facts():
    assert set(KINDS) <= set(DESK)
    for text in (*DESK.values(), *LOG.values()):
        assert text.strip() and "!" not in text
    known = {"by", "about", "agreement", "until", "detail", "meeting", "report"}
    for action, text in LOG.items():
        assert {part[1] for part in Formatter().parse(text) if part[1]} <= known, action
