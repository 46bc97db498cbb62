"""Held shares: the guard nudges first and holds second, the first words of somebody new wait, and
whatever becomes of a share, its author keeps the words."""

from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import events as e
from tests.rules.stage import CLOSING, SHARES, TALK, Stage

CONTACT = "Write to me at tom@example.org tonight"


def hour(*agenda, **lobby):
    """Maya chairs and Nia stands beside her; Tom is inside; the guard is on."""
    stage = Stage(*(agenda or (TALK,)), guard="usual", agreements=5, contact_agreement=3, **lobby).begins("tom", "nia")
    stage.nia.serves("second")
    return stage


def new(stage, handle="vera", **facts):
    """Somebody comes in for the first time."""
    stage.do(c.Knock(by=handle, name=handle.title(), newcomer=True, unheard=True, **facts))
    stage.maya(c.Admit, who=handle)
    return getattr(stage, handle)


def held(stage, player, words=CONTACT):
    """The number on the desk of a share that is held."""
    player(c.Share, client_id=f"held-by-{player.handle}-{len(stage.log)}", words=words, look=True)
    return max(stage.state.held)


def test_a_way_to_be_reached_is_nudged_first_with_the_agreement():
    stage = hour()
    assert stage.tom.refused(c.Share, client_id="1", words=CONTACT) == "contact_guard"
    assert stage.tom.refused(c.Share, client_id="1", words="I was home by 7 pm, day 30.") is None
    plain = Stage(TALK, guard="usual").begins("tom")
    assert plain.tom.refused(c.Share, client_id="1", words=CONTACT) == "contact_guard_plain"


def test_and_held_second_for_those_on_duty_alone():
    stage = hour()
    [event] = stage.tom(c.Share, client_id="1", words=CONTACT, look=True)
    assert isinstance(event, e.ShareHeld) and event.stream == "desk" and "email" in event.why
    assert not stage.state.shares and stage.tom.sees()["held"] == [
        {"number": event_number(stage), "status": "waiting", "agreement": None}
    ]
    assert "held" not in stage.nia.sees()


def event_number(stage):
    return max(stage.state.held)


def test_a_room_that_wants_no_guard_has_none():
    stage = Stage(TALK, guard="off").begins("tom")
    stage.tom.shares(CONTACT)
    assert len(stage.state.shares) == 1


def test_the_first_words_of_somebody_new_wait_and_the_next_do_not():
    stage = hour(holds_first=True)
    vera = new(stage)
    [event] = vera(c.Share, client_id="1", words="My first words.")
    assert isinstance(event, e.ShareHeld) and event.why == ("first",)
    released, shared = stage.maya(s.Release, number=event_number(stage), words="My first words.")
    assert (released.held, shared.name, shared.words) == (event_number(stage), "Vera", "My first words.")
    stage.wait(minutes=2)
    vera.shares("My second.")
    assert len(stage.state.shares) == 2 and not stage.state.held_back


def test_nobody_new_waits_where_the_room_does_not_ask_it():
    stage = hour()
    new(stage).shares("My first words.")
    assert len(stage.state.shares) == 1


def test_a_held_share_ends_the_turn_and_counts_for_it_once_it_is_let_in():
    stage = hour(SHARES, CLOSING)
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    number = held(stage, stage.tom)
    assert stage.state.turn is None and stage.state.people["tom"].shares == 0
    stage.maya(s.Release, number=number, words=CONTACT)
    assert stage.state.people["tom"].shares == 1


def test_in_open_talk_a_held_share_takes_its_pace_too():
    stage = hour()
    held(stage, stage.tom)
    assert stage.tom.refused(c.Share, client_id="2", words="And another") == "a_moment_between"


def test_a_share_is_changed_by_its_author_and_looked_at_again():
    stage = hour()
    number = held(stage, stage.tom)
    stage.maya(s.AskEdit, number=number, agreement=3)
    assert stage.tom.sees()["held"][0] == {"number": number, "status": "asked", "agreement": 3}
    [again] = stage.tom(s.Rewrite, number=number, client_id="2", words="Without it.")
    assert again.why == ("rewritten",) and stage.state.held[number].status == "rewritten"
    stage.nia(s.Release, number=event_number(stage), words="Without it.")
    assert len(stage.state.shares) == 1 and not stage.tom.sees().get("held")


def test_a_share_is_kept_out_and_stays_its_authors():
    stage = hour()
    number = held(stage, stage.tom)
    stage.maya(s.DropHeld, number=number, agreement=3)
    assert stage.tom.sees()["held"] == [{"number": number, "status": "dropped", "agreement": 3}]
    assert stage.maya(s.DropHeld, number=number, agreement=3) == [] == stage.maya(s.Release, number=number, words="…")


def test_nobody_settles_their_own_and_nobody_else_rewrites():
    stage = hour()
    number = held(stage, stage.nia)
    for command, facts in ((s.Release, {"words": "…"}), (s.AskEdit, {"agreement": 3}), (s.DropHeld, {"agreement": 3})):
        assert stage.nia.refused(command, number=number, **facts) == "your_own_share"
        assert stage.tom.refused(command, number=number, **facts) == "for_those_on_duty"
        assert stage.maya.refused(command, number=number, **facts) is None
    stage.maya(s.AskEdit, number=number, agreement=3)
    assert stage.tom.refused(s.Rewrite, number=number, client_id="9", words="…") == "no_such_share"


def test_whoever_went_out_or_came_too_late_changes_nothing_any_more():
    gone, over = hour(), hour()
    for stage in (gone, over):
        stage.maya(s.AskEdit, number=held(stage, stage.tom), agreement=3)
    gone.tom(c.Leave)
    assert gone.tom.refused(s.Rewrite, number=1, client_id="2", words="Without it.") == "not_let_in"
    over.maya(c.Close)
    assert over.tom.refused(s.Rewrite, number=1, client_id="2", words="Without it.") == "meeting_closed"


def test_nothing_comes_in_during_a_hush():
    stage = hour()
    number = held(stage, stage.tom)
    stage.maya(c.Hush)
    assert stage.maya.refused(s.Release, number=number, words="…") == "hushed"


def test_whoever_is_put_out_takes_what_was_held_with_them():
    stage = hour()
    number = held(stage, stage.tom)
    stage.maya(s.RemoveNow, who="tom", why="solicitation", agreement=3)
    assert stage.state.held[number].status == "dropped" and not stage.state.held_back


def test_a_retry_of_a_held_share_is_the_same_one():
    stage = hour()
    stage.tom(c.Share, client_id="1", words=CONTACT, look=True)
    assert stage.tom(c.Share, client_id="1", words=CONTACT, look=True) == [] and stage.state.is_held("tom", "1")
