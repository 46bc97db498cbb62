"""The rota of a group for the weeks ahead, and one account's own shifts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.rota.duties import DUTIES, cover_words, missing_words
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Duty
from groups.rota.service import Swap, offers_for
from groups.rota.slots import Slot, held_at, slots_of, why_nothing
from groups.schedule.hours import own_clock
from groups.schedule.models import DutyKind, Meeting, Phase

SPAN = timedelta(weeks=2)  # on one page
SPANS = 4  # pages ahead
ROWS = 150  # hours on one page
GAPS_AHEAD = timedelta(days=7)  # what is missing is said first this far ahead
AHEAD_OF_US = (Phase.PLANNED, Phase.LOBBY)


@dataclass(frozen=True)
class Date:
    """One hour of the rota. starts: on the reader's clock; missing: what it still needs, in words, or
    empty; cover: who asks for cover, in words, or empty; why_not: why the reader cannot take what is free."""

    meeting: Meeting
    starts: datetime
    own_clock: str
    slots: list[Slot]
    missing: str
    cover: str
    why_not: str | None

    @property
    def day(self):
        """The reader's day."""
        return self.starts.date()


@dataclass(frozen=True)
class Rota:
    """A group's rota. gaps: hours of the coming days that still need somebody, or at which somebody asks
    for cover, the next one first; why_not: the one reason why the reader can take nothing of what is
    free, where it is one; before, after: the numbers of the pages around this one, or None."""

    dates: list[Date]
    gaps: list[Date]
    why_not: str | None
    is_whole: bool
    before: int | None
    after: int | None


def rota_page(session, member: Membership, reader: ZoneInfo, now: datetime, number: int = 1) -> Rota:
    """Two weeks of the group's rota, for one of its members: the next two, or on page 2 those after."""
    start = now + (number - 1) * SPAN
    meetings = coming_hours(session, [member.group_id], start, start + SPAN, ROWS + 1)
    shown = meetings[:ROWS]
    held = held_at(session, [meeting.id for meeting in shown])
    rules, record = rules_of(session, member.group_id), record_of(session, member, now, [m.starts_at for m in shown])
    dates = []
    for meeting in shown:
        slots = slots_of(meeting, held[meeting.id], member, rules, record)
        missing = missing_words([slot.kind for slot in slots if slot.is_gap])
        starts = meeting.starts_at.astimezone(reader)
        why = why_nothing(meeting, slots, member, rules, record)
        asking = [slot for slot in slots if slot.asks_cover]
        cover = cover_words([one.kind for one in asking if not one.is_own], [one.kind for one in asking if one.is_own])
        dates.append(Date(meeting, starts, own_clock(meeting.starts_at, meeting.zone, reader), slots, missing, cover, why))
    reasons = {date.why_not for date in dates if any(slot.is_wanted for slot in date.slots)}
    return Rota(
        dates=dates, gaps=[date for date in dates if (date.missing or date.cover) and date.starts < start + GAPS_AHEAD],
        why_not=reasons.pop() if len(reasons) == 1 else None, is_whole=len(meetings) <= ROWS,
        before=number - 1 or None, after=number + 1 if number < SPANS else None,
    )


@dataclass(frozen=True)
class OwnShift:
    """One duty of one's own, with what somebody offers for it."""

    duty: Duty
    meeting: Meeting
    starts: datetime
    own_clock: str
    offers: list[Swap]

    @property
    def day(self):
        """The reader's day."""
        return self.starts.date()

    @property
    def title(self) -> str:
        """What the duty is called."""
        return DUTIES[DutyKind(self.duty.kind)].title

    @property
    def can_change(self) -> bool:
        """True until the hour begins."""
        return self.meeting.phase in AHEAD_OF_US


def my_shifts(session, account_id: int, reader: ZoneInfo, now: datetime) -> list[OwnShift]:
    """Where this account serves, in all of its groups. The one page that joins an account's groups, for
    nobody but the account itself: what it shows must never be put where others of a group could see it."""
    rows = session.execute(
        select(Duty, Meeting).join(Meeting, Duty.meeting_id == Meeting.id)
        .join(Membership, Duty.membership_id == Membership.id)
        .where(
            Membership.account_id == account_id, Membership.left_at.is_(None), Meeting.ends_at > now,
            Meeting.phase.not_in((Phase.SEALED, Phase.PURGED)),
        ).order_by(Meeting.starts_at).limit(ROWS)
    )
    return [
        OwnShift(
            duty, meeting, meeting.starts_at.astimezone(reader), own_clock(meeting.starts_at, meeting.zone, reader),
            offers_for(session, duty, reader) if meeting.phase in AHEAD_OF_US else [],
        )
        for duty, meeting in rows
    ]


def coming_hours(session, group_ids: list[int], after: datetime, until: datetime, limit: int) -> list[Meeting]:
    """The hours of these groups that can still be signed up for and begin in (after, until], in order."""
    query = select(Meeting).join(Room, Meeting.room_id == Room.id).where(
        Room.group_id.in_(group_ids), Room.archived_at.is_(None), Meeting.phase.in_(AHEAD_OF_US), Meeting.starts_at <= until,
        Meeting.starts_at > after,
    )
    return list(session.scalars(query.order_by(Meeting.starts_at, Meeting.id).limit(limit)))
