"""What is refused of a format, and beside which part."""

from dataclasses import replace

import msgspec
import pytest

from groups.formats.checking import LONGEST, PARTS, Draft, Unfit, checked
from groups.formats.modes import RULES, Mode
from groups.formats.parts import ALWAYS, BESIDES, ORDERS, PLAIN, modes_with
from groups.formats.readings import LICENCES, Reading
from groups.formats.shape import Segment
from groups.formats.shipped import READINGS

WELCOME = Segment("Welcome", Mode.NOTICE, 5, 2)
SHARES = Segment("Shares", Mode.ONE_VOICE, 20, 5, turn=120, grows=True)
ROUND = Segment("Names", Mode.ROUND, 5, 2, turn=60, order="arrival")
TALK = Segment("Talk", Mode.OPEN_TALK, 10, 5, turn=60)
END = Segment("Closing", Mode.CLOSING, 2, 1)
EVENING = Draft("Evening", "quiet", "", 32, None, None, (WELCOME, ROUND, SHARES, END))


def refused(draft):
    """(field, reason) of everything that is refused, in order."""
    with pytest.raises(Unfit) as caught:
        checked(draft, READINGS)
    return [(problem.field, problem.reason) for problem in caught.value.problems]


def with_part(n, **changes):
    """The evening with one part otherwise."""
    parts = list(EVENING.segments)
    parts[n] = msgspec.structs.replace(parts[n], **changes)
    return replace(EVENING, segments=tuple(parts))


def test_a_format_that_can_be_lived_passes_and_is_tidied():
    draft = checked(replace(with_part(0, title="  Wel\u202ecome\n", script="One. \r\n\r\nTwo.\x00"), title=" Our evening "), READINGS)
    assert (draft.title, draft.segments[0].title, draft.segments[0].script) == ("Our evening", "Welcome", "One.\n\nTwo.")
    assert checked(draft, READINGS) == draft


@pytest.mark.parametrize("changes, field, reason", [
    ({"title": ""}, "title", "empty"), ({"title": "x" * 61}, "title", "too_long"), ({"kind": ""}, "kind", "empty"),
    ({"kind": "x" * 21}, "kind", "too_long"), ({"note": "x" * 601}, "note", "too_long"),
    ({"hour": None}, "hour", "bad_number"), ({"hour": 9}, "hour", "out_of_range"), ({"hour": 241}, "hour", "out_of_range"),
    ({"hour": 24 * 60 + 1}, "hour", "out_of_range"), ({"capacity": 1}, "capacity", "out_of_range"),
    ({"capacity": 501}, "capacity", "out_of_range"), ({"door_shuts": 0}, "door_shuts", "out_of_range"),
    ({"segments": ()}, "parts", "no_parts"), ({"segments": (END,)}, "parts", "no_parts"),
])
def test_what_is_wrong_with_the_whole_is_said(changes, field, reason):
    assert (field, reason) in refused(replace(EVENING, **changes))


@pytest.mark.parametrize("n, changes, field, reason", [
    (0, {"title": " "}, "title", "empty"), (0, {"title": "x" * 61}, "title", "too_long"), (0, {"prompt": "x" * 201}, "prompt", "too_long"),
    (0, {"script": "x" * 1501}, "script", "too_long"), (0, {"mode": "karaoke"}, "mode", "choose_one"),
    (0, {"lead": "everybody"}, "lead", "choose_one"), (0, {"minutes": None}, "minutes", "bad_number"),
    (0, {"minutes": 0}, "minutes", "out_of_range"), (0, {"minutes": 10**9}, "minutes", "out_of_range"),
    (0, {"least": 0}, "least", "out_of_range"), (0, {"least": None}, "least", "bad_number"),
    (0, {"least": 6}, "least", "least_above_minutes"),
    (1, {"turn": 0}, "turn", "turn_missing"), (1, {"turn": None}, "turn", "turn_missing"), (2, {"turn": 0}, "turn", "turn_missing"),
    (1, {"turn": 19}, "turn", "out_of_range"), (1, {"turn": 301}, "turn", "out_of_range"), (1, {"turn": -5}, "turn", "out_of_range"),
    (1, {"warn": 60}, "warn", "out_of_range"), (1, {"warn": 4}, "warn", "out_of_range"), (1, {"warn": None}, "warn", "bad_number"),
    (1, {"extension": -1}, "extension", "out_of_range"), (1, {"extension": None}, "extension", "bad_number"),
    (2, {"order": "size"}, "order", "choose_one"), (2, {"overflow": "shout"}, "overflow", "choose_one"),
    (2, {"overflow": "borrow"}, "borrow_from", "cannot_lend"), (2, {"overflow": "borrow", "borrow_from": 0}, "borrow_from", "cannot_lend"),
    (2, {"overflow": "borrow", "borrow_from": 3}, "borrow_from", "cannot_lend"),
    (2, {"overflow": "borrow", "borrow_from": 99}, "borrow_from", "cannot_lend"),
    (0, {"mode": Mode.OPEN_TALK, "turn": 0}, "turn", "out_of_range"), (0, {"mode": Mode.OPEN_TALK, "turn": 601}, "turn", "out_of_range"),
    (0, {"mode": Mode.EXERCISE}, "exercise", "choose_one"), (0, {"mode": Mode.EXERCISE, "exercise": "yoga"}, "exercise", "choose_one"),
    (0, {"mode": Mode.READING}, "reading", "reading_missing"), (0, {"mode": Mode.READING, "reading": "gone"}, "reading", "choose_one"),
    (0, {"mode": Mode.READING, "reading": "arriving", "text": "And this."}, "text", "one_text"),
    (0, {"mode": Mode.READING, "text": "Words."}, "source", "source_missing"),
    (0, {"mode": Mode.READING, "text": "x" * 3001, "source": "Us"}, "text", "too_long"),
    (1, {"mode": Mode.CLOSING}, "mode", "closing_is_last"), (3, {"mode": Mode.NOTICE}, "mode", "no_closing"),
    (0, {"minutes": 6}, "minutes", None),
])
def test_what_is_wrong_with_a_part_is_said_beside_it(n, changes, field, reason):
    problems = refused(with_part(n, **changes))
    if reason:
        assert (f"parts-{n}-{field}", reason) in problems
    else:
        assert problems == [("parts-3-minutes", "hour_runs_out")], "beside the part where the hour runs out"


