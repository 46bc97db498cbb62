"""One process leads: it does for all of them what needs doing once (tidying, reminders, the rota, the
calendar's far end). Who leads is a row with an end, taken by whoever finds it over and renewed by who
has it; so whoever dies leads no longer within seconds, and nobody has to notice that they died.

It spares work and nothing rests on it: all that is led is safe to do twice, as it may be for a moment
when the clocks of two machines differ. Without a database nobody leads."""

from datetime import datetime, timedelta

from sqlalchemy import String, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment, change, engine, reading
from groups.ids import public_id

HOUSE = "house"  # the one lease there is


class Lease(Model):
    """Something that one process may call its own until a moment."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    holder: Mapped[str] = mapped_column(String(20))  # a process, by a word it drew when it started
    until: Mapped[datetime] = mapped_column(Moment)


class Leader:
    """Whether this process leads."""

    LASTS = timedelta(seconds=10)
    RENEWED = 3  # seconds between two looks
    ABSURD = timedelta(minutes=1)  # an end further ahead was written by a clock that was wrong

    def __init__(self):
        self.name, self._until = public_id(), None

    @property
    def leads(self) -> bool:
        """True while the lease is ours, by what was last written."""
        return self._until is not None and clock.now() < self._until

    def take(self, now: datetime) -> bool:
        """Take the lease if it is nobody's, or renew it; whether it is ours now."""
        with reading() as session:
            lease = session.get(Lease, HOUSE)
        if lease is not None and lease.holder != self.name and now < lease.until <= now + self.ABSURD:
            self._until = None
            return False
        until = now + self.LASTS
        free = or_(Lease.holder == self.name, Lease.until <= now, Lease.until > now + self.ABSURD)
        with change() as (session, _):
            taken = session.execute(update(Lease).where(Lease.name == HOUSE, free).values(holder=self.name, until=until)).rowcount
            if not taken and lease is None:
                add = (sqlite if engine().dialect.name == "sqlite" else postgresql).insert(Lease)
                taken = session.execute(
                    add.values(name=HOUSE, holder=self.name, until=until).on_conflict_do_nothing()
                ).rowcount
        self._until = until if taken == 1 else None
        return self.leads

    def give_up(self, now: datetime) -> None:
        """Let somebody else lead at once: this process is about to end."""
        self._until = None
        with change() as (session, _):
            session.execute(update(Lease).where(Lease.name == HOUSE, Lease.holder == self.name).values(until=now))
