"""What is in a backup and what is not: every table is in one of the two lists, and a test says so.

Left out is what was said in meetings, sealed or not, and whatever opens a door and can be taken back: a
sign-in, an invitation or a calendar link that was ended after the backup must not work again after it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Date, DateTime, MetaData, Table, Time, func, select, text

from groups.sealing import group_key

KEPT = {
    "accounts", "groups", "agreements", "memberships", "join_requests", "role_offers", "rooms", "formats", "readings", "series",
    "date_changes", "room_days", "meetings", "duties", "swap_offers", "comings", "served", "attended", "debriefs", "rota_rules",
    "sanctions", "incidents", "signals", "moderation_log", "reports", "appeals", "steward_matters", "member_notes",
    "pattern_looks", "votes", "vote_ballots", "vote_counts", "inventory_ballots", "inventory_counts", "deletions",
    "held_names", "private_entries", "entry_keys",
}
LEFT_OUT = {
    "entries", "seats",  # what was said, and who was there
    "sign_ins", "invitations", "feeds", "feed_groups", "devices", "reminded_groups", "reminded",  # doors
    "passkeys", "spare_codes", "entry_openings",  # doors, too: one that was used or taken away must stay shut
    "leases", "tidied", "waiting_answers",  # of this moment
}
EMPTIED = {"reports": ("sealed_words", "sealed_evidence")}  # evidence is words of a meeting; its key is in no backup
BATCH = 500  # rows in one record


def records(connection: Connection, keys: Path) -> Iterator[tuple]:
    """Everything a backup holds, in an order in which it can be put back: rows, then the keys of groups."""
    shape = MetaData()
    shape.reflect(connection)
    for table in shape.sorted_tables:
        if table.name not in KEPT:
            continue
        names = [str(column.name) for column in table.columns]
        emptied = {names.index(name) for name in EMPTIED.get(table.name, ())}
        found = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key))
        for rows in found.partitions(BATCH):
            yield "rows", str(table.name), names, [[None if n in emptied else _out(v) for n, v in enumerate(row)] for row in rows]
    for (slug,) in connection.execute(text("SELECT slug FROM groups ORDER BY id")):
        file = keys / f"{group_key(slug)}.key"
        if file.exists():
            yield "key", file.name, file.read_bytes()


def put_rows(connection: Connection, shape: MetaData, name: str, columns: list[str], rows: list[list]) -> None:
    """Put rows into their table, in the database's own types."""
    table = shape.tables[name]
    into = [_into(table.columns[column].type, connection.dialect.name) for column in columns]
    rows = [[value if value is None else as_type(value) for as_type, value in zip(into, row, strict=True)] for row in rows]
    connection.execute(table.insert(), [dict(zip(columns, row, strict=True)) for row in rows])


def count_on(connection: Connection, tables: list[Table]) -> None:
    """PostgreSQL: let the next row of each table get the next number."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key:
            sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
            last = connection.scalar(select(func.max(column))) if sequence else None
            if last is not None:
                connection.execute(select(func.setval(sequence, last)))


def _out(value):
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value


def _into(kind, dialect):
    if isinstance(kind, DateTime):
        return lambda value: msgspec.convert(value, datetime).astimezone(UTC).replace(tzinfo=None if dialect == "sqlite" else UTC)
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, Time):
        return time.fromisoformat
    return lambda value: value
