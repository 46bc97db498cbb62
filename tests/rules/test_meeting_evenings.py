"""Long evenings. Chance plays seven people who mostly do what makes sense at that moment, for a
whole hour in the formats we ship; so these get deeper into a meeting than trying everything does.
The same rules hold (`watched.py`), and at the end we check that the evenings were worth watching."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import next_due
from tests.rules.stage import SEVEN
from tests.rules.watched import HANDLES, NAMES, Watched

EVENINGS = 120
STEPS = 2000  # a bound: the hour is over long before


def evening(number: int) -> Watched:
    """One evening; the same number is the same evening."""
    chance, room = Random(number), Watched()
    form = list(FORMATS.values())[number % len(FORMATS)]
    room.do(c.OpenLobby(
        by=c.ROOM, title="T", starts_at=SEVEN, ends_at=SEVEN + timedelta(minutes=form.minutes),
        agenda=form.segments, capacity=chance.choice((3, 5, 40)),
    ))
    for handle in HANDLES[: chance.randint(2, len(HANDLES))]:
        room.do(c.Knock(by=handle, name=NAMES[handle]))
    room.do(c.TakeDuty(by=HANDLES[0], duty="chair"))
    room.do(c.AdmitAll(by=HANDLES[0]))
    room.now = SEVEN + timedelta(seconds=chance.randint(-60, 500))
    room.do(c.OpenDoor(by=HANDLES[0]))
    for _ in range(STEPS):
        if room.state.phase == "sealed":
            break
        step(room, chance)
        room.holds()
    return room


def step(room, chance):
    """A little time, and then whatever somebody might do just then."""
    due, later = next_due(room.state), room.now + timedelta(seconds=chance.expovariate(1 / 8))
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
    on_duty = [p.handle for p in state.standing("inside") if p.on_duty] or [HANDLES[0]]
    somebody, serving = chance.choice(inside or HANDLES), chance.choice(on_duty)
    wishes = [c.Tick(by=c.ROOM)]
    if state.turn:
        wishes += [c.Share(by=state.turn.who, client_id=words, words="…"), c.PassTurn(by=state.turn.who)]
        wishes += [c.AddMinute(by=serving), c.EndTurn(by=serving)] if chance.random() < 0.2 else []
    elif state.rules.words == "anyone":
        wishes.append(c.Share(by=somebody, client_id=words, words="…"))
    if state.rules.hands:
        wishes += [c.RaiseHand(by=somebody), c.RaiseHand(by=somebody), c.LowerHand(by=somebody), c.GiveFloor(by=serving)]
    if state.pause:
        wishes += [c.HoldTaken(by=c.ROOM), c.TakeDuty(by=somebody, duty="chair"), c.Knock(by=HANDLES[0], name="Maya")]
    if state.standing("waiting"):
        wishes += [c.Admit(by=serving, who=state.standing("waiting")[0].handle), c.AdmitAll(by=serving)]
    return wishes


def unlikely(room, chance):
    """What happens now and then, or only by mistake."""
    by, who = chance.choice(HANDLES), chance.choice(HANDLES)
    serving = next((p.handle for p in room.state.people.values() if p.on_duty), by)
    retry = chance.choice(sorted(room.said)) if room.said else (by, "1")
    usual = [
        c.Knock(by=by, name=NAMES[by], newcomer=True), c.Leave(by=by), c.Unseen(by=c.ROOM, who=who),
        c.Share(by=retry[0], client_id=retry[1], words="…"), c.Share(by=by, client_id=str(len(room.log)), words="…"),
        c.RemoveShare(by=serving, number=chance.randint(0, 30)), c.TakeDuty(by=by, duty=chance.choice(("door", "second"))),
        c.RaiseHand(by=by), c.PassTurn(by=by), c.GiveFloor(by=serving, who=who),
    ]
    rare = [
        c.HoldLost(by=c.ROOM), c.HoldTaken(by=c.ROOM), c.Decline(by=serving, who=who), c.NextSegment(by=serving),
        c.PutSomebodyOut(by=serving, who=who), c.AddMinute(by=serving), c.EndTurn(by=serving), c.OpenDoor(by=by),
    ]
    if chance.random() < 0.01:
        return [c.Close(by=serving)]
    return rare if chance.random() < 0.25 else usual


@pytest.fixture(scope="module")
def evenings():
    """All of them, and in the end each is the same when it is read again from what was stored."""
    rooms = [evening(number) for number in range(EVENINGS)]
    for room in rooms:
        room.ends()
    return rooms


def test_the_evenings_hold_the_rules_and_everything_there_is_happened_in_them(evenings):
    happened = Counter(type(event) for room in evenings for event in room.log)
    missing = [kind.__name__ for kind in e.EVENTS if happened[kind] < 3]
    assert not missing, missing
    assert happened[e.Shared] > 8 * EVENINGS and happened[e.FloorGiven] > 5 * EVENINGS


def test_every_way_a_turn_and_an_hour_can_end_was_seen(evenings):
    log = [event for room in evenings for event in room.log]
    assert {event.how for event in log if isinstance(event, e.TurnEnded)} == {"shared", "passed", "time", "chair", "left"}
    assert {event.why for event in log if isinstance(event, e.MeetingClosed)} >= {
        "agenda", "chair", "hour_over", "nobody_on_duty",
    }


def test_most_refusals_of_the_floor_were_heard(evenings):
    heard = Counter(reason for room in evenings for reason in room.refusals)
    assert set(heard) >= {
        "wait_your_turn", "no_words_now", "a_moment_between", "no_hands_now", "floor_paused", "floor_is_taken", "hand_is_down",
        "for_those_on_duty", "for_those_not_heard", "not_here", "not_let_in", "duty_taken", "room_full", "left_for_tonight",
    }
