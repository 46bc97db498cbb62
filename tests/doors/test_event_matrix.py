"""Every registered event × every kind of person × what may stand for the meeting: each cell has its
expected answer, and whatever was refused changed nothing: an hour in which somebody was refused everything is
the next one's.

Twenty pieces of nonsense close a socket and twenty wishes in ten seconds are enough for a sign-in;
both stay as they are, and everybody simply has many browsers."""

import json
from datetime import timedelta

import pytest

from groups import clock
from groups.accounts.models import Account
from groups.db import change
from groups.meeting import commands as c
from groups.meeting.commands_safety import AskEdit, ChangeRules
from groups.membership.models import Group, Membership, Role
from groups.rooms.models import Room
from groups.schedule.models import Meeting
from realtime import meeting as _registers  # noqa: F401
from realtime.handling import HANDLERS
from tests import hours
from tests.doors.events_matrix import MEETINGS, PAYLOADS, ROLES, ROWS, WRONG, Row
from tests.sockets import Wire
from tests.steps import asked_to_leave

STRIKES = 18  # of the twenty a socket has
SHARES = 3  # the segment
STRANGE_FROM = ("chair", "inside", "nobody")  # who sends every strange thing for a meeting; the others three of them
OPTIONAL = {
    "agreement": ("remove_lately", "remove_now"), "who": ("give_floor", "take_step", "remove_now", "remove_lately"), "number": ("raise_concern",),
}  # fields that may be null, and where


def test_every_event_has_a_row():
    assert set(HANDLERS) == set(ROWS), "an event came or went: say in events_matrix.py who is answered what"
    for event, row in ROWS.items():
        assert set(row.answers) == set(ROLES), event
        assert set(row.sends) <= set(HANDLERS[event].shape.__struct_fields__), event


@pytest.fixture(scope="module")
def people(house):
    """The others of the matrix, and a meeting of a group that has nothing to do with any of them."""
    hours.join("Dora", "Ines", "Wes", "Pia", "Fia")
    with change() as (session, _):
        stranger = Group(name="Elsewhere")
        room = Room(group=stranger, name="The Attic")
        founder = Membership(account=Account(), group=stranger, name="Zoe", name_key="zoe", role=Role.MODERATOR)
        session.add_all([stranger, room, founder])
        session.query(Membership).filter_by(name="Fia").one().left_at = clock.now() - timedelta(days=1)
    return {name: hours.handle(name) for name in ("Maya", "Tom", "Nia", "Dora", "Ines", "Wes", "Pia")}


@pytest.fixture(scope="module")
def elsewhere(house, people):
    with hours.Clerk(house) as clerk:
        meeting = clerk.plan("The Attic", begins_in=0)
        clerk.open_lobby(meeting)
        clerk.bring_in(meeting, chair="Zoe")
    return meeting


class Asker:
    """Somebody with as many browsers as it takes."""

    def __init__(self, house, name):
        self.house, self.name, self.left = house, name, 0

    def ask(self, event, *sent):
        if self.left == 0:
            self.wire, self.left = Wire(self.house, self.house.visit(self.name).cookie), STRIKES
            assert self.wire.connect()
        self.left -= 1
        sid = json.loads(self.wire.said[1][2:])["sid"]
        self.wire.event(event, *filled(sent, {"@sid": sid}), number=self.left)
        return self.wire.answer(self.left)


def filled(value, known):
    """The payload with what its "@" words stand for."""
    if isinstance(value, dict):
        return {key: filled(inner, known) for key, inner in value.items() if inner != "@missing"}
    if isinstance(value, list | tuple):
        return type(value)(filled(inner, known) for inner in value)
    return known.get(value, value) if isinstance(value, str) else value


