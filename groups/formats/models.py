"""What a group wrote itself: formats and readings. What every group has from the first day lies in
files (`shipped.py`)."""

from datetime import datetime

import msgspec
from sqlalchemy import ForeignKey, String, Text, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.formats.checking import KIND_LIMIT, TITLE_LIMIT, Draft
from groups.formats.readings import SOURCE_LIMIT, WORDS_LIMIT, Reading
from groups.formats.shape import Format, Segment
from groups.ids import public_id

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[Segment, ...]).decode


class Parts(TypeDecorator):
    """The parts of a format as JSON. What is no part is refused on the way in and on the way out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        text = _encode(value).decode()
        _decode(text)
        return text

    def process_result_value(self, value, dialect) -> tuple[Segment, ...]:
        return _decode(value)


class OwnFormat(Model):
    """A group's own way to spend an hour. Rooms, series and meetings call it by `key`, and it stays
    for them when it is put away. `hour`: the minutes it is made for. `edition` counts the changes,
    so that nobody overwrites a change they have not seen."""

    __tablename__ = "formats"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    title: Mapped[str] = mapped_column(String(TITLE_LIMIT))
    kind: Mapped[str] = mapped_column(String(KIND_LIMIT))
    note: Mapped[str] = mapped_column(Text, default="")
    hour: Mapped[int]
    capacity: Mapped[int | None]
    door_shuts: Mapped[int | None]
    segments: Mapped[tuple[Segment, ...]] = mapped_column(Parts)
    edition: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def draft(self) -> Draft:
        """As somebody would edit it."""
        return Draft(self.title, self.kind, self.note, self.hour, self.capacity, self.door_shuts, self.segments)

    @property
    def format(self) -> Format:
        """As an hour uses it."""
        return self.draft.format(self.key)


class OwnReading(Model):
    """A text a group reads together, with its source and the right to read it."""

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(SOURCE_LIMIT))
    licence: Mapped[str] = mapped_column(String(12))
    licence_words: Mapped[str] = mapped_column(String(WORDS_LIMIT), default="")
    added_by: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def reading(self) -> Reading:
        """As pages and hours use it."""
        return Reading(self.title, self.text, self.source, self.licence, self.licence_words, self.key)
