"""The live meeting, asked about a *person* of its state (`meeting/state.py`), at the moment of
deciding."""

from math import ceil

from groups.policy.asking import refuse_unless

BESIDES_CONTACT = frozenset(("first", "raid", "rewritten"))  # why a share is held, besides ways to be reached in it
APART = 5  # seconds the clocks of two processes may differ by


def may_serve(person) -> None:
    """Only those on duty handle the door, the clock and the order."""
    refuse_unless(person is not None and person.on_duty, "for_those_on_duty")


def may_lead(person) -> None:
    """Opening, moving on and closing are the chair's."""
    may_serve(person)
    refuse_unless(person.duty == "chair", "for_the_chair")


def may_be_asked_to_serve(person, duty, by_moderator=False) -> None:
    """Take a duty on being asked in the hour itself. As on the rota: nobody in their first week. Nobody who was put
    on a step in this hour either, for whoever serves handles the steps. And what the rota does not open to somebody
    yet, only a moderator gives them: who looks after the group knows whom they ask."""
    refuse_unless(person is not None and person.standing == "inside", "not_here")
    refuse_unless(not person.newcomer, "too_new_to_serve")
    refuse_unless(person.rung is None, "they_are_on_a_step")
    refuse_unless(by_moderator or duty not in person.not_yet, "rota_not_yet")


def may_take_up(person, asked: bool, moderates: bool) -> None:
    """Serve, whatever the rota says: not after a step in this hour, nor where the duty was taken back, unless one
    is asked again. A moderator always may. asked: whether somebody on duty asked for this one."""
    refuse_unless(moderates or person.rung is None, "no_duty_on_a_step")
    refuse_unless(moderates or asked or not person.relieved, "duty_was_taken_back")


def may_take_duty_back(by, target, looks_after=()) -> None:
    """End somebody's duty in the hour: moderators anybody's, and the chair those of the others, but never a
    moderator's. looks_after: the handles, of these two, of those who look after the group."""
    may_serve(by)
    refuse_unless(target is not None, "not_here")
    refuse_unless(by.handle != target.handle, "your_own_duty")
    if by.handle not in looks_after:
        may_lead(by)
        refuse_unless(target.handle not in looks_after, "they_look_after")


def may_be_inside(person) -> None:
    """Whatever happens on the floor is for those who were let in."""
    refuse_unless(person is not None, "not_here")
    refuse_unless(person.standing != "out", "left_for_tonight")
    refuse_unless(person.standing != "declined", "declined_tonight")
    refuse_unless(person.standing == "inside", "not_let_in")


def the_hour_runs(state, over="meeting_over") -> None:
    """Between the opening of the door and the close. over: what whoever comes after it reads."""
    refuse_unless(state.runs, "door_not_open" if state.phase == "lobby" else over)


def may_raise_hand(state, person) -> None:
    """Ask for the floor, where the mode has hands. Some minutes are kept for those not yet heard."""
    may_be_inside(person)
    _may_be_heard(state, person)
    the_hour_runs(state, "meeting_closed")
    refuse_unless(state.rules.hands, "no_hands_now")
    refuse_unless(state.turn is None or state.turn.who != person.handle, "you_have_the_floor")
    refuse_unless(not person.settled, "came_to_settle")
    refuse_unless(not state.segment.unheard or person.shares == 0, "for_those_not_heard")


def may_speak(state, person, now) -> None:
    """Put words into the room, now. What the mode says decides: nobody, whoever has the floor, or
    anyone inside at their own pace."""
    may_be_inside(person)
    the_hour_runs(state, "meeting_closed")
    refuse_unless(state.pause is None, "floor_hushed" if state.hushed else "floor_paused")
    refuse_unless(state.rules.words != "nobody", "no_words_now")
    _may_be_heard(state, person)
    refuse_unless(not person.settled, "came_to_settle")
    if state.rules.has_turns:
        refuse_unless(state.turn is not None and state.turn.who == person.handle, "wait_your_turn")
    elif person.last_share_at is not None:
        wait = state.pace - (now - person.last_share_at).total_seconds()
        # A share from further ahead was written by a clock that was wrong, and is nothing to wait for.
        refuse_unless(not 0 < wait <= state.pace + APART, "a_moment_between", seconds=ceil(wait))


