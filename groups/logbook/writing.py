"""Writing into the group's log: in the transaction of what is done, by every concept that does it."""

from datetime import datetime

from sqlalchemy import insert

from groups import clock
from groups.logbook.models import LogEntry


def write_log(
    session,
    group_id: int,
    action: str,
    *,
    by: str | None,
    about: str | None = None,
    agreement: int | None = None,
    until: datetime | None = None,
    meeting: str | None = None,
    report: str | None = None,
    sanction: str | None = None,
    undoes_id: int | None = None,
    detail: str = "",
) -> None:
    """Add a line. session: a session or a connection that writes. action: a word of `sentences/log.py`,
    where its sentence is. by, about: handles in this group, by None for the room itself. meeting,
    report, sanction: public ids. detail: one of our own words; never anything somebody wrote."""
    session.execute(insert(LogEntry).values(
        group_id=group_id, at=clock.now(), action=str(action), by=by, about=about, agreement=agreement, until=until,
        meeting=meeting, report=report, sanction=sanction, undoes_id=undoes_id, detail=str(detail),
    ))
