"""Who may do what: every such question, one function each, and nowhere else.

A function returns nothing when the answer is yes and raises Refused with a reason word when it is
no; the sentences for the words are in `sentences.py`. It looks at loaded things only: no database,
no request, no clock of its own. Actions ask; routes and socket handlers never do. Templates ask
through `can`, which turns a refusal into false.

Above: groups, rooms and the calendar, asked about a *membership*. Below: the live meeting, asked
about a *person* of its state (`meeting/state.py`), at the moment of deciding."""

from datetime import timedelta
from math import ceil

from groups.errors import NotFound, Refused

SHIFTS = 3  # a week, in one group: whoever serves comes for themselves, too
CONFIRM_FROM, CONFIRM_UNTIL = timedelta(hours=24), timedelta(hours=2)  # before the start, where places are kept


def refuse_unless(allowed: bool, reason: str, **facts) -> None:
    """Raise Refused(reason) unless allowed."""
    if not allowed:
        raise Refused(reason, **facts)


# --- groups, rooms, calendar -------------------------------------------------------------------


def may_act(member) -> None:
    """A former member finds nothing here."""
    if not member.is_current:
        raise NotFound()


def may_look_at(group, invited: bool) -> None:
    """Somebody outside sees open and screened groups; a closed one is not there for them at all."""
    if group.access == "closed" and not invited:
        raise NotFound()


def may_join(group, invited: bool) -> None:
    """Open groups take anybody; the others need an invitation."""
    refuse_unless(group.access == "open" or invited, "by_invitation")


def may_invite(member) -> None:
    """Moderators bring people in."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_manage_rooms(member) -> None:
    """Make a room, change it, lock it."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_read_formats(member) -> None:
    """How an hour runs, every line of it, is for everybody in the group: anybody may chair one day."""
    may_act(member)


def may_edit_formats(member) -> None:
    """Write or put away the group's formats and readings."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_schedule(member) -> None:
    """Make or change a series and its dates."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_export(member) -> None:
    """Take a copy of everything the group wrote down about itself; names of members are in it."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_import(member) -> None:
    """Bring in hours from elsewhere."""
    may_schedule(member)


def may_meet_in(member, room) -> None:
    """Put an hour into a room that is in use."""
    may_schedule(member)
    refuse_unless(room.locked_at is None and room.archived_at is None, "room_locked")


def may_change_hour(member, meeting, now) -> None:
    """Cancel, move or alter one date that is still ahead. What has begun is the room's; what is over is
    history and stays as it was."""
    may_schedule(member)
    refuse_unless(meeting.phase in ("planned", "cancelled") and meeting.starts_at > now, "hour_has_begun")


def may_sign_up(member, meeting) -> None:
    """Anybody in the group may serve at an hour that has not begun, and may step down from it."""
    may_act(member)
    refuse_unless(meeting.phase != "cancelled", "meeting_cancelled")
    refuse_unless(meeting.phase not in ("sealed", "purged"), "meeting_over")
    refuse_unless(meeting.phase in ("planned", "lobby"), "duty_settled")


def may_take_duty(member, meeting, kind, rules, record) -> None:
    """Take one duty at one hour. rules: what the group asks (`RotaRules`); record: what is known of this
    member's service (`rota/eligibility.py`). Those who look after the group are asked for no more
    than the ceiling, which holds for everybody: three times a week, and one place at a time."""
    may_sign_up(member, meeting)
    refuse_unless(kind in meeting.needs.split(","), "duty_not_needed")
    if not member.moderates:
        _may_begin(kind, rules, record)
    refuse_unless(not record.is_busy_during(meeting), "serves_elsewhere")
    refuse_unless(record.shifts_in_week_of(meeting) < SHIFTS, "three_shifts")


def _may_begin(kind, rules, record):
    """The way into serving: some time here first, then beside somebody, the door, the chair."""
    if not record.has_served:
        refuse_unless(record.days >= rules.days, "days_first", days=rules.days)
        refuse_unless(record.came >= rules.meetings, "meetings_first", meetings=rules.meetings)
    if rules.shadowing:
        refuse_unless(kind != "door" or record.stood_beside, "beside_first")
        refuse_unless(kind != "chair" or record.kept_door, "door_first")


def may_assign(member, meeting) -> None:
    """Ask somebody to serve, or free a duty for somebody else."""
    may_sign_up(member, meeting)
    refuse_unless(member.moderates, "for_moderators")


def may_be_assigned(meeting, kind, record) -> None:
    """Whoever looks after the group knows whom they ask; only the ceiling is not theirs to lift."""
    refuse_unless(kind in meeting.needs.split(","), "duty_not_needed")
    refuse_unless(not record.is_busy_during(meeting), "they_serve_elsewhere")
    refuse_unless(record.shifts_in_week_of(meeting) < SHIFTS, "they_serve_enough")


def may_set_rota_rules(member) -> None:
    """Say what the group asks of those who serve."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_plan_to_come(member, meeting) -> None:
    """Say that one plans to come, or ask for a place, while the hour is ahead."""
    may_act(member)
    refuse_unless(meeting.phase != "cancelled", "meeting_cancelled")
    refuse_unless(meeting.phase not in ("sealed", "purged"), "meeting_over")
    refuse_unless(meeting.phase == "planned", "door_is_open")


def may_confirm(meeting, coming, now) -> None:
    """Say again that one comes, from a day before; until the hour begins."""
    refuse_unless(coming is not None and coming.has_place, "no_place_yet")
    refuse_unless(now >= meeting.starts_at - CONFIRM_FROM, "confirm_later")


def may_see_members(member) -> None:
    """The list of names is for those who look after the group; there is no roster to collect."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_leave(member, other_moderators: int) -> None:
    """Anybody may go; the last moderator hands the group over first."""
    may_act(member)
    refuse_unless(not member.moderates or other_moderators > 0, "last_moderator")


def may_come_to(member, meeting, free=None) -> None:
    """Come to the door of a meeting that has one. free: how many places nobody has, where places are
    kept, the hour has not begun and this member has none; None where that does not matter. From the
    start on, whatever is free is open to anyone."""
    may_act(member)
    refuse_unless(meeting.room.locked_at is None and meeting.room.archived_at is None, "room_locked")
    refuse_unless(meeting.phase != "planned", "not_yet_open")
    refuse_unless(meeting.phase != "cancelled", "meeting_cancelled")
    refuse_unless(meeting.phase not in ("sealed", "purged"), "meeting_over")
    refuse_unless(free is None or free > 0, "places_kept")


# --- the live meeting ----------------------------------------------------------------------------


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
