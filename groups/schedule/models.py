"""When a room meets. A series is a rule on the wall clock of its zone; the meetings are that
rule's projection, dated and in UTC, some 400 days ahead, plus whatever was added by hand."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Time, UniqueConstraint, and_, text
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
WITH_WORDS = (*LIVE, Phase.SEALED)  # of which a key is kept, and what was said
# The same for the database: few of all the hours there ever were, so they have an index of their own. SQLite uses it
# where a question says this word for word.
HAS_WORDS = text("phase IN ({})".format(", ".join(f"'{phase}'" for phase in WITH_WORDS)))


class DutyKind(StrEnum):
    """Service for one hour: lead it, keep the door, stand beside, read, watch the time."""

    CHAIR = "chair"
    DOOR = "door"
    SECOND = "second"
    READER = "reader"
    TIMEKEEPER = "timekeeper"


USUAL_NEEDS = "chair,door,second"


class Series(Model):
    """An hour in a room that recurs, or happens once: `rule` is an RFC 5545 RRULE without DTSTART,
    counted on the wall clock of `zone` from `first_day` at `wall_time`, up to and with `last_day` where
    it was ended or went on as another series (`follows_id` there).

    pauses: when it rests every year, such as "07-15/08-31" (`pauses.py`). needs: the duties each date
    is held with, comma-separated. places: how many may keep a place on each date; None where nobody
    has to. own_clock_first: people meet by this clock, so it is shown before the reader's. sequence
    and changed_at go up with every edit of the series or one of its dates (RFC 5545, 3.8.7).
    confirmed_at: somebody said that it still meets; unlisted_at: not shown to strangers since, because
    nobody served twice in a row. source, source_id: where an imported
    hour came from and what it is called there."""

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("room_id", "source", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(60))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    wall_time: Mapped[time] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(40))
    rule: Mapped[str] = mapped_column(String(200), default="FREQ=WEEKLY")
    pauses: Mapped[str] = mapped_column(String(120), default="")
    minutes: Mapped[int] = mapped_column(default=60)
    format: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10), default="en")
    needs: Mapped[str] = mapped_column(String(60), default=USUAL_NEEDS)
    places: Mapped[int | None]
    own_clock_first: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    confirmed_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    unlisted_at: Mapped[datetime | None] = mapped_column(Moment)
    source: Mapped[str | None] = mapped_column(String(20))
    source_id: Mapped[str | None] = mapped_column(String(80))

    room: Mapped[Room] = relationship(lazy="joined")


class DateChange(Model):
    """What somebody decided about one date of a series, named by the series' own date. It stands
    above the rule and above the room's days. Fields that are None are as the series has them.

    cancelled, why: it does not take place, and what people are told. held: it takes place although
    the room is closed that day. to_day, to_time: moved, on the series' own wall clock. sequence: what
    the series had when this was decided."""

    __tablename__ = "date_changes"
    __table_args__ = (UniqueConstraint("series_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    on_day: Mapped[date] = mapped_column(Date)
    cancelled: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(String(200), default="")
    to_day: Mapped[date | None] = mapped_column(Date)
    to_time: Mapped[time | None] = mapped_column(Time)
    title: Mapped[str | None] = mapped_column(String(60))
    minutes: Mapped[int | None]
    format: Mapped[str | None] = mapped_column(String(40))
    needs: Mapped[str | None] = mapped_column(String(60))
    sequence: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class RoomDay(Model):
    """A day on which a room is not as usual, every year or once: closed, or every hour `longer` by so
    many minutes. `day` is a day of the wall calendar of whatever series meets there."""

    __tablename__ = "room_days"
    __table_args__ = (UniqueConstraint("room_id", "day", "yearly"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    day: Mapped[date] = mapped_column(Date)
    yearly: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=True)
    longer: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class Meeting(Model):
    """One dated hour. `on_day` and `own_start` are the date and the moment the series itself says, and
    stay when the hour is moved; `why` is what people are told of a hour that is cancelled or moved.
    Everything live belongs to `groups/meeting`; `phase` here is kept in step with the log by the same
    transaction that appends, and so is `outcome`: held, read (together, unled) or missed."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("series_id", "on_day"),
        # A month is counted from this alone, without a look at the rows: whatever the calendar narrows by is in it.
        Index(
            "ix_meetings_on_the_calendar", "starts_at", "phase", "room_id", "ends_at", "is_listed", "language", "format",
        ),
        Index("ix_meetings_room_id_starts_at", "room_id", "starts_at"),
        Index("ix_meetings_with_words", "phase", sqlite_where=HAS_WORDS, postgresql_where=HAS_WORDS),
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
    own_start: Mapped[datetime | None] = mapped_column(Moment)
    format: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(10), default="en")
    needs: Mapped[str] = mapped_column(String(60), default=USUAL_NEEDS)
    places: Mapped[int | None]
    own_clock_first: Mapped[bool] = mapped_column(default=False)
    is_listed: Mapped[bool] = mapped_column(default=True)
    why: Mapped[str] = mapped_column(String(200), default="")
    phase: Mapped[Phase] = mapped_column(String(10), default=Phase.PLANNED)
    outcome: Mapped[str | None] = mapped_column(String(10))
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


IS_LIVE = and_(HAS_WORDS, Meeting.phase.in_(LIVE))  # the same for the database, by that index
