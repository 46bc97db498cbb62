"""What the heartbeat asks of live meetings: open lobbies, let time act, notice who is still there,
and destroy words when their time has come. Each is safe to run twice, or in two processes at once."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, union, update

from groups.db import change, reading
from groups.errors import Failure
from groups.meeting import commands as c
from groups.meeting.actions import open_lobby
from groups.meeting.apart import apart
from groups.meeting.clockwork import next_due
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.log import Live
from groups.meeting.models import Entry, Seat
from groups.meeting.seats import HOLD, note_seen
from groups.rooms.models import Room
from groups.schedule.models import HAS_WORDS, IS_LIVE, Meeting, Phase
from groups.sealing import KeyGone, Keyring
from groups.sql import among

LOBBY_BEFORE = timedelta(minutes=15)
STALE_START = timedelta(minutes=10)  # a planned hour this long past its start is not opened any more
WAITING_SEEN = timedelta(seconds=75)  # away this long, and a place in the lobby is given up, at a moment of its own (`apart.py`)
INSIDE_SEEN = timedelta(minutes=5)
TOGETHER = 500  # hours purged in one go; the others a minute later, those that ended first before the rest

log = logging.getLogger(__name__)
_unreadable: set[int] = set()


def open_due_lobbies(ledger: Ledger, now: datetime) -> int:
    """Open the lobby of every planned meeting that begins within a quarter of an hour."""
    with reading() as session:
        due = session.scalars(
            select(Meeting).where(
                Meeting.phase == Phase.PLANNED, Meeting.starts_at <= now + LOBBY_BEFORE, Meeting.starts_at > now - STALE_START
            ).limit(500)
        ).all()
    for meeting in due:
        if meeting.room.locked_at is None and meeting.room.archived_at is None:
            try:
                open_lobby(ledger, meeting)
            except Failure as failure:  # the others' lobbies open all the same
                log.warning("a lobby was not opened: %s", failure.reason)
    return len(due)


def load_live(ledger: Ledger) -> None:
    """Hold every live meeting in memory, so that its clock is looked at (after a restart, too)."""
    with reading() as session:
        live = session.scalars(select(Meeting.id).where(IS_LIVE)).all()
    for meeting_id in ledger.not_held(live):
        try:
            ledger.look(meeting_id)
        except (Failure, KeyGone) as failure:  # such as its key, lost with a disk: no reason to stop for the others
            if meeting_id not in _unreadable:
                log.warning("a live meeting cannot be read: %s", type(failure).__name__)
            _unreadable.add(meeting_id)


def tick(ledger: Ledger, now: datetime) -> list:
    """Send the clock's command to every held meeting for which something is due. Does not wait."""
    due = [live for live in ledger.held() if (at := next_due(live.state)) is not None and at <= now]
    return [ledger.submit(Job(live.meeting_id, c.Tick(by=c.ROOM))) for live in due]


def look_after(ledger: Ledger, now: datetime, since: datetime | None = None) -> list:
    """Let the floor rest where whoever chairs was not seen, wake it where they are back, and give up
    the places of people who went away without a word. since: when the clock was set, if it was: nobody has been
    away for longer than that, however slow a busy process is to note who sits at it. Does not wait."""
    jobs, unknown = [], []
    held = {live.meeting_id: live for live in ledger.held() if live.state.is_live}
    seen: dict[int, dict[str, datetime]] = {meeting_id: {} for meeting_id in held}
    notes = select(Seat.meeting_id, Seat.handle, Seat.seen_at).where(among(Seat.meeting_id, held))
    with reading() as session:
        for meeting_id, handle, at in session.execute(notes):
            seen[meeting_id][handle] = at
    for meeting_id, live in held.items():
        there = seen[meeting_id]
        unknown += [(meeting_id, p.handle) for p in live.state.standing("waiting", "inside") if p.handle not in there]
        jobs += _looked_after(live, there, now, since)
    submitted = [ledger.submit(Job(meeting_id, command)) for meeting_id, command in jobs]  # before what was read is old
    note_seen(unknown, now)  # they came by a socket a moment ago; from now on being away counts
    return submitted


