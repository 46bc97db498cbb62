"""The numbered log in the database: read what happened, append what was decided.

`position` is the one order of everything in a meeting. Appending at the expected next position is
how a decision is proven: if another process appended first, the primary key refuses, and whoever
lost reads on and decides again. No cache is ever trusted to be the truth."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import sqlite

from groups.meeting.commands import Command
from groups.meeting.commands_safety import Release
from groups.meeting.events import Event, ShareHeld, ShareReleased, ShareRemoved, from_body, kind_of, to_body
from groups.meeting.evolve import evolve
from groups.meeting.models import Entry
from groups.meeting.state import State
from groups.schedule.models import Meeting
from groups.sealing import Keyring
from groups.sql import among

_entries, _meetings = Entry.__table__, Meeting.__table__
_last = select(func.max(_entries.c.position)).where(_entries.c.meeting_id == _meetings.c.id).scalar_subquery()
_HEADS = select(_meetings.c.id, _last).where(among(_meetings.c.id, given="meetings"))
_APPEND = insert(_entries)
_COLUMNS = [column.name for column in _entries.columns]
_APPEND_BARE = str(_APPEND.compile(dialect=sqlite.dialect()))
_SINCE = (
    select(_entries.c.position, _entries.c.stream, _entries.c.number, _entries.c.sealed_body, _entries.c.sealed_words)
    .where(_entries.c.meeting_id == bindparam("meeting_id"), _entries.c.position > bindparam("after"))
    .order_by(_entries.c.position).limit(bindparam("most"))
)


class Live(msgspec.Struct, frozen=True):
    """A meeting as far as its log was read: the state, and the position it rests on."""

    meeting_id: int
    key: str  # the meeting's public id, which names its key
    state: State = State()
    position: int = 0


class Numbered(msgspec.Struct, frozen=True):
    """An event with its places in the log."""

    position: int
    stream: str
    number: int
    event: Event


def after(live: Live, events: Iterable[Event]) -> tuple[Live, list[Numbered]]:
    """The meeting after these events, and the events numbered. Pure."""
    state, position, numbered = live.state, live.position, []
    for event in events:
        state, position = evolve(state, event), position + 1
        numbered.append(Numbered(position, event.stream, state.head(event.stream), event))
    return msgspec.structs.replace(live, state=state, position=position), numbered


def heads(connection, meeting_ids: set[int]) -> dict[int, int | None]:
    """The last position of each of these meetings, by one question for all of them."""
    return dict(connection.execute(_HEADS, {"meetings": meeting_ids}).all())


class OthersWrote(Exception):
    """Somebody appended to a meeting since we read it."""


def prove(connection, untouched: list[Live]) -> None:
    """An append proves what it rests on. Where nothing followed, or all was refused, the log is asked
    whether we knew all of it. Raises OthersWrote."""
    found = heads(connection, {live.meeting_id for live in untouched}) if untouched else {}
    if any(found.get(live.meeting_id) != (live.position or None) for live in untouched):
        raise OthersWrote


def append(connection, keyring: Keyring, steps: list[tuple[Live, list[Numbered]]]) -> None:
    """Store the numbered events of several meetings. Raises IntegrityError when somebody appended there
    first.

    A removal blanks the words of the share in the same transaction; so does letting a held share into
    the room, where it was held."""
    rows = [_row(keyring, live, item) for live, numbered in steps for item in numbered]
    if rows and connection.dialect.name == "sqlite":  # as it is: numbers, text and bytes, which are a tenth of a share to prepare
        connection.exec_driver_sql(_APPEND_BARE, [tuple(map(row.get, _COLUMNS)) for row in rows])
    elif rows:
        connection.execute(_APPEND, rows)
    for live, item in ((live, item) for live, numbered in steps for item in numbered):
        if isinstance(item.event, ShareRemoved):
            _blank(connection, live, "floor", item.event.share)
        if isinstance(item.event, ShareReleased):
            _blank(connection, live, "desk", item.event.held)


def _blank(connection, live, stream, number):
    entry = (_entries.c.meeting_id == live.meeting_id, _entries.c.stream == stream, _entries.c.number == number)
    connection.execute(update(_entries).where(*entry).values(sealed_words=None))


def with_held_words(connection, keyring: Keyring, live: Live, command: Command) -> Command:
    """A command that lets a held share into the room, with the words of that share; any other as it is."""
    if not isinstance(command, Release):
        return command
    held = read_stream(connection, keyring, live, "desk", command.number - 1, 1)
    if not held or not isinstance(held[0].event, ShareHeld):
        return command
    return msgspec.structs.replace(command, words=held[0].event.words)


def _row(keyring, live, item):
    event = item.event
    words = getattr(event, "words", None)
    client_id = getattr(event, "client_id", None)
    return {
        "meeting_id": live.meeting_id, "position": item.position, "stream": item.stream, "number": item.number,
        "kind": kind_of(event),
        "sealed_body": keyring.seal(live.key, to_body(event), _place(item.position, b"body")),
        "sealed_words": keyring.seal(live.key, words.encode(), _place(item.position, b"words")) if words else None,
        "author": event.by if client_id else None,
        "client_id": client_id,
    }


def _place(position, part):
    return b"%d/%s" % (position, part)


def catch_up(connection, keyring: Keyring, live: Live) -> Live:
    """Read whatever was appended after this position, by us or by anybody."""
    rows = connection.execute(
        select(_entries.c.position, _entries.c.sealed_body)
        .where(_entries.c.meeting_id == live.meeting_id, _entries.c.position > live.position)
        .order_by(_entries.c.position)
    )
    state, position = live.state, live.position
    for position, sealed in rows:
        state = evolve(state, from_body(keyring.open(live.key, sealed, _place(position, b"body"))))
    return msgspec.structs.replace(live, state=state, position=position) if position != live.position else live


def read_on(connection, keyring: Keyring, live: Live, most: int) -> tuple[Live, list[Numbered]]:
    """The meeting further on from here, and what happened there: whoever appended it, of every stream, words opened, at
    most so many entries. One query."""
    state, numbered = live.state, []
    for row in connection.execute(_SINCE, {"meeting_id": live.meeting_id, "after": live.position, "most": most}):
        event = _opened(keyring, live, row)
        state = evolve(state, event)
        numbered.append(Numbered(row.position, row.stream, row.number, event))
    return (msgspec.structs.replace(live, state=state, position=numbered[-1].position) if numbered else live), numbered


def read_stream(connection, keyring: Keyring, live: Live, stream: str, after: int, most: int) -> list[Numbered]:
    """Entries of one stream with a number above `after`, words opened, in order; at most `most`."""
    rows = connection.execute(
        select(_entries.c.position, _entries.c.number, _entries.c.sealed_body, _entries.c.sealed_words)
        .where(_entries.c.meeting_id == live.meeting_id, _entries.c.stream == stream, _entries.c.number > after)
        .order_by(_entries.c.number)
        .limit(most)
    )
    return [Numbered(row.position, stream, row.number, _opened(keyring, live, row)) for row in rows]


def _opened(keyring, live, row):
    event = from_body(keyring.open(live.key, row.sealed_body, _place(row.position, b"body")))
    if row.sealed_words is not None:
        words = keyring.open(live.key, row.sealed_words, _place(row.position, b"words")).decode()
        event = msgspec.structs.replace(event, words=words)
    return event
