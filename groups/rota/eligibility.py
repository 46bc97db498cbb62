"""What is known of a member's service, loaded once and then asked about any hour of the group. It is
there to answer whether they may serve; how often somebody came or served is shown to nobody.

Everything is counted within one group: nothing may link two memberships of an account."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups import policy
from groups.membership.models import Membership
from groups.rota.models import Attended, Duty, RotaRules, Served
from groups.schedule.models import DutyKind, Meeting, Phase
from groups.schedule.places import where

OVER = (Phase.SEALED, Phase.PURGED)
AROUND = timedelta(days=8)  # a week of the calendar lies within this of every moment in it


@dataclass(frozen=True)
class Shift:
    """When a member serves. is_over: the hour was closed, whenever it was to end."""

    meeting_id: int
    starts_at: datetime
    ends_at: datetime
    is_over: bool = False


@dataclass(frozen=True)
class Record:
    """One member's service. days: whole days in the group; came: hours they were let into; served: the
    duties they did at least once; shifts: what they signed up for around the time in question; zone:
    the group's own, whose weeks count."""

    days: int
    came: int
    served: frozenset[DutyKind]
    shifts: tuple[Shift, ...]
    zone: ZoneInfo

    @property
    def has_served(self) -> bool:
        """True once they did any duty."""
        return bool(self.served)

    @property
    def stood_beside(self) -> bool:
        """True once they did a duty from which one sees how the door is kept, or more."""
        return self.has_served

    @property
    def kept_door(self) -> bool:
        """True once they kept the door, or led."""
        return bool(self.served & {DutyKind.DOOR, DutyKind.CHAIR})

    def shifts_in_week_of(self, meeting) -> int:
        """How often they serve in the week (Monday to Sunday on the group's clock) of this hour, not
        counting the hour itself."""
        week = self._week(meeting.starts_at)
        return sum(shift.meeting_id != meeting.id and self._week(shift.starts_at) == week for shift in self.shifts)

    def is_busy_during(self, meeting) -> bool:
        """True where they serve at another hour of the group that overlaps this one and is not over: one that was
        closed early keeps nobody."""
        return any(
            shift.meeting_id != meeting.id and shift.starts_at < meeting.ends_at and meeting.starts_at < shift.ends_at
            for shift in self.shifts if not shift.is_over
        )

    def without(self, *meeting_ids: int) -> "Record":
        """The same, had they not signed up for these hours: what they would give away counts no more."""
        return replace(self, shifts=tuple(shift for shift in self.shifts if shift.meeting_id not in meeting_ids))

    def _week(self, moment):
        return moment.astimezone(self.zone).isocalendar()[:2]


def rules_of(session, group_id: int) -> RotaRules:
    """What the group asks of those who serve; a group that never said has the defaults."""
    return session.get(RotaRules, group_id) or RotaRules(group_id=group_id, days=7, meetings=0, shadowing=False)


def not_yet(session, member: Membership, now: datetime) -> tuple[str, ...]:
    """The duties the rota of the group does not open to this member yet; none for those who look after it. One
    query, unless the group asks for more than time."""
    if member.moderates:
        return ()
    rules = rules_of(session, member.group_id)
    if _days_here(member, now) >= rules.days and not rules.meetings and not rules.shadowing:
        return ()
    record = record_of(session, member, now, [now])
    return tuple(str(kind) for kind in DutyKind if not policy.allows(policy.may_begin, kind, rules, record))


def record_of(session, member: Membership, now: datetime, over: Iterable[datetime]) -> Record:
    """This member's record, with their shifts in the weeks of these moments."""
    moments = list(over) or [now]
    when = select(Duty.meeting_id, Meeting.starts_at, Meeting.ends_at, Meeting.phase.in_(OVER))
    shifts = session.execute(
        when.join(Meeting, Duty.meeting_id == Meeting.id).where(
            Duty.membership_id == member.id, Meeting.phase != Phase.CANCELLED,
            Meeting.starts_at > min(moments) - AROUND, Meeting.starts_at < max(moments) + AROUND,
        )
    )
    came = session.scalar(select(Attended.times).where(Attended.membership_id == member.id))
    served = session.scalars(select(Served.kind).where(Served.membership_id == member.id, Served.times > 0))
    return Record(
        days=_days_here(member, now), came=came or 0,
        served=frozenset(DutyKind(kind) for kind in served), shifts=tuple(Shift(*row) for row in shifts),
        zone=where(member.group.zone),
    )


def _days_here(member, now):
    return (now - member.joined_at) // timedelta(days=1)
