"""What people ask to have looked at again, and what is decided for every group. What somebody wrote is sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.conduct.models import Sanction
from groups.db import Model, Moment
from groups.ids import public_id


class Appeal(Model):
    """One for each step, read by somebody else than who took it."""

    __tablename__ = "appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    sanction_id: Mapped[int] = mapped_column(ForeignKey("sanctions.id", ondelete="CASCADE"), unique=True)
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    outcome: Mapped[str | None] = mapped_column(String(12))  # stands, shortened, lifted
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)

    sanction: Mapped[Sanction] = relationship(lazy="joined")


class StewardMatter(Model):
    """Somebody is to be kept out of every group: asked for by a group's moderator, decided by two stewards
    who are told neither where else this person belongs nor under which names."""

    __tablename__ = "steward_matters"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), unique=True)
    why: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    first_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    first_at: Mapped[datetime | None] = mapped_column(Moment)
    asked_until: Mapped[datetime | None] = mapped_column(Moment)
    second_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(12))  # barred, declined
