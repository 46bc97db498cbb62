"""Long evenings. Chance plays up to ten people who mostly do what makes sense at that moment, for a
whole hour in the formats we ship and in one that has everything; so these get deeper into a meeting
than trying everything does. The same rules hold (`watched.py`), and at the end we check that the
evenings were worth watching."""

from collections import Counter
from datetime import timedelta
from functools import cache
from random import Random

import pytest

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import next_due
from groups.meeting.commands_safety import About, LockNow, TakeAllBack, TurnBack
from tests.rules import keeping_safe
from tests.rules.stage import CLOSING, PLAIN, QUIET, SEVEN
from tests.rules.watched import HANDLES, NAMES, Watched
from tests.steps import asked_to_leave

EVENINGS = 100
STEPS = 2500  # a bound: the hour is over long before
ROTA = dict(zip(HANDLES, ("chair", "door", "second"), strict=False))
EVERYTHING = (
    QUIET, Segment("Check-in", Mode.ROUND, 6, 3, turn=60, order="random", pass_ok=False),
    Segment("Shares", Mode.ONE_VOICE, 12, 6, turn=120, order="least_spoken", newcomers_first=True, overflow="borrow", borrow_from=4),
    Segment("More shares", Mode.ONE_VOICE, 8, 4, turn=90, order="random", overflow="ask", extension=30),
    Segment("Talk", Mode.OPEN_TALK, 12, 4, turn=60, grows=True),
    Segment("Not yet heard", Mode.ONE_VOICE, 6, 3, turn=60, unheard=True, order="arrival", overflow="ask"),
    Segment("A breath", Mode.EXERCISE, 2, 1, exercise="breath"), Segment("A text", Mode.READING, 2, 1, text="Three lines."),
    Segment("One step", Mode.ROUND, 4, 2, turn=60, step=True), CLOSING,
)
FALLBACK = (PLAIN[Mode.READING], QUIET, CLOSING)


