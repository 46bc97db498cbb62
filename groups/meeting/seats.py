"""Who was seen in a meeting, and when: by an open socket, by loading the page, or by coming in. It
holds the floor open for whoever chairs and clears the places of people who went away."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from groups.db import change
from groups.meeting.events import DutyTaken, Knocked
from groups.meeting.log import Numbered
from groups.meeting.models import Seat
from groups.membership.models import Membership
from groups.schedule.models import LIVE, Meeting
from groups.sql import among

log = logging.getLogger(__name__)
HOLD = timedelta(seconds=45)  # whoever chairs was not seen for this long: the floor rests
GRACE = timedelta(seconds=10)  # of which a dropped line has this long to come back
TOGETHER = 100  # noted in one transaction: whoever speaks meanwhile waits for so many, and not for a thousand


def note_seen(seen: list[tuple[int, str]], at: datetime) -> None:
    """Remember that these people (meeting id, handle) are there at this moment. Best effort: a page
    is shown, too, when the database is too busy to note that somebody reads it."""
    everybody = sorted(set(seen))  # in one order everywhere, as in each meeting: two processes do not lock each other out
    try:
        for start in range(0, len(everybody), TOGETHER):
            with change() as (session, _):
                _note(session.connection(), everybody[start:start + TOGETHER], at)
    except OperationalError:
        log.warning("nobody could be noted as seen")


def came(connection, meeting_id: int, numbered: list[Numbered]) -> None:
    """Whoever came this moment is seen this moment: in the transaction that lets them come, so that
    no other process takes them for gone before the first beat of the heart."""
    events = [item.event for item in numbered if isinstance(item.event, Knocked | DutyTaken)]
    if events:
        _note(connection, sorted({(meeting_id, event.who) for event in events}), events[-1].at)


def line_dropped(meeting_id: int, handle: str, now: datetime) -> None:
    """A page of somebody on duty went away: unless they are seen again, the floor rests soon. Whoever
    was last seen longer ago than that is not seen again by it."""
    soon = now - HOLD + GRACE
    with change() as (session, _):
        mine = (Seat.meeting_id == meeting_id, Seat.handle == handle, Seat.seen_at > soon)
        session.execute(update(Seat).where(*mine).values(seen_at=soon))


def _note(connection, seen, at):
    """One statement for each meeting, prepared once. Not whoever left or erased themselves since somebody looked: a
    name that is gone is not written again."""
    meetings = defaultdict(list)
    for meeting_id, handle in seen:
        meetings[meeting_id].append(handle)
    if meetings:
        everybody = [{"meeting": meeting_id, "handles": handles, "at": at} for meeting_id, handles in meetings.items()]
        connection.execute(_NOTED[connection.dialect.name], everybody)


def _noted(insert):
    meeting, at = bindparam("meeting", type_=Seat.meeting_id.type), bindparam("at", type_=Seat.seen_at.type)
    # Nor where the hour is over: whoever leaves its page open would be written down again after everything is gone.
    live = select(Meeting.id).where(Meeting.id == meeting, or_(*(Meeting.phase == phase for phase in LIVE))).exists()
    asked = among(Membership.handle, given="handles"), Membership.left_at.is_(None), live
    here = select(meeting, Membership.handle, at).where(*asked)
    here = here.order_by(Membership.handle).with_for_update(read=True)
    add = insert(Seat).from_select(["meeting_id", "handle", "seen_at"], here)
    return add.on_conflict_do_update(index_elements=["meeting_id", "handle"], set_={"seen_at": add.excluded.seen_at})


_NOTED = {"sqlite": _noted(sqlite.insert), "postgresql": _noted(postgresql.insert)}