def hour(clerk, people, row: Row) -> tuple[Meeting, int, int | None]:
    """The meeting of a row, the number of Tom's share in it, and of one that is held."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Tom", "Ines", "Pia", chair="Maya", door="Dora")
    clerk.begin(meeting, "Maya", SHARES)
    maya, tom, ines = people["Maya"], people["Tom"], people["Ines"]
    said = clerk.write(
        meeting, c.Knock(by=people["Wes"], name="Wes"), asked_to_leave(by=maya, who=people["Pia"]), c.RaiseHand(by=tom), c.GiveFloor(by=maya),
        c.Share(by=tom, client_id="tom-said-this", words="My share."),
    )
    clerk.write(meeting, *([c.RaiseHand(by=ines), c.GiveFloor(by=maya)] if row.turn or row.held else [c.RaiseHand(by=tom)]))
    held = None
    if row.held:
        clerk.write(meeting, ChangeRules(by=c.ROOM, capacity=40, guard="usual", holds_first=False, hands_seen=False))
        words = c.Share(by=ines, client_id="ines-said-this", words="Write to me at ines@example.org", look=True)
        held = clerk.write(meeting, words).entries[0].number
    if row.held == "asked":
        clerk.write(meeting, AskEdit(by=maya, number=held, agreement=3))
    return meeting, said.number, held


def reason(answer) -> str:
    """"ok", or the word of the refusal; every refusal has its sentence."""
    assert answer["ok"] or answer["text"], answer
    return "ok" if answer["ok"] else answer["reason"]


@pytest.mark.parametrize("event", sorted(set(HANDLERS) | set(ROWS)))
def test_who_is_answered_what(house, clerk, people, elsewhere, event):
    row, wrong, cells, untouched = ROWS[event], {}, 0, None
    for role, name in ROLES.items():
        meeting, share, held = untouched or hour(clerk, people, row)
        known = {
            "@own": meeting.public_id, "@OWN": meeting.public_id.upper(), "@own ": f"{meeting.public_id} ", "@other": elsewhere.public_id,
            "@share": share, "@held": held, **{f"@{who}": handle for who, handle in people.items()},
        }
        known["@OWN"] = known["@OWN"] if known["@OWN"] != known["@own"] else "ZZZ"
        asker, before = Asker(house, name), hours.position(meeting, elsewhere)
        meetings = MEETINGS if role in STRANGE_FROM else {what: MEETINGS[what] for what in ("other group's", "unknown", "missing")}
        refused = {f"meeting {what}": ({"meeting": value, **row.sends}, answer) for what, (value, answer) in meetings.items()}
        if role in ("inside", "nobody"):
            refused |= {f"payload {what}": (sent, "bad_shape") for what, sent in PAYLOADS.items()}
            refused |= wrong_values(event, row)
        for what, (sent, answer) in refused.items():
            given = reason(asker.ask(event, *filled(sent if isinstance(sent, tuple) else (sent,), known)))
            cells += 1
            if given != answer:
                wrong[f"{role}, {what}"] = f"{given}, not {answer}"
        if hours.position(meeting, elsewhere) != before:
            wrong[f"{role}: something changed"] = hours.position(meeting, elsewhere) - before
        given = reason(asker.ask(event, filled({"meeting": "@own", **row.sends}, known)))
        cells += 1
        if given != row.answers[role]:
            wrong[f"{role}, own meeting"] = f"{given}, not {row.answers[role]}"
        if given != "ok" and hours.position(meeting, elsewhere) != before:
            wrong[f"{role}: refused, and something changed"] = hours.position(meeting, elsewhere) - before
        untouched = None if given == "ok" else (meeting, share, held)
        asker.wire.close()
    assert wrong == {}
    assert cells >= 100, "forty-four events make some five thousand cells"


def wrong_values(event, row):
    """Each field of the row with each value it cannot have."""
    found = {}
    for name, value in ((name, value) for name in row.sends for value in WRONG):
        if name == "words" and isinstance(value, str):
            if len(value) in (0, 5_000):
                found[f"words of {len(value)}"] = ({"meeting": "@own", **row.sends, name: value}, "too_long" if value else "empty")
        elif value is not None or event not in OPTIONAL.get(name, ()):
            said = "choose_agreement" if name == "agreement" else "bad_shape"
            found[f"{name} = {value!s:.12}"] = ({"meeting": "@own", **row.sends, name: value}, said)
    return found


def test_a_visitor_is_not_heard_at_all(house, people, elsewhere):
    """Without a sign-in there is no connection, and on a line without one no event is answered."""
    before = hours.position(elsewhere)
    for event in ROWS:
        wire = Wire(house, "")
        wire.send("40")
        assert "sign_in_first" in wire.hear()
        for number, (value, _) in enumerate([*MEETINGS.values(), ("@own", "")]):
            wire.event(event, filled({"meeting": value}, {"@own": elsewhere.public_id}), number=number)
        wire.send("40/last,")
        assert wire.hear().startswith("44/last,"), "this is answered, and nothing before it was"
    assert hours.position(elsewhere) == before
