"""When a room meets. A series is a rule on the wall clock of its zone; the meetings are that
rule's projection, dated and in UTC, some 400 days ahead, plus whatever was added by hand."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id
from groups.rooms.models import Room


class Phase(StrEnum):
    """Where a meeting is in its life."""

    PLANNED = "planned"
    LOBBY = "lobby"
    OPEN = "open"
    CLOSING = "closing"
    SEALED = "sealed"
    PURGED = "purged"
    CANCELLED = "cancelled"


LIVE = (Phase.LOBBY, Phase.OPEN, Phase.CLOSING)


class DutyKind(StrEnum):
    """Service for one hour: lead it, keep the door, stand beside, read, watch the time."""

    CHAIR = "chair"
    DOOR = "door"
    SECOND = "second"
    READER = "reader"
    TIMEKEEPER = "timekeeper"


class Series(Model):
    """A recurring hour in a room: `rule` is an RFC 5545 RRULE without DTSTART, counted on the wall
    clock of `zone` from `first_day` at `wall_time`."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    first_day: Mapped[date] = mapped_column(Date)
    wall_time: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(200), default="FREQ=WEEKLY")
    minutes: Mapped[int] = mapped_column(default=60)
    format: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10), default="en")
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    room: Mapped[Room] = relationship(lazy="joined")


class Meeting(Model):
    """One dated hour. `on_day` is the series' own date, which stays when the hour is moved.
    `position` and everything live belongs to `groups/meeting`; `phase` here is kept in step with
    the log by the same transaction that appends."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("series_id", "on_day"),
        Index("ix_meetings_starts_at_phase", "starts_at", "phase"),
        Index("ix_meetings_room_id_starts_at", "room_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"))
    on_day: Mapped[date | None] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(60))
    zone: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    format: Mapped[str] = mapped_column(String(40))
    phase: Mapped[Phase] = mapped_column(String(10), default=Phase.PLANNED)
    sealed_at: Mapped[datetime | None] = mapped_column(Moment)

    room: Mapped[Room] = relationship(lazy="joined")

    @property
    def group(self):
        """The group whose room this is."""
        return self.room.group

    @property
    def is_live(self) -> bool:
        """True from the lobby's opening until the room is sealed."""
        return self.phase in LIVE


class Duty(Model):
    """Somebody said they will serve at this meeting."""

    __tablename__ = "duties"
    __table_args__ = (UniqueConstraint("meeting_id", "kind"), UniqueConstraint("meeting_id", "membership_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), index=True)
    kind: Mapped[DutyKind] = mapped_column(String(10))
    taken_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
