"""The only file that emits. It listens to announcements, after the commit, and tells each audience
what it may know: numbered entries to the floor and the desk (the same bytes for all of them), and
to each person their own part when it changed.

A meeting with an open page in this process has a *host* here: the numbers sent so far. Entries go
out in order and without gaps; where one would open (another process wrote, a notice was lost) the
host reads the missing ones from the log first."""

import logging
from dataclasses import dataclass, field

from groups import announcements, clock
from groups.accounts.actions import LeftQuickly, LeftUnwritten, SignedOut
from groups.concurrency import call_on_loop, off_loop, spawn
from groups.errors import Failure, Refused
from groups.meeting.actions import tell_desk
from groups.meeting.following import asked_to_leave, left_quickly, role_removed, room_changed, signed_out, step_lifted
from groups.meeting.jobs import MeetingAdvanced
from groups.meeting.keeping import belongs_no_more
from groups.meeting.ledger import Ledger
from groups.meeting.log import Live, Numbered
from groups.meeting.recording import AskedToLeave
from groups.meeting.snapshots import MOST, entries
from groups.meeting.views import desk_view, floor_view, only_spoken, own_part
from groups.membership.actions import MembershipEnded
from groups.membership.roles import RoleRemoved
from groups.moderation.standing import StepLifted
from groups.reports.deciding import ReportDecided
from groups.reports.reporting import ReportMade
from groups.rooms.actions import RoomChanged
from groups.rota.actions import GivenBack
from groups.sealing import KeyGone
from realtime import audiences
from realtime.connection import Connection, Seat, at, is_here, put_out, put_out_where
from realtime.reporting import tell_room, untell_room
from realtime.server import socketio

log = logging.getLogger(__name__)


@dataclass
class Host:
    """What this process has told about a meeting so far."""

    live: Live
    spoke: set[str] = field(default_factory=set)  # whose part went to all of their pages at once
    healing: bool = False
    again: bool = False  # there was news while it was healing
    beaconed: int = -1


hosts: dict[int, Host] = {}


def init_app(ledger: Ledger) -> None:
    """Listen. News comes from the ledger's thread or a page's, and is handled on the loop."""
    announcements.on(MeetingAdvanced, lambda news: call_on_loop(_advanced, ledger, news))
    announcements.on(SignedOut, lambda news: call_on_loop(put_out_where, lambda c: c.sign_in_id == news.sign_in_id))
    announcements.on(LeftUnwritten, lambda news: call_on_loop(put_out_where, lambda c: c.token_hash == news.token_hash))
    announcements.on(SignedOut, lambda news: signed_out(ledger, news))
    announcements.on(LeftQuickly, lambda news: left_quickly(ledger, news))
    announcements.on(GivenBack, lambda news: tell_desk(ledger, news))
    announcements.on(RoomChanged, lambda news: room_changed(ledger, news))
    announcements.on(StepLifted, lambda news: step_lifted(ledger, news.meeting_id, news.handle))
    announcements.on(RoleRemoved, lambda news: role_removed(ledger, news))
    announcements.on(ReportMade, lambda news: tell_room(ledger, news))
    announcements.on(ReportDecided, lambda news: untell_room(ledger, news))
    announcements.on(AskedToLeave, lambda news: asked_to_leave(ledger, news))
    announcements.on(MembershipEnded, lambda news: call_on_loop(_membership_ended, ledger, news))


def listen(connection: Connection, seat: Seat, live: Live) -> None:
    """Let a page hear what its person may hear, from this state of the meeting on. Raises Refused("sign_in_first")
    for one that was put out while this was looked at: nobody is there to hear any of it."""
    if not is_here(connection.sid):
        raise Refused("sign_in_first")
    state, handle = live.state, seat.member.handle
    person = state.person(handle)
    host = hosts.setdefault(seat.meeting_id, Host(live))
    _enter(connection, audiences.person(seat.meeting_id, handle))
    seat.told = own_part(state, handle)
    seat.inside = person is not None and person.standing == "inside"
    seat.on_duty = seat.inside and person.on_duty
    _hear(connection, audiences.floor(seat.meeting_id), seat.inside)
    _hear(connection, audiences.desk(seat.meeting_id), seat.on_duty)
    if not host.live.position and not host.healing:
        host.live = live


def sent_so_far(meeting_id: int) -> Live | None:
    """The meeting as far as this process has told it."""
    host = hosts.get(meeting_id)
    return host and host.live


def beacon(meeting_id: int) -> bool:
    """Tell everyone inside which number is the last: whoever missed one asks. Returns whether it had changed."""
    host = hosts.get(meeting_id)
    if not host or host.beaconed == host.live.state.floor_head:
        return False
    host.beaconed = host.live.state.floor_head
    socketio.emit("head", {"meeting": host.live.key, "number": host.beaconed}, to=audiences.floor(meeting_id))
    return True


def forget_empty() -> None:
    """Stop hosting meetings nobody has open here."""
    for meeting_id in [m for m in hosts if not at(m)]:
        hosts.pop(meeting_id, None)


