"""What happens by itself: a few loops per process, each safe beside the same loop elsewhere.

Every half second the clocks of live meetings; every two seconds the beacon (what did other
processes write, and do the people on our sockets still belong?), and at once when another process rings;
every five seconds who is still there; every ten what another process has purged. And, in one process only,
the one that leads (`groups/leading.py`): every half minute who is to be reminded; every minute what is over
(`groups/tidying.py`) and whose places are free; every five whether a series was left alone; a few times a
day the calendar's far end. All of it off the loop, except for the telling."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from groups import access_log, announcements, clock, heaps
from groups.accounts import left
from groups.accounts.actions import LeftUnwritten, SignedOut, finish_leaving
from groups.accounts.browsers import note_used
from groups.concurrency import call_on_loop, off_loop, sleep, spawn, wait
from groups.database_faults import name_of
from groups.db import checkpoint, reading
from groups.errors import Failure
from groups.leading import Leader
from groups.meeting import keeping, seats
from groups.meeting.jobs import MeetingAdvanced
from groups.meeting.log import heads as last_positions
from groups.meeting.standing import belonging, signed_in
from groups.membership.actions import MembershipEnded
from groups.reminding.due import send_due
from groups.retention.tidying import tidy
from groups.rota import keeping as rota
from groups.schedule.ahead import look_ahead
from groups.schedule.freshness import unlist_missed
from realtime import broadcasts, fanout, meeting, watchdog
from realtime.connection import Connection, connections, forget_ghosts, on_gone, put_out_where
from realtime.doorbell import Doorbell

log = logging.getLogger(__name__)
_jumps = clock.Jumps()
LATE = timedelta(seconds=1)  # so long a meeting's clock waits for whoever leads, in every other process


def start(app) -> None:
    """Begin beating. Once per process."""
    ledger, keyring, sender, ready = (app.extensions[name] for name in ("ledger", "keyring", "sender", "readiness"))
    leader = app.extensions["leader"] = Leader()
    _once(lambda: off_loop(leader.take, clock.now()))
    on_gone.append(lambda connection: spawn(_once, lambda: _line_dropped(ledger, connection)))
    for seconds, beat in (
        (0.5, lambda: _wait_all(off_loop(keeping.tick, ledger, clock.now() - (timedelta() if leader.leads else LATE)))),
        (1, watchdog.look),
        (1, fanout.look),
        (1, meeting.look),
        (1, lambda: off_loop(checkpoint)),
        (2, lambda: _beacon(ledger, ready)),
        (2, lambda: off_loop(heaps.give_back)),
        (2, lambda: off_loop(finish_leaving) if left.all_left() else None),
        (2, lambda: off_loop(_lobbies, ledger)),
        (leader.RENEWED, lambda: off_loop(leader.take, clock.now())),
        (5, lambda: _who_is_there(ledger)),
        (10, lambda: _let_go(ledger, keyring)),
        (access_log.EVERY, lambda: off_loop(app.extensions["access_log"].write)),
    ):
        spawn(_every, seconds, beat)
    for seconds, work in (
        (30, lambda now: send_due(sender, now)),
        (60, lambda now: tidy(app.extensions["tidying"], now)),
        (60, rota.look_after),
        (300, unlist_missed),
        (6 * 3600, look_ahead),
    ):
        spawn(_every, leader.RENEWED, Led(leader, seconds, work))
    if app.extensions["settings"].redis_url:
        _ring_and_listen(app.extensions["settings"], ledger, ready)


class Led:
    """Work that one process does for all of them, every so many seconds: looked at often, so that
    whoever leads anew begins soon. Also when the clock was set, either way, or the machine slept: what is
    over by the clock is over, however little time this process has lived through."""

    def __init__(self, leader: Leader, seconds: float, work: Callable[[datetime], object]):
        self._leader, self._seconds, self._work = leader, seconds, work
        self._next, self._began = 0.0, clock.now()

    def __call__(self) -> None:
        now = clock.now()
        set_anew = abs((now - self._began).total_seconds()) >= self._seconds
        if self._leader.leads and (set_anew or time.monotonic() >= self._next):
            self._next, self._began = time.monotonic() + self._seconds, now
            off_loop(self._work, now)


def _ring_and_listen(settings, ledger, ready):
    looking = []

    def look():
        looking.clear()
        _beacon(ledger, ready)

    def heard(meeting_id, position):
        if meeting_id is not None:
            broadcasts.rung(ledger, meeting_id, position)
        elif not looking:  # however often it rings, one look is enough
            looking.append(True)
            spawn(_once, look)

    bell = Doorbell(settings, lambda *note: call_on_loop(heard, *note), _left_elsewhere)
    announcements.on(MeetingAdvanced, lambda news: bell.ring(news.now.meeting_id, news.now.position))
    announcements.on(SignedOut, lambda _: bell.ring_people())
    announcements.on(MembershipEnded, lambda _: bell.ring_people())
    announcements.on(LeftUnwritten, lambda news: bell.ring_left(news.token_hash))
    bell.start()


def _left_elsewhere(token_hash):
    left.remember(token_hash)
    call_on_loop(put_out_where, lambda connection: connection.token_hash == token_hash)


def _every(seconds, beat):
    while True:
        _once(beat)
        sleep(seconds)


def _once(beat):
    """Whatever a beat meets, such as a house that is closing, the next one comes."""
    try:
        beat()
    except Failure as failure:
        log.warning("a beat was refused: %s", failure.reason)
    except Exception as mistake:
        log.error("a beat failed: %s", " ".join(filter(None, (type(mistake).__name__, name_of(mistake)))))


def _wait_all(futures):
    for future in futures:
        wait(future, 10)


def _lobbies(ledger):
    keeping.load_live(ledger)
    keeping.open_due_lobbies(ledger, clock.now())


def _beacon(ledger, ready):
    forget_ghosts()
    broadcasts.forget_empty()
    pages = [(c, seat) for c in list(connections.values()) for seat in c.seats.values()]
    meetings, members = {seat.meeting_id for _, seat in pages}, {seat.member.id for _, seat in pages}
    sign_ins = {c.sign_in_id for c in list(connections.values())}
    heads, belong, living = off_loop(_truth, meetings, members, sign_ins)
    ready.database_answered()
    # Whoever was removed or signed out elsewhere is put out here, whether or not any notice came.
    put_out_where(lambda c: c.sign_in_id in sign_ins and living.get(c.sign_in_id) != c.account_id)
    gone = members - belong.keys()
    put_out_where(lambda c: any(seat.member.id in gone for seat in c.seats.values()))
    for meeting_id, position in heads:
        told = broadcasts.sent_so_far(meeting_id)
        if told is not None and told.position < position:
            broadcasts.heal(ledger, meeting_id)
        if broadcasts.beacon(meeting_id):
            sleep(0)  # whoever speaks meanwhile waits for one room, and not for all of them


def _truth(meetings, members, sign_ins):
    with reading() as session:
        connection = session.connection()
        connection.execute(select(1))  # also with nobody here: does it answer?
        heads = [item for item in last_positions(connection, meetings).items() if item[1]]
        return heads, belonging(connection, members), signed_in(connection, sign_ins)


def _who_is_there(ledger):
    live = {one.meeting_id for one in ledger.held() if one.state.is_live}  # a page whose hour is over is nobody's presence
    seen = [(c.sign_in_id, seat) for c in list(connections.values()) for seat in c.seats.values() if seat.meeting_id in live]
    now = clock.now()
    off_loop(seats.note_seen, [(seat.meeting_id, seat.member.handle) for _, seat in seen], now)
    off_loop(note_used, {sign_in_id for sign_in_id, _ in seen}, now)
    if not _jumps.lately():
        _wait_all(off_loop(keeping.look_after, ledger, now, _jumps.since))


def _let_go(ledger, keyring):
    for meeting_id in off_loop(keeping.let_go, ledger, keyring):
        broadcasts.let_go(meeting_id)


def _line_dropped(ledger, connection: Connection):
    still = {(seat.meeting_id, seat.member.handle) for c in list(connections.values()) for seat in c.seats.values()}
    held = [(seat.meeting_id, seat.member.handle) for seat in connection.seats.values() if seat.on_duty]
    for meeting_id, handle in set(held) - still:
        off_loop(seats.line_dropped, meeting_id, handle, clock.now())
    if held:
        sleep(seats.GRACE.total_seconds() + 0.2)
        _who_is_there(ledger)  # not only at the next beat: nobody should talk to an empty chair
