"""Who may do what in a live meeting: every cell of duty × standing × phase × mode.

The tables are written out by hand; None means yes, a word is the refusal. What comes first in a
list of reasons is what a person hears."""

from datetime import timedelta
from itertools import product

import pytest

from groups import policy
from groups.errors import Refused
from groups.formats.modes import Mode
from groups.meeting.marks import Pause, ShareMark, Turn
from groups.meeting.person import Person
from groups.meeting.state import State
from groups.sentences import SENTENCES
from tests.rules.stage import HOUR, PLAIN, SEVEN, UNHEARD

STANDINGS = ("unknown", "waiting", "inside", "declined", "left", "out")
DUTIES = (None, "chair", "door", "second")
PHASES = ("planned", "lobby", "open", "closing", "sealed")
NOW = SEVEN + timedelta(minutes=20)
NEEDS = (None, "speak", "listen", "settle")
RESTING = {None: None, Pause(NOW, "nobody_on_duty"): "floor_paused", Pause(NOW, "chair_away"): "floor_paused", Pause(NOW, "hush"): "floor_hushed"}
PAUSES = tuple(RESTING)

# what somebody hears who is not inside, whatever they want of the floor
OUTSIDE = {
    "unknown": "not_here", "waiting": "not_let_in", "declined": "declined_tonight", "left": "not_let_in", "out": "left_for_tonight",
}
# when there is no hour yet or any more
NO_HOUR = {"planned": "meeting_closed", "lobby": "door_not_open", "sealed": "meeting_closed"}
# what a mode says to somebody inside without the floor
HANDS = {
    Mode.SILENCE: "no_hands_now", Mode.NOTICE: "no_hands_now", Mode.READING: "no_hands_now", Mode.ROUND: "no_hands_now",
    Mode.ONE_VOICE: None, Mode.OPEN_TALK: "no_hands_now", Mode.EXERCISE: "no_hands_now", Mode.CLOSING: "no_hands_now",
}
WORDS = {
    Mode.SILENCE: "no_words_now", Mode.NOTICE: "no_words_now", Mode.READING: "no_words_now", Mode.ROUND: "wait_your_turn",
    Mode.ONE_VOICE: "wait_your_turn", Mode.OPEN_TALK: None, Mode.EXERCISE: "no_words_now", Mode.CLOSING: "no_words_now",
}


def person(standing="inside", duty=None, handle="tom", **facts):
    """Somebody, or None for somebody who never came."""
    return None if standing == "unknown" else Person(handle, "Tom", standing=standing, duty=duty, **facts)


def hour(mode=Mode.ONE_VOICE, phase="open", **facts):
    """A state in the middle of one part of the hour."""
    segment = facts.pop("segment", PLAIN[mode])
    return State(
        phase=phase, starts_at=SEVEN, ends_at=SEVEN + HOUR, capacity=9, agenda=(segment,), index=0, segment_ends_at=SEVEN + HOUR, **facts
    )


def answer(question, *facts):
    """The reason of the refusal, or None."""
    try:
        question(*facts)
    except Refused as refusal:
        assert refusal.reason in SENTENCES
        return refusal.reason
    return None


def turn_of(handle):
    return Turn(handle, "Somebody", NOW + timedelta(minutes=1))


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("duty", DUTIES)
def test_serving_and_leading_take_a_duty_and_being_here(standing, duty):
    serves = standing == "inside" and duty is not None
    assert answer(policy.may_serve, person(standing, duty)) == (None if serves else "for_those_on_duty")
    leads = None if duty == "chair" else "for_the_chair"
    assert answer(policy.may_lead, person(standing, duty)) == (leads if serves else "for_those_on_duty")


@pytest.mark.parametrize("standing", STANDINGS)
def test_the_floor_is_for_those_who_were_let_in(standing):
    assert answer(policy.may_be_inside, person(standing)) == OUTSIDE.get(standing)


def test_raising_a_hand_in_every_cell():
    for duty, standing, phase, mode, paused, need in product(DUTIES, STANDINGS, PHASES, Mode, PAUSES, NEEDS):
        settled = "came_to_settle" if need == "settle" else None
        wanted = OUTSIDE.get(standing) or NO_HOUR.get(phase) or HANDS[mode] or settled
        heard = answer(policy.may_raise_hand, hour(mode, phase, pause=paused), person(standing, duty, need=need))
        assert heard == wanted, (duty, standing, phase, mode, paused, need)


