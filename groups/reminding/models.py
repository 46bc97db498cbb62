"""Reminders a member asked for on a device of theirs."""

from datetime import date, datetime, time

from sqlalchemy import Date, ForeignKey, LargeBinary, Time
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment


class Device(Model):
    """A browser that may be woken for somebody. What its push service needs to know is sealed under
    the server's secret; digest finds it again. minutes: how long before the hour. sentence: which of
    the constant ones it shows. quiet_from, quiet_to: no reminder between these times in `zone`."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    minutes: Mapped[int] = mapped_column(default=15)
    sentence: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str] = mapped_column(default="UTC")
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_to: Mapped[time | None] = mapped_column(Time)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    worked_on: Mapped[date | None] = mapped_column(Date)

    @property
    def name(self) -> str:
        """What its page calls it: as random as its digest, and the same for as long as it lives."""
        return self.digest[:8].hex()


class RemindedGroup(Model):
    """A group whose hours somebody wants to be reminded of on a device."""

    __tablename__ = "reminded_groups"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True)


class Reminded(Model):
    """That a device was woken for a start of a meeting; a moved hour is another start."""

    __tablename__ = "reminded"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True, index=True)
    starts_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
