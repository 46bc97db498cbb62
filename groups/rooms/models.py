"""A room is a group's standing place: what applies to every meeting held there."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id
from groups.membership.models import Group


class Door(StrEnum):
    """Who may come to the door of a meeting held here."""

    ANYONE = "anyone"  # newcomers may join the group on the way in, if the group is open
    MEMBERS = "members"
    KNOWN = "known"  # members past their first week


class Guard(StrEnum):
    """How closely shares are looked at for ways to be reached (`guard/finding.py`)."""

    OFF = "off"
    USUAL = "usual"
    STRICT = "strict"


class HandsSeenBy(StrEnum):
    """Who sees the names of those whose hands are up; everybody sees their own place."""

    DUTY = "duty"
    EVERYONE = "everyone"


NEWCOMER_QUESTION = "Is there something you would like us to know, or to ask?"


class Room(Model):
    """Settings apply from the next meeting on; a meeting copies what it needs when its lobby opens."""

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(Text, default="")
    door: Mapped[Door] = mapped_column(String(10), default=Door.ANYONE)
    capacity: Mapped[int] = mapped_column(default=40)
    format: Mapped[str] = mapped_column(String(40), default="sharing-60")  # a key of formats/choosing.py
    retention_minutes: Mapped[int] = mapped_column(default=60)  # how long words outlive the close
    newcomer_question: Mapped[str] = mapped_column(String(160), default=NEWCOMER_QUESTION)  # at the door; may be empty
    hands_seen_by: Mapped[HandsSeenBy] = mapped_column(String(10), default=HandsSeenBy.DUTY)
    for_whom: Mapped[str] = mapped_column(String(80), default="")  # "women", "partners": as the group words it
    more_agreements: Mapped[str] = mapped_column(Text, default="")  # one a line, numbered on after the group's
    guard: Mapped[Guard] = mapped_column(String(10), default=Guard.USUAL)
    holds_first: Mapped[bool] = mapped_column(default=True)  # the first share of somebody new waits for those on duty
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    locked_at: Mapped[datetime | None] = mapped_column(Moment)
    locked_by_id: Mapped[int | None]  # a membership
    locked_why: Mapped[str] = mapped_column(String(200), default="")
    archived_at: Mapped[datetime | None] = mapped_column(Moment)
    archived_by_id: Mapped[int | None]

    group: Mapped[Group] = relationship(lazy="joined")