def wake(ledger: Ledger, live: Live, handle: str, now: datetime) -> None:
    """Somebody opened a page of a meeting: where the floor rests because they were away, it wakes. They are seen
    first, so that whoever looks around at this moment does not send the floor to rest again. Does not wait."""
    if live.state.rests and live.state.chair is not None and live.state.chair.handle == handle:
        note_seen([(live.meeting_id, handle)], now)
        ledger.submit(Job(live.meeting_id, c.HoldTaken(by=c.ROOM)))


def _looked_after(live: Live, seen: dict[str, datetime], now: datetime, since: datetime | None):
    state = live.state

    def away(person, limit):
        return now - seen.get(person.handle, now) > limit

    def gone(person):
        limit = WAITING_SEEN if person.standing == "waiting" else INSIDE_SEEN
        if not away(person, limit):  # nearly everybody: for them no moment is drawn
            return False
        limit += apart(live.meeting_id, person.handle, seen[person.handle])
        return away(person, limit) and (since is None or now - since > limit)

    held = state.chair is not None and not away(state.chair, HOLD)
    if state.runs and not state.unled and not held and state.pause is None:
        yield live.meeting_id, c.HoldLost(by=c.ROOM)
    elif state.pause is not None and state.pause.why != "hush" and held:
        yield live.meeting_id, c.HoldTaken(by=c.ROOM)
    for person in state.standing("waiting", "inside"):
        if gone(person):
            yield live.meeting_id, c.Unseen(by=c.ROOM, who=person.handle)


def belongs_no_more(ledger: Ledger, handle: str) -> None:
    """Somebody left the group: they go from wherever they are, and floor and place with them."""
    for live in ledger.held():
        person = live.state.person(handle)
        if live.state.is_live and person is not None and person.standing in ("waiting", "inside"):
            ledger.submit(Job(live.meeting_id, c.Leave(by=handle)))


def purge_due(ledger: Ledger, keyring: Keyring, now: datetime) -> int:
    """Destroy the key and delete the rows of every sealed meeting whose retention is over.

    The key goes first: whatever interrupts us, the words are unreadable from then on. What the disk still
    holds of the rows goes with the next wiping (`retention/wiping.py`)."""
    with reading() as session:
        over = or_(Meeting.sealed_at.is_(None), *(
            and_(Room.retention_minutes == minutes, Meeting.sealed_at <= now - timedelta(minutes=minutes))
            for minutes in session.scalars(select(Room.retention_minutes).distinct())
        ))
        sealed = _hours().join(Room).where(HAS_WORDS, Meeting.phase == Phase.SEALED, over).order_by(Meeting.sealed_at)
        interrupted = _hours().where(Meeting.id.in_(_with_rows()), Meeting.phase == Phase.PURGED)
        due = [row for hours in (sealed, interrupted) for row in session.execute(hours.limit(TOGETHER))]
    for row in due:
        keyring.destroy(row.public_id)
        ledger.forget(row.id)
        with change() as (session, _):
            session.execute(delete(Entry).where(Entry.meeting_id == row.id))
            session.execute(delete(Seat).where(Seat.meeting_id == row.id))
            session.execute(update(Meeting).where(Meeting.id == row.id).values(phase=Phase.PURGED))
    return len(due)


def let_go(ledger: Ledger, keyring: Keyring) -> list[int]:
    """Forget, in this process, what another has purged: the meeting as it was held, and the open key. For
    every process. Returns the meetings."""
    ended = {live.meeting_id: live.key for live in ledger.held() if live.state.phase == "sealed"}
    with reading() as session:
        kept = select(Meeting.id).where(Meeting.id.in_(ended), Meeting.phase == Phase.SEALED)
        gone = set(ended) - set(session.scalars(kept)) if ended else set()
    for meeting_id in gone:
        ledger.forget(meeting_id)
    keyring.let_go()
    return sorted(gone)


def _hours():
    return select(Meeting.id, Meeting.public_id)


def _with_rows():
    """Hours of which something is stored: few, beside all that ever were."""
    return union(select(Entry.meeting_id).distinct(), select(Seat.meeting_id).distinct())