def test_speaking_in_every_cell():
    for duty, standing, phase, mode, paused, need in product(DUTIES, STANDINGS, PHASES, Mode, PAUSES, NEEDS):
        settled = "came_to_settle" if need == "settle" and WORDS[mode] != "no_words_now" else None
        wanted = OUTSIDE.get(standing) or NO_HOUR.get(phase) or RESTING[paused] or settled or WORDS[mode]
        heard = answer(policy.may_speak, hour(mode, phase, pause=paused), person(standing, duty, need=need), NOW)
        assert heard == wanted, (duty, standing, phase, mode, paused, need)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_gives_nobody_more_words_than_others_have(mode, duty):
    taken = {} if mode not in (Mode.ROUND, Mode.ONE_VOICE) else {"turn": turn_of("nia")}
    assert answer(policy.may_speak, hour(mode, **taken), person(duty=duty), NOW) == WORDS[mode]


@pytest.mark.parametrize("mode", [Mode.ROUND, Mode.ONE_VOICE])
def test_whoever_has_the_floor_speaks_and_needs_no_hand(mode):
    state = hour(mode, turn=turn_of("tom"))
    assert answer(policy.may_speak, state, person(), NOW) is None
    assert answer(policy.may_speak, state, person(handle="nia"), NOW) == "wait_your_turn"
    assert answer(policy.may_raise_hand, state, person()) == ("you_have_the_floor" if mode == Mode.ONE_VOICE else "no_hands_now")


@pytest.mark.parametrize(
    ("seconds_ago", "heard", "more"),
    [(None, None, None), (60, None, None), (61, None, None), (59.9, "a_moment_between", 1), (58.6, "a_moment_between", 2), (0, "a_moment_between", 60), (-1, "a_moment_between", 61), (-3600, None, None)],
)
def test_in_open_talk_a_minute_lies_between_two_posts_and_we_say_how_long_it_is(seconds_ago, heard, more):
    """A share of the future was written by a clock that was wrong: nobody waits an hour for it."""
    last = None if seconds_ago is None else NOW - timedelta(seconds=seconds_ago)
    who, state = person(last_share_at=last), hour(Mode.OPEN_TALK)
    assert answer(policy.may_speak, state, who, NOW) == heard
    if heard:
        with pytest.raises(Refused) as refusal:
            policy.may_speak(state, who, NOW)
        assert refusal.value.facts == {"seconds": more}
        assert answer(policy.may_speak, state, who, NOW + timedelta(seconds=more)) is None, "waiting that long is enough"


@pytest.mark.parametrize(("shares", "heard"), [(0, None), (1, "for_those_not_heard"), (5, "for_those_not_heard")])
def test_the_last_minutes_are_for_those_not_yet_heard(shares, heard):
    assert answer(policy.may_raise_hand, hour(segment=UNHEARD), person(shares=shares)) == heard


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("own", [True, False])
def test_taking_out_a_share(standing, duty, own):
    mark = ShareMark("tom" if own else "nia")
    wanted = OUTSIDE.get(standing) or (None if duty or own else "for_those_on_duty")
    assert answer(policy.may_remove_share, person(standing, duty), mark) == wanted


def test_putting_somebody_out_in_every_cell():
    peers = {(): "they_serve_too", ("nia",): "they_serve_too", ("tom",): None, ("nia", "tom"): "they_look_after"}
    for duty, standing, their_duty, theirs, both in product(DUTIES, STANDINGS, DUTIES, STANDINGS, peers):
        if duty is None or standing != "inside":
            wanted = "for_those_on_duty"
        elif theirs not in ("waiting", "inside"):
            wanted = "not_here"
        else:
            wanted = peers[both] if their_duty and theirs == "inside" else None
        heard = answer(policy.may_put_out, person(standing, duty), person(theirs, their_duty, handle="nia"), both)
        assert heard == wanted, (duty, standing, their_duty, theirs, both)
