"""What a group asks itself: votes, and the monthly inventory of safety. Who answered and what was
answered are kept apart: ballots say that somebody did, counts say how many, and nothing joins them."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id


class Vote(Model):
    """A question to the group, until a day. Fewer than five answers are shown to nobody."""

    __tablename__ = "votes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(300))
    choices: Mapped[str] = mapped_column(Text)  # one a line
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)


class VoteBallot(Model):
    """Somebody answered a vote; not what."""

    __tablename__ = "vote_ballots"

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)


class VoteCount(Model):
    """How many chose one of the choices, counted from 1."""

    __tablename__ = "vote_counts"

    vote_id: Mapped[int] = mapped_column(ForeignKey("votes.id", ondelete="CASCADE"), primary_key=True)
    choice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=0)


class InventoryBallot(Model):
    """Somebody answered the inventory of a month (its first day); not what."""

    __tablename__ = "inventory_ballots"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)


class InventoryCount(Model):
    """How many gave one of the four words to one of the three questions, in a month."""

    __tablename__ = "inventory_counts"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    question: Mapped[str] = mapped_column(String(10), primary_key=True)
    answer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1 to 4
    times: Mapped[int] = mapped_column(default=0)
