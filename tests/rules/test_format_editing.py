"""Moving parts about before anything is stored: only their numbers change; and the clock beside them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.formats.editing import FRESH, MOST, Typed, done, typed
from groups.formats.modes import Mode
from groups.formats.preview import EXERCISES, LEADS, MODES, ORDERS, OVERFLOWS, on_the_clock, totals
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS


def sent(*titles, **more):
    """A form with parts of these titles; more: title=index it borrows from."""
    parts = [{"title": title} | ({"borrow_from": str(more[title])} if title in more else {}) for title in titles]
    return Typed([("title", "Evening"), ("hour", "60")], parts)


def after(form, wish):
    """The titles after a wish, and the part it was about."""
    form, about = done(form, wish)
    return [part.get("title", "new") for part in form.parts], about


@pytest.mark.parametrize("wish, titles, about", [
    ("up-1", ["B", "A", "C"], 0), ("up-0", ["A", "B", "C"], 0), ("down-1", ["A", "C", "B"], 2), ("down-2", ["A", "B", "C"], 2),
    ("add-0", ["A", "new", "B", "C"], 1), ("add-2", ["A", "B", "C", "new"], 3), ("remove-0", ["B", "C"], 0), ("remove-2", ["A", "B"], 1),
    ("", ["A", "B", "C"], None), ("clock", ["A", "B", "C"], None), ("up-9", ["A", "B", "C"], None), ("up--1", ["A", "B", "C"], None),
    ("explode-1", ["A", "B", "C"], None), ("up-1 ", ["A", "B", "C"], None), ("up-" + "9" * 99, ["A", "B", "C"], None),
])
def test_a_wish_moves_one_part_and_says_which(wish, titles, about):
    assert after(sent("A", "B", "C"), wish) == (titles, about)


def test_the_first_part_comes_into_an_empty_form_and_the_last_can_go():
    assert after(sent(), "add-0") == (["new"], 0)
    assert after(sent("A"), "remove-0") == ([], None)
    assert after(sent(), "remove-0") == after(sent(), "up-0") == ([], None)


def test_who_borrows_follows_the_lender_and_forgets_one_that_is_gone():
    form = sent("A", "B", "C", "D", B=3)
    assert done(form, "up-3")[0].parts[1]["borrow_from"] == "2"
    assert done(form, "add-0")[0].parts[2]["borrow_from"] == "4"
    assert done(form, "remove-0")[0].parts[0]["borrow_from"] == "2"
    assert done(form, "remove-3")[0].parts[1]["borrow_from"] == ""


def test_a_fresh_part_is_one_that_could_be_said_yes_to():
    part = done(sent("A"), "add-0")[0].parts[1]
    assert part == FRESH and Mode(part["mode"])


def test_numbers_without_gaps_and_strange_names_left_alone():
    pairs = [("parts-7-title", "B"), ("parts-3-title", "A"), ("parts-x-title", "?"), ("title", "T"), ("parts-3-minutes", "abc")]
    form = typed(pairs)
    assert form.parts == [{"title": "A", "minutes": "abc"}, {"title": "B"}]
    assert form.rest == [("parts-x-title", "?"), ("title", "T")]
    assert ("parts-0-minutes", "abc") in form.pairs() and ("parts-1-title", "B") in form.pairs()


def test_a_form_with_thousands_of_parts_is_cut_and_none_is_added_beyond():
    form = typed((f"parts-{n}-title", "x") for n in range(5000))
    assert len(form.parts) == MOST
    assert len(done(form, "add-0")[0].parts) == MOST


WISHES = st.sampled_from(("up", "down")).flatmap(lambda verb: st.integers(0, 9).map(lambda n: f"{verb}-{n}"))
PARTS = st.lists(st.dictionaries(st.sampled_from(("title", "minutes", "script")), st.text(max_size=5), min_size=1), max_size=8)


@given(PARTS, st.lists(WISHES, max_size=6))
def test_moving_loses_nothing_that_was_typed(parts, wishes):
    form = typed(Typed([("kind", "quiet")], parts).pairs())
    for wish in wishes:
        form = typed(done(form, wish)[0].pairs())
    assert form.rest == [("kind", "quiet")]
    assert sorted(map(repr, form.parts)) == sorted(map(repr, parts))


@given(PARTS, st.integers(0, 7))
def test_up_and_down_again_is_as_it_was(parts, n):
    form = Typed([], parts)
    up, about = done(form, f"up-{n}")
    assert up == form or done(up, f"down-{about}")[0] == form


# --- the clock beside them -----------------------------------------------------------------------------


def test_a_format_is_laid_on_the_clock():
    form = FORMATS["sharing-60"]
    lines, end = on_the_clock(form.segments, 60, time(19))
    assert [line.at for line in lines] == ["19:00", "19:01", "19:04", "19:10", "19:42", "19:52", "19:58"] and end == "20:00"
    assert sum(line.minutes for line in lines) == 60
    longer, end = on_the_clock(form.segments, 75, time(23, 30))
    assert (longer[3].minutes, longer[-1].at, end) == (47, "00:43", "00:45")


def test_minutes_nobody_can_read_have_no_clock():
    odd = (Segment("A", Mode.NOTICE, None, 1), Segment("B", Mode.CLOSING, 2, 1))
    assert on_the_clock(odd, 60, time(19)) == ([], "") and totals(odd) is None
    whole = (Segment("", Mode.NOTICE, 58, 1), odd[1])
    assert on_the_clock(whole, None, time(19)) == on_the_clock((), 60, None) == ([], "")
    assert on_the_clock(whole, 10**9, time(19)) == ([], "")
    assert on_the_clock(whole, 60, None)[0][0].title and totals(whole) == (60, 2)


def test_every_word_the_editor_offers_is_one_a_segment_knows():
    known = {name: field.__args__ for name, field in Segment.__annotations__.items() if hasattr(field, "__args__")}
    assert set(MODES) == set(Mode)
    assert set(EXERCISES) | {""} == set(known["exercise"])
    assert (set(ORDERS), set(OVERFLOWS), set(LEADS)) == (set(known["order"]), set(known["overflow"]), set(known["lead"]))
