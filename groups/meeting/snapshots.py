"""What one person gets of a meeting when they come in, come back, or load the page: everything
their part allows, seen at one moment. Sockets, JSON and pages hand out the same. After the close that is
the end and one's own step; what was said is no page's any more, though it is there until purged."""

from collections.abc import Iterable

import msgspec

from groups import clock
from groups.errors import Refused
from groups.meeting.events import DeskNote, line_of, wire, without
from groups.meeting.ledger import Ledger
from groups.meeting.log import Live, Numbered
from groups.meeting.views import desk_view, floor_view, lobby_view, own_part
from groups.sealing import KeyGone

MOST = 500  # entries in one answer; whoever missed more asks again


def snapshot(ledger: Ledger, meeting_id: int, handle: str, after: int | None = 0) -> dict:
    """The meeting for one person: `seat` is their handle and `part` theirs, `lobby` is for anybody at the door, `floor` is
    there for those inside, `desk` for those on duty, both until the close. `floor.entries` begin above number `after`;
    None asks for the last of them, however many there were."""
    return seen(ledger, meeting_id, handle, after)[1]


class Common(msgspec.Struct, frozen=True):
    """What everybody who looks at a meeting in one moment is shown of it. `floor` is for those inside."""

    live: Live
    lobby: dict
    floor: dict

    def encoded(self) -> "Common":
        """The same, as JSON that is made once."""
        lobby, floor = (msgspec.Raw(msgspec.json.encode(part)) for part in (self.lobby, self.floor))
        return msgspec.structs.replace(self, lobby=lobby, floor=floor)


def common(ledger: Ledger, meeting_id: int, after: int | None) -> Common | None:
    """What is the same for everybody, with the entries above a number (None: the last of them). None
    once its words are gone. Raises NotFound where there is no meeting."""
    try:
        if after is None:
            after = max(0, ledger.look(meeting_id).state.floor_head - MOST)
        live, numbered = ledger.look_at_stream(meeting_id, "floor", after, MOST)
    except KeyGone:  # its words are gone, as promised
        return None
    floor = {"view": floor_view(live.state), "entries": entries(numbered, live), "head": live.state.floor_head}
    return Common(live, lobby_view(live.state), floor)


def seen(ledger: Ledger, meeting_id: int, handle: str, after: int | None = 0) -> tuple[Live | None, dict]:
    """The snapshot, and the meeting it was taken of: what comes after that very position is news.
    The meeting is None where there is none any more."""
    return for_one(ledger, common(ledger, meeting_id, after), handle)


def for_one(ledger: Ledger, shared: Common | None, handle: str) -> tuple[Live | None, dict]:
    """A person's own snapshot, around what everybody is shown. Off the loop where `reads_more` says so."""
    if shared is None:
        part = {"standing": "outside", "doing": "over", "name": None, "duty": None, "mine": []}
        return None, {"now": clock.now(), "seat": handle, "part": part, "lobby": {"phase": "purged"}}
    live, state = shared.live, shared.live.state
    person = state.person(handle)
    shown = {"now": clock.now(), "seat": handle, "part": own_part(state, handle), "lobby": shared.lobby}
    if state.is_live and is_inside(live, handle):
        shown["floor"] = shared.floor
    if person is not None:
        shown |= _own_words(ledger, live, person)
    if state.is_live and person is not None and person.on_duty:
        shown["desk"] = {"view": desk_view(state, clock.now()), "head": state.desk_head} | _desk_words(ledger, live)
    return live, shown


def reads_more(live: Live, handle: str) -> bool:
    """Whether this person's snapshot holds words of their own, or those of the desk, which have to be read."""
    person = live.state.person(handle)
    if person is None:
        return False
    theirs = live.state.head(line_of(handle)) or person.step is not None
    return bool(person.on_duty or theirs or any(one.by == handle for one in live.state.held.values()))


def _own_words(ledger, live, person):
    """Somebody's private line, the step they take away with them, and the number of the last share if
    they said that they heard it."""
    words = {}
    if live.state.last_share is not None and person.handle in live.state.heard_by:
        words["heard_last"] = live.state.last_share
    if live.state.is_live and live.state.head(line_of(person.handle)):
        words["line"] = entries(ledger.look_at_stream(live.meeting_id, line_of(person.handle), 0, MOST)[1], live)
    mine = [number for number, one in live.state.held.items() if one.by == person.handle]
    if live.state.is_live and mine:
        words["held"] = _held_words(ledger, live, mine)
    if person.step is not None:
        last = ledger.look_at_stream(live.meeting_id, "floor", person.step - 1, 1)[1]
        words["step"] = last[0].event.words if last else None
    return words


def _desk_words(ledger, live):
    """What was said among those on duty, and written on the private lines."""
    numbered = ledger.look_at_stream(live.meeting_id, "desk", max(0, live.state.desk_head - MOST), MOST)[1]
    notes = [item for item in numbered if isinstance(item.event, DeskNote)]
    lines = {
        handle: entries(ledger.look_at_stream(live.meeting_id, line_of(handle), 0, MOST)[1], live)
        for handle in sorted(live.state.lines)
    }
    held = _held_words(ledger, live, [number for number, _ in live.state.held_back])
    return {"notes": entries(notes, live), "lines": lines, "held": held}


def _held_words(ledger, live, numbers):
    """What was written in these held shares, by their number on the desk: asked one by one, because there are
    few of them and the desk of a long hour has more entries than one answer holds."""
    found = [ledger.look_at_stream(live.meeting_id, "desk", number - 1, 1)[1] for number in sorted(numbers)]
    return {item.number: item.event.words for [item] in found}


def missed(ledger: Ledger, meeting_id: int, handle: str, stream: str, after: int, who: str | None = None) -> dict:
    """The entries of a stream above a number, for somebody who has a right to the stream: floor,
    desk, or line (one's own; for those on duty, anybody's).

    Raises Refused: "not_let_in" or "for_those_on_duty" for whoever has none, "meeting_over" once its
    words are gone; and for everything but the floor once the hour is over."""
    stream = line_of(who or handle) if stream == "line" else stream
    if stream == "quiet":
        raise Refused("not_let_in")  # it only counts, for nobody
    try:
        live, numbered = ledger.look_at_stream(meeting_id, stream, after, MOST)
    except KeyGone:
        raise Refused("meeting_over") from None
    if not is_inside(live, handle) and stream != line_of(handle):
        raise Refused("not_let_in")
    if stream not in ("floor", line_of(handle)) and not live.state.person(handle).on_duty:
        raise Refused("for_those_on_duty")
    if stream != "floor" and not live.state.is_live:
        raise Refused("meeting_over")
    return {"stream": stream, "entries": entries(numbered, live), "head": live.state.head(stream)}


def is_inside(live: Live, handle: str) -> bool:
    """True for whoever may read the floor: those let in, until the room is sealed and purged."""
    person = live.state.person(handle)
    return person is not None and person.standing == "inside"


def entries(numbered: Iterable[Numbered], live: Live) -> list[dict]:
    """Numbered events as they go out, as far as the meeting is: without whoever erased themselves."""
    return [wire(without(item.event, live.state.erased), item.number) for item in numbered]
