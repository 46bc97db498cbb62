"""What is remembered about forgetting: when each step of tidying last went well, and that something was
deleted, so that no backup brings it back."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id


class Tidied(Model):
    """A step of tidying, by its name: its last success, and since when it has failed, if it fails now."""

    __tablename__ = "tidied"

    step: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)


class Deletion(Model):
    """Something was deleted by somebody's wish, before its time: a keyed digest, which names nobody. The id
    is of this deletion, not of what went: the database may give a number away twice. `until` is only there
    for who was put out of a group: no way back before. `becomes`, sealed, is what took the place of what
    went, where something did: other words for an account."""

    __tablename__ = "deletions"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=public_id)
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(Moment, default=clock.now, index=True)
    until: Mapped[datetime | None] = mapped_column(Moment)
    becomes: Mapped[bytes | None] = mapped_column(LargeBinary)
