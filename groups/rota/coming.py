"""Going: "I plan to come", which those on duty see as a number and nobody sees as a name; and where
places are kept, having one, waiting for one, saying again that one comes, and the door."""

from sqlalchemy import select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.membership.models import Membership
from groups.rota.models import Coming, Duty
from groups.rota.places import asked_last, free_places, settle
from groups.rota.reaching import comings_to, free_place_of, kept_places, reached
from groups.schedule.models import Meeting, Phase


def plan_to_come(by: Membership, meeting: Meeting) -> Coming:
    """Plan to come. Where places are kept this asks for one, and gives it or the last place in line.
    Asking twice is harmless. Raises Refused, NotFound."""
    with change() as (session, _):
        by, meeting = reached(session, by, meeting)
        policy.may_plan_to_come(by, meeting)
        return _asked(session, by, meeting)


def change_plan(by: Membership, meeting: Meeting) -> None:
    """Not come after all; a place goes to whoever is next in line. Doing it twice is harmless."""
    with change() as (session, _):
        by, meeting = reached(session, by, meeting)
        policy.may_act(by)
        free_place_of(session, meeting, by)


def confirm_place(by: Membership, meeting: Meeting) -> None:
    """Say again that one comes, from a day before. Raises Refused: no_place_yet, confirm_later, and as
    `plan_to_come`; NotFound."""
    with change() as (session, _):
        by, meeting = reached(session, by, meeting)
        policy.may_plan_to_come(by, meeting)
        coming = session.get(Coming, (meeting.id, by.id))
        policy.may_confirm(meeting, coming, clock.now())
        coming.confirmed_at = clock.now()


def come_to_door(by: Membership, meeting: Meeting) -> None:
    """Asked when somebody knocks. Where places are kept and the hour has not begun, knocking takes a
    free place, so that nobody finds theirs taken. Raises Refused, NotFound."""
    with reading() as session:
        by, meeting = fresh(session, by), fresh(session, meeting)
        needs_place = _needs_place(session, by, meeting)
    if not needs_place:
        policy.may_come_to(by, meeting)
        return
    with change() as (session, _):
        by, meeting = reached(session, by, meeting)
        comings = comings_to(session, meeting)
        places = kept_places(session, meeting)
        mine = next((one for one in comings if one.membership_id == by.id), None)
        if mine is None or not mine.has_place:
            policy.may_come_to(by, meeting, free=None if places is None else free_places(comings, places))
            _asked(session, by, meeting)


def _needs_place(session, by, meeting):
    """Whether this person, at this moment, comes in by a place only."""
    if by.moderates or clock.now() >= meeting.starts_at or meeting.phase != Phase.LOBBY or kept_places(session, meeting) is None:
        return False
    mine = session.get(Coming, (meeting.id, by.id))
    serves = select(Duty.id).where(Duty.meeting_id == meeting.id, Duty.membership_id == by.id)
    return not (mine and mine.has_place) and session.scalar(serves) is None


def _asked(session, by, meeting):
    comings, now = comings_to(session, meeting), clock.now()
    coming = next((one for one in comings if one.membership_id == by.id), None)
    if coming is None:
        coming = session.get(Coming, (meeting.id, by.id)) or Coming(meeting_id=meeting.id, membership_id=by.id)
        coming.asked_at, coming.has_place, coming.confirmed_at = asked_last(comings, now), False, None
        session.add(coming)
        comings.append(coming)
    just_now = not coming.has_place
    settle(comings, kept_places(session, meeting), meeting.starts_at, now)
    if just_now and coming.has_place and now >= meeting.starts_at - policy.CONFIRM_FROM:
        coming.confirmed_at = now  # they said so this moment
    return coming
