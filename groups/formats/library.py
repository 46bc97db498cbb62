"""What moderators do with the texts their group reads together."""

from sqlalchemy import func, select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.formats.choosing import own_readings
from groups.formats.models import OwnReading
from groups.formats.readings import Reading
from groups.formats.shipped import READINGS
from groups.membership.models import Membership
from groups.seen import refuse_unless_seen, sum_of

MOST = 120  # of a group's own, in use
PARTS = ("title", "text", "source", "licence", "licence_words")


def library_of(by: Membership) -> tuple[list[Reading], list[Reading]]:
    """The group's own texts in use, and those everybody has. Raises Refused."""
    policy.may_edit_formats(by)
    with reading() as session:
        return [row.reading for row in own_readings(session, by.group_id)], list(READINGS.values())


def plan_reading(by: Membership) -> Reading:
    """What a new text starts from, for somebody who may add one. Raises Refused."""
    policy.may_edit_formats(by)
    return Reading()


def look_after_reading(by: Membership, key: str) -> Reading:
    """One of the group's own texts in use, for somebody who may change it. Raises NotFound, Refused."""
    with reading() as session:
        return _found(session, by, key).reading


def add_reading(by: Membership, text: Reading) -> OwnReading:
    """A new text. Raises Invalid(field, …), Refused."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_edit_formats(by)
        text = text.checked()
        in_use = select(func.count()).where(OwnReading.group_id == by.group_id, OwnReading.archived_at.is_(None))
        if session.scalar(in_use) >= MOST:
            raise Refused("enough_readings", limit=MOST)
        row = OwnReading(group_id=by.group_id, added_by=by.id)
        _write(row, text)
        session.add(row)
    return row


def state_of(text: Reading) -> str:
    """A short sum over everything that can be changed about a text: another one as soon as anything is."""
    return sum_of("reading", text.key, [getattr(text, name) for name in PARTS])


def change_reading(by: Membership, key: str, text: Reading, seen: str = "") -> OwnReading:
    """Store changed words. A meeting whose lobby has opened keeps the words it took over. seen: what `state_of` gave for
    the text somebody was looking at; empty where that does not matter. Raises Invalid(field, …), Refused, NotFound;
    Overtaken where somebody else changed it since."""
    with change() as (session, _):
        session.execute(select(OwnReading.id).where(OwnReading.key == key).with_for_update())  # one after the other
        row, text = _found(session, fresh(session, by), key), text.checked()
        if any(getattr(row, name) != getattr(text, name) for name in PARTS):
            refuse_unless_seen(seen, state_of(row.reading))
        _write(row, text)
    return row


def put_reading_away(by: Membership, key: str) -> None:
    """Do not offer it any more; formats that name it keep it."""
    with change() as (session, _):
        _found(session, fresh(session, by), key).archived_at = clock.now()


def _found(session, by, key):
    row = session.scalar(
        select(OwnReading).where(OwnReading.key == key, OwnReading.group_id == by.group_id, OwnReading.archived_at.is_(None))
    )
    if row is None:
        raise NotFound()
    policy.may_edit_formats(by)
    return row


def _write(row, text):
    for name in PARTS:
        setattr(row, name, getattr(text, name))
