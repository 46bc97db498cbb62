"""The queue: who is next, and that everybody can trust their place in it."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.lots import lot_of
from groups.meeting.views import floor_view
from tests.rules.stage import CLOSING, NAMES, ROUND, SHARES, TALK, UNHEARD, Stage, called

PEOPLE = ("tom", "nia", "rosa", "vera", "otto")


def shares(**facts):
    """The part for shares, with another order."""
    return msgspec.structs.replace(SHARES, **facts)


def waiting(segment, *hands, newcomers=(), spoken=()):
    """People come in the order of PEOPLE, some of them new, some having shared; then hands go up."""
    stage = Stage(SHARES, segment, CLOSING)
    for handle in PEOPLE:
        getattr(stage, handle)(c.Knock, name=NAMES[handle], newcomer=handle in newcomers)
    stage.begins()
    for handle in spoken:
        getattr(stage, handle)(c.RaiseHand)
        stage.maya(c.GiveFloor)
        getattr(stage, handle).shares()
    stage.maya(c.NextSegment)
    for handle in hands:
        getattr(stage, handle)(c.RaiseHand)
    return stage


def test_by_hand_means_as_the_hands_went_up():
    assert waiting(shares(order="hand"), "rosa", "tom", "nia").state.hands == ("rosa", "tom", "nia")


def test_by_arrival_means_as_people_came():
    assert waiting(shares(order="arrival"), "rosa", "tom", "nia").state.hands == ("tom", "nia", "rosa")


def test_least_spoken_first_and_among_equals_as_the_hands_went_up():
    stage = waiting(shares(order="least_spoken"), "tom", "rosa", "vera", "nia", spoken=("tom", "tom", "rosa"))
    assert stage.state.hands == ("vera", "nia", "rosa", "tom")


def test_by_lot_means_an_order_nobody_chose_and_the_same_for_whoever_looks():
    stage = waiting(shares(order="random"), *PEOPLE)
    assert stage.state.hands == tuple(sorted(PEOPLE, key=lambda handle: lot_of(stage.state, 1, handle)))
    assert stage.state.hands == waiting(shares(order="random"), *reversed(PEOPLE)).state.hands
    assert len({lot_of(stage.state, part, "tom") for part in range(9)}) == 9, "another part, another lot"


@pytest.mark.parametrize(("order", "hands"), [
    ("hand", ("otto", "vera", "rosa", "tom", "nia")), ("arrival", ("vera", "otto", "tom", "nia", "rosa")),
])
def test_newcomers_first_and_within_both_the_order_of_the_part(order, hands):
    stage = waiting(shares(order=order, newcomers_first=True), "rosa", "otto", "tom", "vera", "nia", newcomers=("vera", "otto"))
    assert stage.state.hands == hands


def test_each_sees_their_own_place_and_nobody_elses():
    stage = waiting(SHARES, "rosa", "tom", "nia")
    assert [stage.rosa.sees()["place"], stage.tom.sees()["place"], stage.nia.sees()["place"]] == [1, 2, 3]
    assert "place" not in stage.vera.sees() and stage.tom.sees()["doing"] == "queued"
    stage.maya(c.GiveFloor)
    assert [stage.tom.sees()["place"], stage.nia.sees()["place"]] == [1, 2]


# --- the chair moves a hand ----------------------------------------------------------------------------


def test_everyone_inside_sees_whose_hands_are_up_where_the_group_wishes_it():
    for hands_seen in (False, True):
        stage = Stage(ROUND, SHARES, CLOSING, hands_seen=hands_seen).begins("tom", "nia")
        assert floor_view(stage.state)["queue"] == (["Maya", "Tom", "Nia"] if hands_seen else [])
        stage.maya(c.NextSegment)
        stage.nia(c.RaiseHand)
        stage.tom(c.RaiseHand)
        assert floor_view(stage.state)["queue"] == (["Nia", "Tom"] if hands_seen else [])
        assert stage.is_as_its_log()


@pytest.mark.parametrize(("who", "place", "hands"), [
    ("nia", 1, ("nia", "rosa", "tom")), ("rosa", 0, ("tom", "nia", "rosa")), ("rosa", 2, ("tom", "rosa", "nia")),
    ("rosa", 99, ("tom", "nia", "rosa")), ("tom", 3, ("rosa", "nia", "tom")),
])
def test_those_on_duty_give_a_hand_another_place(who, place, hands):
    stage = waiting(SHARES, "rosa", "tom", "nia")
    assert [type(event) for event in stage.maya(c.MoveHand, who=who, place=place)] == [e.HandMoved]
    assert stage.state.hands == hands
    assert stage.maya(c.MoveHand, who=who, place=place) == []
    assert called(stage.wait(minutes=12)) == list(hands)


def test_moving_is_for_those_on_duty_and_for_hands_that_are_up():
    stage = waiting(SHARES, "rosa", "tom")
    assert stage.tom.refused(c.MoveHand, who="tom", place=1) == "for_those_on_duty"
    assert stage.maya.refused(c.MoveHand, who="nia", place=1) == "hand_is_down"
    assert stage.maya.refused(c.MoveHand, who="", place=1) == "hand_is_down"


def test_a_fresh_hand_undoes_nothing_that_was_moved():
    stage = waiting(shares(order="arrival"), "tom", "nia", "otto")
    stage.maya(c.MoveHand, who="otto", place=1)
    stage.rosa(c.RaiseHand)
    assert stage.state.hands == ("otto", "tom", "nia", "rosa")


ORDERS = st.sampled_from(("hand", "arrival", "least_spoken", "random"))
TAPS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(("up", "down", "move")), st.integers(0, 6)), max_size=15)


@given(order=ORDERS, newcomers=st.sets(st.sampled_from(PEOPLE)), first=st.booleans(), taps=TAPS)
def test_whatever_the_order_a_fresh_hand_never_reorders_those_who_wait(order, newcomers, first, taps):
    stage = waiting(shares(order=order, newcomers_first=first), newcomers=newcomers)
    moved = False
    for handle, tap, place in taps:
        before = stage.state.hands
        if tap == "move" and handle in before:
            stage.maya(c.MoveHand, who=handle, place=place)
            moved = True
        elif tap != "move":
            getattr(stage, handle)(c.RaiseHand if tap == "up" else c.LowerHand)
            assert [h for h in stage.state.hands if h != handle] == [h for h in before if h != handle]
        if first and not moved:
            new = [h in newcomers for h in stage.state.hands]
            assert new == sorted(new, reverse=True)
    assert stage.is_as_its_log()


# --- forgotten, changed, let go ------------------------------------------------------------------------


@pytest.mark.parametrize("following", [TALK, CLOSING, shares(order="arrival"), UNHEARD])
def test_a_forgotten_hand_goes_down_with_the_part(following):
    """Also where the next part has hands: who still wants to speak says so in a tap, and keeps their draft."""
    stage = Stage(SHARES, following, CLOSING).begins("tom")
    stage.tom(c.RaiseHand)
    stage.maya(c.NextSegment)
    assert stage.state.hands == () and "place" not in stage.tom.sees()


def test_who_came_to_settle_has_no_hand_until_they_say_otherwise():
    stage = waiting(SHARES, "tom", "nia")
    stage.tom(c.SayNeed, need="settle")
    assert stage.state.hands == ("nia",) and stage.tom.sees()["doing"] == "settled"
    assert stage.tom.refused(c.RaiseHand) == "came_to_settle"
    stage.tom(c.SayNeed, need="speak")
    stage.tom(c.RaiseHand)
    assert stage.state.hands == ("nia", "tom")


def test_who_settles_while_they_have_the_floor_gives_it_back_and_the_room_goes_on():
    stage = waiting(SHARES, "tom", "nia")
    stage.maya(c.GiveFloor)
    assert [e.kind_of(event) for event in stage.tom(c.SayNeed, need="settle")] == ["turn_ended", "need_said"]
    stage.wait(30)
    assert stage.turn == "nia"


def test_in_open_talk_who_came_to_settle_only_listens():
    stage = Stage(TALK).begins("tom")
    stage.tom(c.SayNeed, need="settle")
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "came_to_settle"
    assert stage.tom.sees()["doing"] == "settled"


def test_a_round_asks_nobody_who_came_to_settle_but_whoever_changes_their_mind_is_last():
    stage = Stage(ROUND, CLOSING)
    for handle in ("tom", "nia", "rosa"):
        getattr(stage, handle)(c.Knock, name=NAMES[handle])
    stage.tom(c.SayNeed, need="settle")
    stage.begins()
    assert stage.state.order == ("maya", "nia", "rosa")
    stage.tom(c.SayNeed, need="listen")
    assert stage.state.order == ("maya", "nia", "rosa", "tom")
    stage.nia(c.SayNeed, need="settle")
    assert called(stage.wait(minutes=6)) == ["maya", "rosa", "tom"]
    assert stage.is_as_its_log()


def test_a_circle_draws_its_round_by_lot_and_says_the_names_in_that_order():
    stage = Stage(msgspec.structs.replace(ROUND, order="random"), CLOSING).begins("tom", "nia", "rosa")
    began = next(event for event in stage.log if isinstance(event, e.SegmentBegan))
    assert began.order == tuple(sorted(("maya", "tom", "nia", "rosa"), key=lambda handle: lot_of(stage.state, 0, handle)))
    assert e.wire(began, 1)["names"] == tuple(NAMES[handle] for handle in began.order)
    assert called(stage.wait(minutes=6)) == list(began.order)


def test_a_round_by_arrival_says_nobodys_name_before_their_turn():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia")
    assert e.wire(stage.log[-1], 1)["names"] == () and stage.log[-1].order == ("maya", "tom", "nia")
