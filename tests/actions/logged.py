"""Reading a group's log, past every rule."""

from sqlalchemy import select

from groups.db import reading
from groups.logbook.models import LogEntry


def logged(group, *columns: str) -> list:
    """The group's log from the first line on: actions, or tuples of these columns."""
    with reading() as session:
        rows = session.scalars(select(LogEntry).where(LogEntry.group_id == group.id).order_by(LogEntry.id)).all()
    return [tuple(getattr(row, name) for name in columns) if columns else row.action for row in rows]
