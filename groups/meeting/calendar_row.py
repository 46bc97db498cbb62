"""The calendar's row of a meeting, and its log: each is kept true to the other at the moment of writing."""

from sqlalchemy import select, update

from groups.errors import NotFound, Refused
from groups.meeting.commands import OpenLobby
from groups.meeting.log import Live
from groups.rota import counting
from groups.schedule.models import Meeting, Phase


def refuse_if_changed(connection, meeting_id: int, opening: OpenLobby) -> None:
    """A lobby opens by what the calendar says at the moment of writing: somebody may have moved or
    cancelled the hour since it fell due. Raises Refused; what is due by then is opened at the next beat."""
    row = select(Meeting.phase, Meeting.starts_at, Meeting.ends_at).where(Meeting.id == meeting_id).with_for_update()
    found = connection.execute(row).first()
    if found is None:
        raise NotFound()
    if found.phase == Phase.CANCELLED:
        raise Refused("meeting_cancelled")
    if found.phase == Phase.PLANNED and (found.starts_at, found.ends_at) != (opening.starts_at, opening.ends_at):
        raise Refused("not_yet_open")


def keep_phase(connection, before: Live, now: Live) -> None:
    """The calendar's row follows the log, in the same transaction; and so does what is counted."""
    if before.state.phase != now.state.phase:
        values = {"phase": now.state.phase}
        if now.state.phase == "sealed":
            values["sealed_at"] = now.state.closed_at
        connection.execute(update(Meeting).where(Meeting.id == now.meeting_id).values(values))
        if now.state.phase == "sealed":
            counting.count(connection, now.meeting_id, now.state)
