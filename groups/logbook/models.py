"""The group's log of what was done by those who look after it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment


class LogEntry(Model):
    """Something that was done: by whom, to whom, under which agreement, because of which report; never
    anybody's words. Rows are added and stay: the database itself refuses to change or delete them.
    People stand here by their handle in this group, so that the row outlives the membership."""

    __tablename__ = "moderation_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    action: Mapped[str] = mapped_column(String(30))
    by: Mapped[str | None] = mapped_column(String(20))  # nobody: the room itself
    about: Mapped[str | None] = mapped_column(String(20), index=True)
    agreement: Mapped[int | None]
    until: Mapped[datetime | None] = mapped_column(Moment)
    meeting: Mapped[str | None] = mapped_column(String(20))  # public ids, of what it belongs to
    report: Mapped[str | None] = mapped_column(String(20))
    sanction: Mapped[str | None] = mapped_column(String(20))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_log.id"))
    detail: Mapped[str] = mapped_column(String(40), default="")  # one of our own words, such as an outcome
