"""Feeds a member's own calendar fetches."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment


class FeedKind(StrEnum):
    """discreet: the member's own neutral word and the time, nothing else. full: titles and links."""

    DISCREET = "discreet"
    FULL = "full"


class Feed(Model):
    """A link of somebody's own. The table keeps the hash of its token. uid_key makes the feed's event
    ids, so that no two feeds share one and nobody can tell two members of a group by them."""

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[FeedKind] = mapped_column(String(10))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    uid_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    word: Mapped[str] = mapped_column(String(40), default="Appointment")
    remind_minutes: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    fetched_on: Mapped[date | None] = mapped_column(Date)


class FeedGroup(Model):
    """A group that somebody's feed carries."""

    __tablename__ = "feed_groups"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True)
