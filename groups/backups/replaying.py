"""What was deleted after a backup was made is deleted again when it is put back: every line of the list
that the backup does not know of. One kind each, with where it is found and what becomes of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from groups import clock
from groups.accounts.models import Account
from groups.checkins.models import PrivateEntry
from groups.conscience.models import Vote
from groups.membership.models import JoinRequest, Membership, Role
from groups.moderation.note_models import MemberNote
from groups.retention.deletions import LISTED, digest, what_it_became
from groups.retention.models import Deletion


@dataclass(frozen=True)
class Kind:
    """Where something listed is found (a column that its name is read from), and what is done there:
    `values` for what stays as a row, or None where the row goes."""

    column: object
    values: Callable[[Deletion], dict] | None = None
    spelled: Callable[[object], str] = str


def _left(line):
    return {"left_at": line.at, "role": Role.MEMBER, "barred_until": line.until}


def _other_words(line):
    return {"key": what_it_became(line)}


KINDS = {
    "account": Kind(Account.id),
    "membership": Kind(Membership.handle, _left),
    "note": Kind(MemberNote.public_id),
    "request": Kind(JoinRequest.public_id),
    "vote": Kind(Vote.public_id),
    "entry": Kind(PrivateEntry.id),
    "words": Kind(Account.key, _other_words, bytes.hex),
}


class UnknownKind(ValueError):
    """The list was written by a newer Lamplight, and this one cannot do what it asks."""


class ListTooOld(ValueError):
    """The backup knows of deletions that the list does not: there is a newer list somewhere."""


def replay(connection: Connection, lines: Iterable[Deletion]) -> int:
    """Delete again whatever these lines name and the database does not know to be deleted; and write the
    lines down there. Returns how many lines were new. Raises UnknownKind, ListTooOld."""
    known, lines = dict(iter(connection.execute(select(Deletion.id, Deletion.at)))), {line.id: line for line in lines}
    still_listed = clock.now() - LISTED + timedelta(days=1)
    if {number for number, at in known.items() if at > still_listed} - set(lines):
        raise ListTooOld()
    fresh = sorted((line for line in lines.values() if line.id not in known), key=lambda line: line.at)
    if unknown := {line.kind for line in fresh} - set(KINDS):
        raise UnknownKind(", ".join(sorted(unknown)))
    for name, kind in KINDS.items():
        of_kind = {line.digest: line for line in fresh if line.kind == name}
        if of_kind:
            for value in connection.scalars(select(kind.column).where(kind.column.is_not(None))).all():
                while (line := of_kind.pop(digest(name, kind.spelled(value)), None)) is not None:
                    value = _do(connection, kind, value, line)  # which may have been changed once more
    columns = [column.key for column in Deletion.__table__.columns]
    for line in fresh:
        connection.execute(insert(Deletion).values({column: getattr(line, column) for column in columns}))
    return len(fresh)


def _do(connection, kind, value, line):
    """Do it, and return what is found there now."""
    where = kind.column == value
    if kind.values is None:
        connection.execute(delete(kind.column.class_).where(where))
        return value
    becomes = kind.values(line)
    connection.execute(update(kind.column.class_).where(where).values(becomes))
    return becomes.get(kind.column.key, value)
