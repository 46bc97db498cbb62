"""Looking after those who serve: two questions after an hour, somebody to talk it over with, and a month
off before it is too much. What is answered is for whoever talks with them and is gone after a month."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.orm import aliased

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.membership.models import Membership
from groups.rota.models import Debrief, Served
from groups.schedule.models import Meeting
from groups.text import one_of

HOW = ("heavy", "tiring", "fine", "good")  # four words; "" while nothing is said
ASKED_FOR = timedelta(days=3)
TOLD_FOR = timedelta(days=10)  # that somebody will talk with them
A_MONTH = timedelta(days=30)
ENOUGH_SHIFTS = 24


@dataclass(frozen=True)
class Wish:
    """Somebody served and would like to talk it over. taken_by: who will, or None."""

    meeting: Meeting
    who: Membership
    at: datetime
    taken_by: str | None


def ask_how_it_was(connection, meeting_id: int, members: Iterable[int], at: datetime) -> None:
    """In the transaction that seals an hour: those who served at it are asked how it was."""
    asked = {"meeting_id": meeting_id, "how": "", "wants_talk": False, "at": at}
    if rows := [asked | {"membership_id": member} for member in sorted(members)]:
        connection.execute(insert(Debrief), rows)


def say_how_it_was(by: Membership, meeting: Meeting, how: str, wants_talk: bool) -> Debrief:
    """Answer, or answer anew while nobody has said that they will talk. Raises Invalid("how", …);
    Refused("debrief_over") for who did not serve there, or too long ago; NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_act(by)
        how = one_of("how", how, HOW)
        found = _asked(session, by, meeting)
        found.how, found.wants_talk = how, bool(wants_talk) or found.met_by_id is not None
    return found


def leave_unsaid(by: Membership, meeting: Meeting) -> None:
    """Not say how it was, or have read who will talk, and not see it again. Doing it twice is harmless."""
    with change() as (session, _):
        policy.may_act(fresh(session, by))
        mine = Debrief.meeting_id == meeting.id, Debrief.membership_id == by.id
        session.execute(delete(Debrief).where(*mine, or_(Debrief.how == "", Debrief.met_by_id.is_not(None))))


def talk_with(by: Membership, meeting: Meeting, name: str) -> Debrief:
    """Say that one will talk with whoever served at that hour, by name. Raises Refused: talk_gone where
    somebody else does or nobody wished for it; NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_look_after_those_who_serve(by)
        theirs = select(Debrief).join(Membership, Debrief.membership_id == Membership.id)
        theirs = theirs.where(Debrief.meeting_id == meeting.id, Membership.group_id == by.group_id, Membership.name == name)
        found = session.scalar(theirs.with_for_update(of=Debrief))
        if found is None:
            raise Refused("talk_gone")
        policy.may_talk_with(by, found)
        found.met_by_id = by.id
    return found


def asked_after(by: Membership, meeting: Meeting) -> Debrief | None:
    """What this member is asked, or said, after that hour; None for who did not serve."""
    with reading() as session:
        found = session.get(Debrief, (meeting.id, by.id))
    return found if found is not None and clock.now() < found.at + ASKED_FOR else None


def one_debrief(session, members: Collection[Membership], before: datetime) -> tuple[Debrief, Meeting, str | None] | None:
    """For the front page: an hour that ended before that moment and at which one of these memberships
    served, not asked about yet; or one after which somebody said that they will talk, with their name."""
    helper, now = aliased(Membership), clock.now()
    query = select(Debrief, Meeting, helper.name).join(Meeting, Debrief.meeting_id == Meeting.id)
    query = query.outerjoin(helper, Debrief.met_by_id == helper.id).where(
        Debrief.membership_id.in_([one.id for one in members]),
        or_(
            and_(Debrief.how == "", Debrief.at < before, Debrief.at > now - ASKED_FOR),
            and_(helper.id.is_not(None), Debrief.at > now - TOLD_FOR),
        ),
    )
    found = session.execute(query.order_by(Debrief.at.desc()).limit(1)).first()
    return tuple(found) if found else None


def wishes(session, members: Collection[Membership], now: datetime) -> list[Wish]:
    """Who would like to talk an hour over, for these moderators of different groups: what nobody has
    taken yet and what they took themselves, their own wishes left out; the first one first."""
    mine = {one.group_id: one.id for one in members if one.moderates}
    query = select(Debrief, Meeting, Membership).join(Meeting, Debrief.meeting_id == Meeting.id)
    query = query.join(Membership, Debrief.membership_id == Membership.id).where(
        Membership.group_id.in_(mine), Membership.left_at.is_(None), Membership.id.not_in(mine.values()),
        Debrief.wants_talk, Debrief.at > now - A_MONTH, or_(Debrief.met_by_id.is_(None), Debrief.met_by_id.in_(mine.values())),
    )
    names = {one.id: one.name for one in members}
    return [Wish(hour, who, one.at, names.get(one.met_by_id)) for one, hour, who in session.execute(query.order_by(Debrief.at))]


def wishes_in(by: Membership) -> list[Wish]:
    """The same for one group. Raises Refused."""
    policy.may_look_after_those_who_serve(by)
    with reading() as session:
        return wishes(session, [by], clock.now())


def month_off(by: Membership) -> bool:
    """Whether to suggest a month off: after 24 shifts, as long as they go on serving."""
    with reading() as session:
        row = session.execute(
            select(func.sum(Served.times), func.max(Served.last_on)).where(Served.membership_id == by.id)
        ).one()
    times, last_on = row
    return (times or 0) >= ENOUGH_SHIFTS and last_on > clock.now().date() - A_MONTH


def forget_debriefs(now: datetime) -> None:
    """Delete what is a month old, and what was asked some days ago and never answered. Safe to run twice."""
    over = or_(Debrief.at < now - A_MONTH, and_(Debrief.how == "", Debrief.at < now - ASKED_FOR))
    with reading() as session:
        there = session.scalar(select(Debrief.meeting_id).where(over).limit(1))
    if there is not None:
        with change() as (session, _):
            session.execute(delete(Debrief).where(over))


def _asked(session, by, meeting):
    query = select(Debrief).where(Debrief.meeting_id == meeting.id, Debrief.membership_id == by.id)
    found = session.scalar(query.with_for_update())
    if meeting.room.group_id != by.group_id:
        raise NotFound()
    if found is None or clock.now() >= found.at + ASKED_FOR:
        raise Refused("debrief_over")
    return found
