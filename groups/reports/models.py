"""What people told those who look after a group. Everything somebody wrote is sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id


class Report(Model):
    """Somebody told those who look after the group of a share, a person or an hour. What they wrote and
    the evidence (the share and the four around it) open with a key of this report's own, which is
    destroyed with the decision, or after a fortnight."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id", ondelete="SET NULL"), index=True)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"), index=True)
    what: Mapped[str] = mapped_column(String(10))  # share, person, hour
    reason: Mapped[str] = mapped_column(String(20))
    share: Mapped[int | None]  # its number on the floor
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_evidence: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    heard_back_at: Mapped[datetime | None] = mapped_column(Moment)  # when its reporter read what came of it