def let_go(meeting_id: int) -> None:
    """Its words are gone: remember nothing of it."""
    hosts.pop(meeting_id, None)


def rung(ledger: Ledger, meeting_id: int, position: int) -> None:
    """Another process says that this meeting has an entry of this number."""
    host = hosts.get(meeting_id)
    if host is not None and host.live.position < position:
        spawn(heal, ledger, meeting_id)


def heal(ledger: Ledger, meeting_id: int) -> None:
    """Read what was missed from the log and send it, until nothing is missing."""
    host = hosts.get(meeting_id)
    if host is None or host.healing:
        if host is not None:
            host.again = True
        return
    host.healing = host.again = True
    try:
        while host.again:
            host.again = False
            live, numbered = off_loop(ledger.read_on, host.live, MOST)
            if numbered:
                _send(host, live, numbered, healed=True)
            host.again = host.again or len(numbered) == MOST
    except (Failure, KeyGone):
        pass  # purged or unreachable just now; the beacon comes again
    finally:
        host.healing = False


def say_reconnect(within: float) -> None:
    """This process is about to end: have every browser that is here come back, elsewhere, at some moment
    within so many seconds."""
    socketio.emit("reconnect", {"within": within}, to=audiences.everybody())


def _advanced(ledger, news: MeetingAdvanced):
    host = hosts.get(news.now.meeting_id)
    if host is None or host.live.position >= news.now.position:
        return
    if host.healing or host.live.position != news.before.position:
        spawn(heal, ledger, news.now.meeting_id)
        return
    _send(host, news.now, news.entries)


def _send(host: Host, live: Live, numbered: list[Numbered] | tuple[Numbered, ...], healed: bool = False):
    """Everything about one step of a meeting, or healed: several, to everybody it concerns here. (Between two of
    those a page may have come that has seen what is undone since.)"""
    before, host.live = host.live, live
    spoke = only_spoken(before.state, [item.event for item in numbered])
    if spoke is not None and len(numbered) == live.position - before.position:
        host.spoke |= spoke
        return _to_listeners(live, numbered, spoke)
    pages = at(live.meeting_id)
    _to_floor(before, live, [item for item in numbered if item.stream == "floor"])
    _to_desk(before, live, [item for item in numbered if item.stream == "desk"])
    if healed or before.state.people is not live.state.people or _turns(before) != _turns(live):
        for connection, seat in pages:
            _to_person(host, connection, seat)
        host.spoke.clear()


def _to_listeners(live, numbered, spoke):
    """Nothing but shares, as in most of an hour: the entries for all, and a part for whoever spoke."""
    news = {"meeting": live.key, "entries": entries(numbered, live)}
    socketio.emit("entries", news, to=audiences.floor(live.meeting_id))
    now = clock.now()
    for handle in spoke:
        part = own_part(live.state, handle)
        socketio.emit("part", {"meeting": live.key, "part": part, "now": now}, to=audiences.person(live.meeting_id, handle))


def _to_floor(before, live, numbered):
    view = floor_view(live.state)
    news = {"meeting": live.key, "entries": entries(numbered, live)}
    if view != floor_view(before.state):
        news["view"] = view
    if numbered or "view" in news:
        socketio.emit("entries", news, to=audiences.floor(live.meeting_id))


def _to_desk(before, live, numbered):
    now = clock.now()
    view = desk_view(live.state, now)
    if numbered or view != desk_view(before.state, now):
        news = {"meeting": live.key, "entries": entries(numbered, live), "view": view}
        socketio.emit("desk", news, to=audiences.desk(live.meeting_id))


def _to_person(host, connection, seat):
    live, handle = host.live, seat.member.handle
    part = own_part(live.state, handle)
    if part == seat.told and handle not in host.spoke:
        return
    seat.told = part
    socketio.emit("part", {"meeting": live.key, "part": part, "now": clock.now()}, to=connection.sid)
    inside = part["standing"] == "inside"
    if seat.inside and not inside:
        seat.inside = seat.on_duty = False
        _hear(connection, audiences.floor(live.meeting_id), False)
        _hear(connection, audiences.desk(live.meeting_id), False)
    elif seat.on_duty and part["duty"] is None:
        seat.on_duty = False
        _hear(connection, audiences.desk(live.meeting_id), False)
    if part["standing"] == "out":
        put_out(connection.sid)


def _turns(live):
    state = live.state
    return (
        state.phase, state.index, state.turn, state.hands, state.order, state.pause, state.shares, state.heads_of_lines, state.held,
        state.silenced, state.reports_waiting,
    )


def _membership_ended(ledger, news: MembershipEnded):
    belongs_no_more(ledger, news.handle)
    put_out_where(lambda c: any(seat.member.id == news.membership_id for seat in c.seats.values()))


def _hear(connection, room, allowed):
    (_enter if allowed else _quit)(connection, room)


def _enter(connection, room):
    socketio.server.enter_room(connection.sid, room)


def _quit(connection, room):
    socketio.server.leave_room(connection.sid, room)
