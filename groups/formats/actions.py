"""What moderators do with the group's formats. A meeting that has begun keeps the agenda it took over;
rooms, series and planned hours call a format by its key, and it stays for them when it is put away."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.formats.checking import TITLE_LIMIT, Draft, checked, draft_of
from groups.formats.choosing import own_format, own_formats, own_readings, readings_of, with_texts
from groups.formats.models import OwnFormat
from groups.formats.readings import Reading
from groups.formats.shape import Format
from groups.formats.shipped import FORMATS, READINGS
from groups.membership.models import Membership

MOST = 40  # of a group's own, in use
COPIED = " (our own)"


@dataclass(frozen=True)
class Looked:
    """One format as its page shows it. form: with the words of its readings; hour: the minutes it is
    made for; own: the stored row, for the group's own."""

    form: Format
    hour: int
    own: OwnFormat | None


def formats_of(by: Membership) -> tuple[list[OwnFormat], list[OwnFormat], list[Format]]:
    """The group's own formats, those it put away, and the ones everybody has."""
    policy.may_read_formats(by)
    with reading() as session:
        return own_formats(session, by.group_id), own_formats(session, by.group_id, put_away=True), list(FORMATS.values())


def look_at_format(by: Membership, key: str) -> Looked:
    """One format, shipped or the group's own. Raises NotFound."""
    policy.may_read_formats(by)
    with reading() as session:
        draft, own = _found(session, by, key)
        return Looked(with_texts(draft.format(key), readings_of(session, by.group_id)), draft.hour, own)


def look_after_format(by: Membership, key: str) -> tuple[OwnFormat, dict[str, Reading]]:
    """The group's own format of that key, for somebody who may edit it, and the texts its parts may
    name. Raises NotFound, Refused."""
    with reading() as session:
        row = own_format(session, by.group_id, key)
        if row is None:
            raise NotFound()
        _may_change(by, row)
        return row, _choice(session, row)


def copy_format(by: Membership, key: str) -> OwnFormat:
    """A format of the group's own, which begins as a copy of another. Raises NotFound, Refused."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_edit_formats(by)
        draft, _ = _found(session, by, key)
        in_use = select(func.count()).where(OwnFormat.group_id == by.group_id, OwnFormat.archived_at.is_(None))
        if session.scalar(in_use) >= MOST:
            raise Refused("enough_formats", limit=MOST)
        row = OwnFormat(group_id=by.group_id)
        title = draft.title.removesuffix(COPIED)[: TITLE_LIMIT - len(COPIED)].rstrip()
        _write(row, replace(draft, title=title + COPIED))
        session.add(row)
    return row


def change_format(by: Membership, key: str, draft: Draft, edition: int | None) -> OwnFormat:
    """Store a changed format, if it can be lived. edition: the one the change began from.

    Raises Unfit with every reason why not, Refused (also when somebody else was faster), NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        row = session.scalar(
            select(OwnFormat).where(OwnFormat.key == key, OwnFormat.group_id == by.group_id).with_for_update()
        )
        if row is None:
            raise NotFound()
        _may_change(by, row)
        draft = checked(draft, _choice(session, row))
        if row.edition != edition:
            raise Refused("changed_meanwhile")
        _write(row, draft)
        row.edition += 1
    return row


def put_format_away(by: Membership, key: str) -> OwnFormat:
    """Do not offer it any more. What uses it goes on using it. Doing it twice is harmless."""
    with change() as (session, _):
        by = fresh(session, by)
        row = own_format(session, by.group_id, key)
        if row is None:
            raise NotFound()
        policy.may_edit_formats(by)
        row.archived_at = row.archived_at or clock.now()
    return row


def _may_change(by, row):
    policy.may_edit_formats(by)
    policy.refuse_unless(row.archived_at is None, "format_put_away")


def _found(session, by, key):
    """A format as a draft, and its row if it is the group's own."""
    if key in FORMATS:
        return draft_of(FORMATS[key]), None
    row = own_format(session, by.group_id, key)
    if row is None:
        raise NotFound()
    return row.draft, row


def _choice(session, row):
    """The texts a part may name: shipped, the group's in use, and those it names already."""
    named = {segment.reading for segment in row.segments}
    every = readings_of(session, row.group_id)
    in_use = {own.key for own in own_readings(session, row.group_id)}
    return {key: text for key, text in every.items() if key in READINGS or key in in_use or key in named}


def _write(row, draft):
    for name, value in vars(draft).items():
        setattr(row, name, value)
