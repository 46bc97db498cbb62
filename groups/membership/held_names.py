"""Names that stay untaken for a while after whoever had them was erased.

A name has few letters, so a plain digest of it could be tried out from a list: the digest is keyed with
something of the server's secret, which is not in the database."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from groups import clock
from groups.db import change
from groups.membership.models import HeldName, Membership
from groups.membership.names import look_alikes
from groups.sealing import digest_of, of_house

HELD_FOR = timedelta(days=30)


def hold(session, member: Membership) -> None:
    """Nobody takes up this member's name, or the place of one who is like it, for thirty days. Inside a change."""
    until = clock.now() + HELD_FOR
    session.merge(HeldName(group_id=member.group_id, digest=_digest(member.group_id, member.name_key), until=until))


def is_held(session, group_id: int, name: str) -> bool:
    """Whether somebody who was erased lately went by that name here, or by one that looks like it."""
    alike = [_digest(group_id, key) for key in look_alikes(name)]
    held = select(HeldName.digest).where(HeldName.group_id == group_id, HeldName.digest.in_(alike), HeldName.until > clock.now())
    return session.scalar(held.limit(1)) is not None


def forget_names(now: datetime) -> None:
    """Let go of the names whose time is over. For the heartbeat."""
    with change() as (session, _):
        session.execute(delete(HeldName).where(HeldName.until <= now))


def _digest(group_id, name_key):
    return digest_of(of_house.key("held names"), f"{group_id}/{name_key}")
