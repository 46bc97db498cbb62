"""How a room is kept safe: the steps somebody was put on, the emergencies in which steps were skipped,
and the signals a pattern is made of. Nobody's words are here."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id
from groups.membership.models import Membership


class Step(StrEnum):
    """The ladder, from the gentlest."""

    WARN = "warn"
    LISTEN = "listen"
    LEAVE = "leave"
    BAN = "ban"


class Sanction(Model):
    """A step somebody was put on: which, under which agreement, until when, and whether it stands.

    `until` is when it ends; a ban asked for longer than one person may give carries the asked end in
    `asked_until`, and ends there once a second one agreed. `emergency` says why steps were skipped."""

    __tablename__ = "sanctions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), index=True)
    step: Mapped[Step] = mapped_column(String(10))
    agreement: Mapped[int]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"))
    emergency: Mapped[str | None] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime | None] = mapped_column(Moment)
    asked_until: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))

    member: Mapped[Membership] = relationship(foreign_keys=[membership_id], lazy="joined")

    @property
    def stands(self) -> bool:
        """True while it is in force."""
        return self.lifted_at is None and (self.until is None or clock.now() < self.until)


class Incident(Model):
    """Steps were skipped in an emergency: somebody else looks at it within a day."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanctions.id", ondelete="CASCADE"), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    due_at: Mapped[datetime] = mapped_column(Moment)
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    outcome: Mapped[str | None] = mapped_column(String(12))  # kept, lifted, lengthened

    sanction: Mapped[Sanction] = relationship(lazy="joined")


class Signal(Model):
    """One thing that may be part of a pattern: a share held for a way to be reached, a report by
    somebody, a hand raised right after a newcomer's turn. Ninety days; shown as a pattern only."""

    __tablename__ = "signals"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    other: Mapped[str | None] = mapped_column(String(20))  # whose report it was, by handle: different people count
    meeting: Mapped[str | None] = mapped_column(String(20))
