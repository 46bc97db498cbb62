"""Socket events of a live meeting: coming in, catching up, and every wish of `verbs.py`."""

from typing import Annotated, Literal

import msgspec

from groups import clock
from groups.asking import Together
from groups.concurrency import off_loop
from groups.errors import NotFound
from groups.meeting.actions import standing_of, still_belongs, wish
from groups.meeting.keeping import wake
from groups.meeting.shapes import Handle, Payload
from groups.meeting.snapshots import common, for_one, missed, reads_more
from groups.meeting.verbs import VERBS
from realtime import broadcasts
from realtime.handling import accepted, handles, ledger

After = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]


class Enter(Payload, frozen=True, kw_only=True):
    after: After = 0


class CatchUp(Payload, frozen=True, kw_only=True):
    stream: Literal["floor", "desk", "line"] = "floor"
    after: After = 0
    who: Handle | None = None


@handles("enter", Enter)
def enter(connection, seat, payload):
    """Come in, or come back: one snapshot, and from here on whatever this person may hear."""
    book = ledger()
    while True:
        live, shown = _snapshot(connection, seat, book, payload.after)
        if live is None:
            return {"snapshot": shown}
        broadcasts.listen(connection, seat, live)
        told = broadcasts.sent_so_far(seat.meeting_id)
        # Told meanwhile, before this page was listening? Then look once more.
        if told.position <= live.position:
            if live.state.rests:
                off_loop(wake, book, live, seat.member.handle, clock.now())
            return {"snapshot": shown}


def _snapshot(connection, seat, book, after):
    """Many come at once: what is the same for all of them is read and written out once."""
    who, handle = (seat.member.id, connection.sign_in_id), seat.member.handle
    standing, shared = _looked.ask((who, (book, seat.meeting_id, after)))
    standing.check(*who)
    if shared is not None and reads_more(shared.live, handle):
        return off_loop(for_one, book, shared, handle)
    return for_one(book, shared, handle)


def _look(wanted):
    """For each (who, where), whether they still belong, and what is the same for everybody there (None where
    there is no meeting any more)."""
    standing, places = standing_of([who for who, _ in wanted]), {where for _, where in wanted}
    found = _still_so(places)
    for where in places - found.keys():
        try:
            shared = common(*where)
        except NotFound:  # one meeting that is no more must not cost the others of this round their answer
            continue
        found[where] = shared and shared.encoded()
    _shown.update(found)
    return {(who, where): (standing, found.get(where)) for who, where in wanted}


def _still_so(places):
    """What was shown a moment ago of meetings in which nothing has happened since. One query."""
    known = {where: _shown[where] for where in places if _shown.get(where) is not None}
    for book in {book for book, *_ in known}:
        here = [where for where in known if where[0] is book]
        changed = set(book.not_held({meeting_id for _, meeting_id, _ in here}))
        held = {live.meeting_id: live.position for live in book.held()}
        for where in here:
            live = known[where].live
            if live.state.phase == "sealed" or live.meeting_id in changed or held.get(live.meeting_id) != live.position:
                del known[where]
    return known


def look() -> None:
    """Once a second: let go of what was shown to those who came. Words are not kept for longer."""
    _shown.clear()


_looked = Together(_look)
_shown: dict = {}


@handles("catch_up", CatchUp)
def catch_up(connection, seat, payload):
    """The entries of a stream above a number, for whoever may hear the stream."""
    while True:
        answer = off_loop(_for_whom, connection, seat, missed, ledger(), payload.stream, payload.after, payload.who)
        told = broadcasts.sent_so_far(seat.meeting_id)
        # A removal that was told meanwhile must not be overtaken by the words it removed.
        if told is None or payload.stream == "line" or told.state.head(payload.stream) <= answer["head"]:
            return answer


def _for_whom(connection, seat, look, book, *what):
    still_belongs(seat.member, connection.sign_in_id)
    return look(book, seat.meeting_id, seat.member.handle, *what)


def _answer(name, verb):
    def answer(connection, seat, payload):
        wanted = (wish, ledger(), seat.member, connection.sign_in_id, seat.meeting_id, name, payload)
        outcome = off_loop(*wanted) if verb.asks else wish(*wanted[1:])
        return accepted(outcome, verb.said)

    return answer


for _name, _verb in VERBS.items():
    handles(_name, _verb.payload)(_answer(_name, _verb))
