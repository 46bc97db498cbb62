"""The stored side of a live meeting: its numbered log, and who was seen lately."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groups.db import Model, Moment


class Entry(Model):
    """One event. `position` is the one order of everything and never leaves the server; `number`
    counts within the stream, without gaps, and is what clients see. The body says what happened
    and the words are what somebody wrote: sealed apart, so that a removal can blank the words and
    the log still replays."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("meeting_id", "stream", "number"),
        UniqueConstraint("meeting_id", "author", "client_id"),
    )

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stream: Mapped[str] = mapped_column(String(30))  # floor, desk, quiet, or somebody's line
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(30))
    sealed_body: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)
    author: Mapped[str | None] = mapped_column(String(20))  # handle; set together with client_id
    client_id: Mapped[str | None] = mapped_column(String(40))


class Seat(Model):
    """When we last saw somebody in a meeting, by an open socket or a page load. It holds the floor
    open for whoever chairs and clears the places of people who went away. Deleted when the words are."""

    __tablename__ = "seats"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
