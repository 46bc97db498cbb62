"""What every action of the rota begins with: the rows it decides by, fresh and held until it is done.

People are locked before hours and each kind in the order of their ids, so that two processes wait for
each other and never stand across. The locks leave room for rows that refer to these (NO KEY)."""

from sqlalchemy import delete, or_, select

from groups import clock
from groups.errors import NotFound
from groups.formats.choosing import find_format
from groups.membership.models import Membership
from groups.rota.models import Coming, Duty, SwapOffer
from groups.rota.places import places_of, settle
from groups.schedule.models import DutyKind, Meeting


def reached(session, by: Membership, meeting: Meeting) -> tuple[Membership, Meeting]:
    """The actor and the hour as they stand now, both held. Raises NotFound for another group's hour."""
    by = held_people(session, by.id)[by.id]
    return by, held_hour(session, meeting.id, by.group_id)


def held_people(session, *ids: int) -> dict[int, Membership]:
    """These members, held. Raises NotFound if one is not there."""
    query = select(Membership).where(Membership.id.in_(ids)).order_by(Membership.id)
    rows = session.scalars(query.with_for_update(of=Membership, key_share=True).execution_options(populate_existing=True))
    people = {row.id: row for row in rows}
    if len(people) < len(set(ids)):
        raise NotFound()
    return people


def held_hour(session, meeting_id: int, group_id: int) -> Meeting:
    """This group's hour, held. Raises NotFound."""
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update(of=Meeting, key_share=True)
    meeting = session.scalar(query.execution_options(populate_existing=True))
    if meeting is None or meeting.room.group_id != group_id:
        raise NotFound()
    return meeting


def duties_at(session, meeting: Meeting) -> dict[DutyKind, Duty]:
    """Who serves at this hour, by duty. What somebody signed up for who left the group since is free."""
    rows = session.execute(
        select(Duty, Membership.left_at).join(Membership, Duty.membership_id == Membership.id).where(Duty.meeting_id == meeting.id)
    ).all()
    for duty, left_at in rows:
        if left_at is not None:
            session.delete(duty)
    session.flush()
    return {DutyKind(duty.kind): duty for duty, left_at in rows if left_at is None}


def duty_of(duties: dict[DutyKind, Duty], member: Membership) -> Duty | None:
    """What this member does there, if anything."""
    return next((duty for duty in duties.values() if duty.membership_id == member.id), None)


def drop_offers(session, duty: Duty) -> None:
    """Nobody swaps with a duty that changed hands, or whose holder keeps it after all."""
    session.execute(delete(SwapOffer).where(or_(SwapOffer.duty_id == duty.id, SwapOffer.instead_id == duty.id)))


def comings_to(session, meeting: Meeting) -> list[Coming]:
    """Everybody of the group who plans to come or waits for a place."""
    query = select(Coming).join(Membership, Coming.membership_id == Membership.id)
    return list(session.scalars(query.where(Coming.meeting_id == meeting.id, Membership.left_at.is_(None))))


def kept_places(session, meeting: Meeting) -> int | None:
    """How many places are kept at this hour; None where nobody has to keep one."""
    return places_of(meeting, find_format(session, meeting.room.group_id, meeting.format))


def free_place_of(session, meeting: Meeting, member: Membership) -> None:
    """This member needs no place any more; whoever is next in line has it."""
    session.execute(delete(Coming).where(Coming.meeting_id == meeting.id, Coming.membership_id == member.id))
    settle(comings_to(session, meeting), kept_places(session, meeting), meeting.starts_at, clock.now())