def may_remove_share(person, mark) -> None:
    """Those on duty take out any share, and everybody their own."""
    may_be_inside(person)
    refuse_unless(person.on_duty or mark.by == person.handle, "for_those_on_duty")


def may_put_out(by, target, looks_after=()) -> None:
    """Those on duty may put anybody on a step of the ladder, except each other: on duty or not, whoever serves and
    is no moderator is in a moderator's hands. looks_after: the handles, of these two, of those who look after
    the group."""
    may_serve(by)
    refuse_unless(target is not None and target.standing in ("waiting", "inside"), "not_here")
    _unless_they_serve_too(by, target, looks_after)


def _unless_they_serve_too(by, target, looks_after):
    if target.on_duty:
        refuse_unless(by.handle in looks_after, "they_serve_too")
        refuse_unless(target.handle not in looks_after, "they_look_after")


def _may_be_heard(state, person):
    """Whoever was asked to listen for ten minutes listens."""
    refuse_unless(person.handle not in state.silenced, "listen_only", agreement=person.agreement)


# --- keeping the room safe -----------------------------------------------------------------------


def may_name_agreement(state, number) -> None:
    """Whatever is done names an agreement there is."""
    refuse_unless(number is not None and 1 <= number <= state.agreements, "which_agreement", most=state.agreements)


def may_remove_now(by, target, looks_after=()) -> None:
    """In an emergency those on duty put anybody out at once who was here tonight; except each other, where
    it is as with any other step."""
    may_serve(by)
    refuse_unless(target is not None and target.standing in ("waiting", "inside", "left"), "not_here")
    _unless_they_serve_too(by, target, looks_after)


def may_send_on(state, why, look: bool) -> None:
    """Nudge first: whoever wrote what looks like a way to be reached reads so, and may change it or let
    those on duty look at it."""
    refuse_unless(look or not set(why) - BESIDES_CONTACT, "contact_guard" if state.contact_agreement else "contact_guard_plain",
                  agreement=state.contact_agreement)


def may_hear_of_report(person, about) -> None:
    """That something was reported is for moderators on duty, and not for whom it is about: with few people in a
    room, its being known would say who told. about: a handle, or None."""
    may_serve(person)
    refuse_unless(person.moderates, "for_moderators")
    refuse_unless(person.handle != about, "report_own")


def may_settle_held(state, person, held) -> None:
    """Those on duty decide what becomes of a held share, while the hour runs; of their own, somebody else."""
    may_serve(person)
    refuse_unless(state.runs, "meeting_over")
    refuse_unless(held is not None, "no_such_share")
    refuse_unless(held.by != person.handle, "your_own_share")


def may_rewrite(state, person, held) -> None:
    """Whoever was asked to change what they wrote may, whoever's turn it is."""
    may_be_inside(person)
    the_hour_runs(state, "meeting_closed")
    refuse_unless(held is not None and held.by == person.handle and held.status == "asked", "no_such_share")
    _may_be_heard(state, person)


FRESH_AT_ONCE = 50  # people who only just came, at the door during a raid; nobody can look at more


def may_knock_during(raid, fresh: bool, waiting: int) -> None:
    """During a raid, not everybody who only just came can be kept at the door."""
    refuse_unless(raid is None or not fresh or waiting < FRESH_AT_ONCE, "many_at_once")


def may_write_during(raid, person) -> None:
    """A private line works for everybody; during a raid, for those who only just came, once they are in."""
    refuse_unless(raid is None or not person.fresh or person.standing == "inside", "many_at_once")