@cache
def evening(number: int) -> Watched:
    """One evening, watched to its end; the same number is the same evening."""
    chance, room = Random(number), Watched()
    shipped = [form.segments for form in FORMATS.values()]
    agenda = EVERYTHING if number % 2 else shipped[number // 2 % len(shipped)]
    starts_late, serve = chance.random() < 0.15, chance.random() < 0.85
    room.do(c.OpenLobby(
        by=c.ROOM, title="T", starts_at=SEVEN, ends_at=SEVEN + timedelta(minutes=sum(part.minutes for part in agenda)),
        agenda=agenda, capacity=chance.choice((3, 5, 40)), fallback=FALLBACK if chance.random() < 0.9 else (),
        door_shuts_at=SEVEN + timedelta(minutes=5) if chance.random() < 0.2 else None,
        guard="usual" if number % 4 == 0 else "off", holds_first=number % 2 == 0, contact_agreement=3, agreements=7,
    ))
    for handle in HANDLES[: chance.randint(2, len(HANDLES))]:
        new = chance.random() < 0.2
        leads = handle == HANDLES[0]
        room.do(c.Knock(by=handle, name=NAMES[handle], newcomer=new, unheard=new, fresh=new and number % 3 == 0, moderates=leads))
    if serve:
        for handle, duty in list(ROTA.items())[: chance.choice((1, 1, 2, 3))]:
            room.do(c.TakeDuty(by=handle, duty=duty, entitled=True))
        room.do(c.TellDesk(by=c.ROOM, client_id="the rota", words="…"))
        room.do(c.AdmitAll(by=HANDLES[0]))
        room.now = SEVEN + timedelta(seconds=chance.randint(-60, 500))
        room.do(c.Tick(by=c.ROOM) if starts_late else c.OpenDoor(by=HANDLES[0]))
    for count in range(STEPS):
        if room.state.phase == "sealed":
            break
        if count == 150 and number % 10 == 1:  # two others take the role from whoever leads
            room.do(c.EndDuty(by=c.ROOM, who=HANDLES[0]))
        step(room, chance)
        room.holds()
    room.ends()
    return room


def step(room, chance):
    """A little time, and then whatever somebody might do just then."""
    due, later = next_due(room.state), room.now + timedelta(seconds=chance.expovariate(1 / 7))
    room.now = max(room.now, min(due, later)) if chance.random() < 0.9 else later
    if chance.random() < (1 / 50 if room.state.pause else 1 / 500):
        room.forward(chance.uniform(0, 1800))  # nobody was here, or the house itself was away
    if chance.random() < 0.9:
        room.look_at_the_clock()
    room.do(chance.choice(likely(room, chance) if chance.random() < 0.8 else unlikely(room, chance)))


def likely(room, chance):
    """What people do who follow the evening."""
    state, words = room.state, str(len(room.log))
    inside = [p.handle for p in state.standing("inside")]
    serving = chance.choice([p.handle for p in state.standing("inside") if p.on_duty] or [HANDLES[0]])
    somebody, text = chance.choice(inside or HANDLES), "word " * chance.choice((1, 30, 300))
    text, look = (keeping_safe.CONTACT, chance.random() < 0.5) if chance.random() < 0.05 else (text, False)
    wishes = [c.Tick(by=c.ROOM)]
    if state.runs and chance.random() < 0.03 + 0.2 * bool(state.held_back) + 0.05 * bool(state.silenced):
        return keeping_safe.wishes(state, chance, serving, somebody, words)
    if state.turn:
        wishes += [c.Share(by=state.turn.who, client_id=words, words=text, look=look), c.PassTurn(by=state.turn.who)]
        wishes += [c.AddMinute(by=serving), c.EndTurn(by=serving, who=state.turn.who)] if chance.random() < 0.2 else []
        wishes += [c.Extend(by=state.turn.who)] if chance.random() < 0.2 else []
    elif state.rules.words == "anyone":
        wishes.append(c.Share(by=somebody, client_id=words, words=text, look=look))
    if state.last_share:
        wishes.append(c.Hear(by=somebody))
    if state.rules.hands:
        wishes += [c.RaiseHand(by=somebody), c.RaiseHand(by=somebody), c.RaiseHand(by=somebody), c.LowerHand(by=somebody), c.GiveFloor(by=serving)]
        wishes += [c.MoveHand(by=serving, who=somebody, place=chance.randint(0, 4))]
    if state.asked_until:
        wishes += [c.AddMinute(by=serving)] * 4
    if state.rests:
        wishes += [c.HoldTaken(by=c.ROOM), c.TakeDuty(by=somebody, duty="chair"), c.Knock(by=HANDLES[0], name="Maya")]
        wishes += [c.TakeDuty(by=handle, duty=duty, entitled=True) for handle, duty in ROTA.items()]
    if state.hushed:
        wishes += [c.GoOn(by=serving), c.TakeDuty(by=somebody, duty="chair")]
    if any(p.fresh for p in state.standing("waiting")) and chance.random() < 0.04:
        return [TurnBack(by=serving)]
    if state.standing("waiting"):
        wishes += [c.Admit(by=serving, who=state.standing("waiting")[0].handle), c.AdmitAll(by=serving), c.AdmitKnown(by=serving)]
    return wishes


def unlikely(room, chance):
    """What happens now and then, or only by mistake."""
    by, who, words = chance.choice(HANDLES), chance.choice(HANDLES), str(len(room.log))
    serving = next((p.handle for p in room.state.people.values() if p.on_duty), by)
    retry = chance.choice(sorted(room.said)) if room.said else (by, "1")
    waits = next((p.handle for p in room.state.standing("waiting")), who)
    asked = next((p for p in room.state.people.values() if p.offered), None)
    usual = [
        c.Knock(by=by, name=NAMES[by], newcomer=True, fresh=True), c.Leave(by=by), c.Unseen(by=c.ROOM, who=who),
        c.Share(by=retry[0], client_id=retry[1], words="…"), c.Share(by=by, client_id=words, words="…"),
        c.RemoveShare(by=serving, number=chance.randint(0, 30)), c.TakeDuty(by=by, duty=chance.choice(("door", "second"))),
        c.RaiseHand(by=by), c.PassTurn(by=by), c.GiveFloor(by=serving, who=who), c.OfferDuty(by=serving, who=who, duty="reader"),
        c.TakeDuty(by=asked.handle, duty=asked.offered) if asked else c.Hear(by=by),
        c.DeclineDuty(by=asked.handle) if asked else c.Hear(by=by), c.WriteDesk(by=serving, client_id=words, words="…"),
        c.WriteLine(by=by, client_id=words, words="…"), c.WriteLine(by=serving, client_id=words, words="…", who=who),
        c.SayNeed(by=by, need=chance.choice(("settle", "speak", "speak"))), c.SayNeed(by=by, need="listen"),
    ]
    rare = [
        c.HoldLost(by=c.ROOM), c.HoldTaken(by=c.ROOM), c.TakeDutyBack(by=serving, who=who, looks_after=(serving,)), c.Decline(by=serving, who=waits), c.NextSegment(by=serving), c.Hush(by=serving),
        asked_to_leave(by=serving, who=who), c.AddMinute(by=serving), c.EndTurn(by=serving), c.OpenDoor(by=by),
        c.TakeDuty(by=by, duty=ROTA.get(by, "chair"), entitled=by in ROTA), c.NextSegment(by=serving, index=room.state.index),
    ]
    if room.state.drawn and chance.random() < 0.01:
        order, _ = room.state.drawn[max(room.state.drawn)]
        return [TakeAllBack(by=c.ROOM, who=order[-1] if order else who)]
    if chance.random() < 0.01:
        return [c.Close(by=serving), LockNow(by=c.ROOM)]
    return rare if chance.random() < 0.25 else usual


@pytest.fixture(scope="module")
def evenings():
    """All of them."""
    return [evening(number) for number in range(EVENINGS)]


def test_the_evenings_hold_the_rules_and_everything_there_is_happened_in_them(evenings):
    happened = Counter(type(event) for room in evenings for event in room.log)
    missing = [kind.__name__ for kind in e.EVENTS if happened[kind] < 3]
    assert not missing, missing
    assert happened[e.Shared] > 8 * EVENINGS and happened[e.FloorGiven] > 5 * EVENINGS


def test_whatever_one_can_ask_for_led_to_something(evenings):
    done = sum((room.done for room in evenings), Counter())
    kinds = {kind for base in (c.Command, About) for kind in base.__subclasses__()} - {About}
    missing = [kind.__name__ for kind in kinds if done[kind] < 3]
    assert not missing, missing


def test_every_way_a_turn_a_rest_and_an_hour_can_end_was_seen(evenings):
    log = [event for room in evenings for event in room.log]
    assert {event.how for event in log if isinstance(event, e.TurnEnded)} == {"shared", "passed", "time", "chair", "left"}
    assert {event.why for event in log if isinstance(event, e.FloorPaused)} == {"nobody_on_duty", "chair_away", "hush"}
    assert {event.why for event in log if isinstance(event, e.MeetingClosed)} == {
        "agenda", "chair", "hour_over", "locked", "nobody_on_duty", "nobody_served",
    }
    assert any(event.lender is not None for event in log if isinstance(event, e.TimeAdded))
    assert any(room.state.unled for room in evenings)
    assert {person.heard for room in evenings for person in room.state.people.values()} == {None, "group", "thanks"}


def test_most_refusals_of_the_floor_were_heard(evenings):
    heard = Counter(reason for room in evenings for reason in room.refusals)
    missing = {
        "wait_your_turn", "turn_is_over", "no_words_now", "a_moment_between", "no_hands_now", "floor_paused", "floor_hushed", "hushed", "asked_once",
        "for_those_on_duty", "for_those_not_heard", "not_here", "not_let_in", "duty_taken", "room_full", "left_for_tonight",
        "floor_is_taken", "hand_is_down", "door_needs_somebody", "not_signed_up", "came_to_settle", "no_passing", "door_shut",
        "declined_tonight", "come_first", "read_tonight", "no_such_share",
    } - set(heard)
    assert not missing
