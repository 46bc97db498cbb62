"""Private entries: what somebody writes for themselves. Nothing here can be read without their words."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id

WORDS = b"words"


class EntryKey(Model):
    """The key of somebody's entries, wrapped under their seven words and a salt of its own; and once more
    under each code of their card. opener: `WORDS`, or the keyed digest a code is found by."""

    __tablename__ = "entry_keys"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    opener: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class EntryOpening(Model):
    """The same key for one browser that is signed in, wrapped under its cookie, of which the database knows
    the hash alone. Gone with the sign-in. made_at: when its cookie is stored, at the latest; where
    others use the device, when somebody last read or wrote there."""

    __tablename__ = "entry_openings"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)


class PrivateEntry(Model):
    """One entry: its day, its kind and its words, sealed together, so that the row does not even say when
    somebody wrote. `id` goes into the seal: an entry opens in its own row and in no other."""

    __tablename__ = "private_entries"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=public_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
