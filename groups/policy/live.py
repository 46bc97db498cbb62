"""The live meeting, asked about a *person* of its state (`meeting/state.py`), at the moment of
deciding."""

from math import ceil

from groups.policy.asking import refuse_unless


def may_serve(person) -> None:
    """Only those on duty handle the door, the clock and the order."""
    refuse_unless(person is not None and person.on_duty, "for_those_on_duty")


def may_lead(person) -> None:
    """Opening, moving on and closing are the chair's."""
    may_serve(person)
    refuse_unless(person.duty == "chair", "for_the_chair")


def may_be_inside(person) -> None:
    """Whatever happens on the floor is for those who were let in."""
    refuse_unless(person is not None, "not_here")
    refuse_unless(person.standing != "out", "left_for_tonight")
    refuse_unless(person.standing != "declined", "declined_tonight")
    refuse_unless(person.standing == "inside", "not_let_in")


def may_raise_hand(state, person) -> None:
    """Ask for the floor, where the mode has hands. Some minutes are kept for those not yet heard."""
    may_be_inside(person)
    refuse_unless(state.phase in ("open", "closing"), "door_not_open" if state.phase == "lobby" else "meeting_closed")
    refuse_unless(state.rules.hands, "no_hands_now")
    refuse_unless(state.turn is None or state.turn.who != person.handle, "you_have_the_floor")
    refuse_unless(not person.settled, "came_to_settle")
    refuse_unless(not state.segment.unheard or person.shares == 0, "for_those_not_heard")


def may_speak(state, person, now) -> None:
    """Put words into the room, now. What the mode says decides: nobody, whoever has the floor, or
    anyone inside at their own pace."""
    may_be_inside(person)
    refuse_unless(state.phase in ("open", "closing"), "door_not_open" if state.phase == "lobby" else "meeting_closed")
    refuse_unless(state.pause is None, "floor_hushed" if state.hushed else "floor_paused")
    refuse_unless(state.rules.words != "nobody", "no_words_now")
    refuse_unless(not person.settled, "came_to_settle")
    if state.rules.has_turns:
        refuse_unless(state.turn is not None and state.turn.who == person.handle, "wait_your_turn")
    elif person.last_share_at is not None:
        wait = state.segment.turn - (now - person.last_share_at).total_seconds()
        refuse_unless(wait <= 0, "a_moment_between", seconds=ceil(wait))


def may_remove_share(person, mark) -> None:
    """Those on duty take out any share, and everybody their own."""
    may_be_inside(person)
    refuse_unless(person.on_duty or mark.by == person.handle, "for_those_on_duty")


def may_put_out(by, target) -> None:
    """Those on duty may ask anybody to leave for tonight, except each other."""
    may_serve(by)
    refuse_unless(target is not None and target.standing in ("waiting", "inside"), "not_here")
    refuse_unless(not target.on_duty, "they_serve_too")