def test_everything_is_said_at_once():
    draft = replace(with_part(1, turn=0, title=""), title="", hour=None)
    assert [field for field, _ in refused(draft)] == ["title", "hour", "parts-1-title", "parts-1-turn"]


def test_too_many_parts_are_refused():
    many = replace(EVENING, hour=LONGEST, segments=(msgspec.structs.replace(WELCOME, minutes=1, least=1),) * PARTS[1] + (SHARES, END))
    assert refused(many) == [("parts", "too_many_parts")]


def test_what_is_left_of_the_hour_needs_a_part_that_takes_it():
    assert checked(replace(EVENING, hour=45), READINGS).hour == 45
    assert refused(replace(with_part(2, grows=False), hour=45)) == [("hour", "nothing_grows")]
    assert checked(with_part(2, grows=False), READINGS)


def test_a_later_part_with_minutes_to_spare_may_lend():
    parts = (WELCOME, msgspec.structs.replace(SHARES, overflow="borrow", borrow_from=2), msgspec.structs.replace(TALK, minutes=5), END)
    assert ("parts-1-borrow_from", "cannot_lend") in refused(replace(EVENING, segments=parts))
    parts = (*parts[:2], msgspec.structs.replace(TALK, minutes=5, least=4), END)
    assert checked(replace(EVENING, segments=parts), READINGS).segments[1].borrow_from == 2


def test_what_means_nothing_in_a_mode_is_dropped_and_never_refused():
    loud = {"turn": -9, "warn": None, "grows": True, "unheard": True, "order": "size", "overflow": "shout", "exercise": "yoga", "reading": "gone"}
    draft = checked(with_part(0, **loud), READINGS)
    assert draft.segments[0] == WELCOME


def test_the_fields_of_a_mode_follow_from_what_the_mode_allows():
    for mode, rules in RULES.items():
        assert ("turn" in BESIDES[mode]) == (rules.words != "nobody")
        assert ("unheard" in BESIDES[mode]) == ("overflow" in BESIDES[mode]) == rules.hands
        assert ("pass_ok" in BESIDES[mode]) == rules.offered
        assert (mode in ORDERS) == rules.has_turns
    assert set(ALWAYS) | set(PLAIN) == set(Segment.__struct_fields__) and not set(ALWAYS) & set(PLAIN)
    assert modes_with("title") == tuple(Mode) and modes_with("exercise") == (Mode.EXERCISE,)


def test_old_agendas_still_read_and_unsaid_things_stay_unsaid():
    old = b'{"title":"Shares","mode":"one_voice","minutes":30,"least":10,"turn":180,"grows":true}'
    segment = msgspec.json.decode(old, type=Segment)
    assert (segment.order, segment.extension, segment.overflow, segment.pass_ok, segment.lead) == ("hand", 60, "cut_to_next", True, "chair")
    assert msgspec.json.encode(segment) == old


@pytest.mark.parametrize("field, value", [("order", "size"), ("overflow", "shout"), ("exercise", "yoga"), ("lead", "all"), ("mode", "karaoke")])
def test_words_we_do_not_know_are_no_segment(field, value):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"title": "A", "mode": "notice", "minutes": 1, "least": 1, field: value}, Segment)


def test_readings_say_by_what_right_they_are_read():
    for licence in LICENCES:
        text = Reading("A text", "Words.", "Ann B.", licence, "Ann B., 2026").checked()
        assert text.right and "…" not in text.right and text.credit.startswith("Ann B. · ")
        assert text.licence_words == ("Ann B., 2026" if licence in ("permission", "licence") else "")
