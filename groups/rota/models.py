"""Who serves when, and who plans to come. Nothing here is shown outside the group, and how often
somebody came or served is shown to nobody: it only answers whether they may serve."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.schedule.models import DutyKind


class Duty(Model):
    """Somebody said they will serve at this meeting, or was asked to by a moderator (`assigned_by_id`).
    cover_asked_at: they would rather not, and serve until somebody takes over."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("meeting_id", "kind"), UniqueConstraint("meeting_id", "membership_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DutyKind] = mapped_column(String(10))
    taken_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    cover_asked_at: Mapped[datetime | None] = mapped_column(Moment)


class SwapOffer(Model):
    """Somebody would take a duty whose holder asked for cover, if the holder takes one of theirs."""

    __tablename__ = "swap_offers"
    __table_args__ = (UniqueConstraint("duty_id", "instead_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"))
    instead_id: Mapped[int] = mapped_column(ForeignKey("duties.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Coming(Model):
    """Somebody plans to come to a meeting. Where places are kept, `has_place` says whether they have
    one or wait for one, in the order of `asked_at`; `confirmed_at`: they said again that they come."""

    __tablename__ = "comings"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True, index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    has_place: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)


class Served(Model):
    """How often a member did a duty since they last took a month off, and when last: for the chain from
    beside to leading, and for suggesting the next month off."""

    __tablename__ = "served"

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[DutyKind] = mapped_column(String(10), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)
    last_on: Mapped[date | None] = mapped_column(Date)


class Attended(Model):
    """How many of the group's hours a member was let into."""

    __tablename__ = "attended"

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)
    times: Mapped[int] = mapped_column(default=0)


class Debrief(Model):
    """After serving: how it was, in one of four words, and whether somebody to talk it over with would
    be welcome. `how` is empty while it is asked and not answered; `met_by_id`: who talks with them. Nobody's
    words; gone after a month, and what was never answered after some days."""

    __tablename__ = "debriefs"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True, index=True)
    how: Mapped[str] = mapped_column(String(10))
    wants_talk: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))


class RotaRules(Model):
    """What a group asks of those who serve. days, meetings: in the group, and come to, before a first
    duty; shadowing: stand beside (second, reader, timekeeper) before keeping the door, keep the door
    before leading. A group without a row asks for a week and nothing else."""

    __tablename__ = "rota_rules"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    days: Mapped[int] = mapped_column(default=7)
    meetings: Mapped[int] = mapped_column(default=0)
    shadowing: Mapped[bool] = mapped_column(default=False)
