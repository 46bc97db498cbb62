"""The rota and who plans to come, asked about a *membership*."""

from datetime import timedelta

from groups.policy.asking import refuse_unless
from groups.policy.group import for_moderators, may_act, may_look_after

SHIFTS = 3  # a week, in one group: whoever serves comes for themselves, too
CONFIRM_FROM, CONFIRM_UNTIL = timedelta(hours=24), timedelta(hours=2)  # before the start, where places are kept


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
        may_begin(kind, rules, record)
    refuse_unless(not record.is_busy_during(meeting), "serves_elsewhere")
    refuse_unless(record.shifts_in_week_of(meeting) < SHIFTS, "three_shifts")


def may_begin(kind, rules, record) -> None:
    """The way into serving: some time here first, then beside somebody, the door, the chair. rules, record: as above."""
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
    may_look_after(member)


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


def may_look_after_those_who_serve(member) -> None:
    """See who would like to talk an hour over, and say that one will talk with them."""
    for_moderators(member)


def may_talk_with(member, debrief) -> None:
    """Talk an hour over with whoever wished for it; not with oneself, and only one does."""
    may_look_after_those_who_serve(member)
    refuse_unless(debrief.membership_id != member.id, "talk_gone")
    refuse_unless(debrief.wants_talk and debrief.met_by_id in (None, member.id), "talk_gone")
