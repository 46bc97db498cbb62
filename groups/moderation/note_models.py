"""Notes on a membership, gone after ninety days; and who looked at somebody's pattern."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id


class MemberNote(Model):
    """What moderators want to remember about somebody, for ninety days; sealed under the group's key."""

    __tablename__ = "member_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    sealed_words: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)


class PatternLook(Model):
    """A moderator looked at somebody's pattern; two of them, and it is put away until it grows."""

    __tablename__ = "pattern_looks"

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
