"""Feeds a member's own calendar fetches. What somebody calls their hours there is theirs alone: a copy of the
database has it sealed under the secret of the house, and in one size, whatever the word."""

from datetime import date, datetime
from enum import StrEnum

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.sealing import of_house, seal, unseal

SIZE = 240  # bytes that every word takes, sealed: more than the longest one has


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
    sealed_word: Mapped[bytes] = mapped_column(LargeBinary(300))
    remind_minutes: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    fetched_on: Mapped[date | None] = mapped_column(Date)

    @property
    def word(self) -> str:
        """What every hour is called in it, and what a reminder says."""
        return unseal(_box(), self.sealed_word, _place(self.account_id, self.kind)).rstrip(b"\0").decode()

    @word.setter
    def word(self, word: str):
        self.sealed_word = sealed_word(word, self.account_id, self.kind)


def sealed_word(word: str, account_id: int, kind: str) -> bytes:
    """A word as the table keeps it, for one account's feed of one kind."""
    return seal(_box(), word.encode().ljust(SIZE, b"\0"), _place(account_id, kind))


def _box():
    return AESGCM(of_house.key("words of feeds"))


def _place(account_id, kind):
    return f"{account_id} {FeedKind(kind)}".encode()


class FeedGroup(Model):
    """A group that somebody's feed carries."""

    __tablename__ = "feed_groups"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, index=True)
