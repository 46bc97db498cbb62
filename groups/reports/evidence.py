"""What goes along with a report: the share and the four around it, as they stood when it was made; and what of it
stays once somebody who spoke there has erased themselves."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from groups.errors import Refused
from groups.meeting.events import Shared
from groups.meeting.ledger import Ledger
from groups.meeting.log import Live
from groups.sealing import KeyGone

AROUND = 2  # shares before and after
REACH = 200  # entries of the floor looked through on either side for them: calls, parts, minutes lie between


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One share of the evidence. words: None once it was taken out of the room. erased: whoever said it has erased
    themselves since; no handle, name or words are left then, only that somebody spoke there."""

    number: int
    handle: str
    name: str
    words: str | None
    at: datetime
    reported: bool = False
    erased: bool = False


def around(shares: Sequence[Said], number: int) -> list[Said]:
    """The share of that number, marked, with the two before it and the two after; fewer at either end.
    shares: in order. Pure. Raises Refused("no_such_share")."""
    place = next((place for place, one in enumerate(shares) if one.number == number), None)
    if place is None:
        raise Refused("no_such_share")
    chosen = shares[max(0, place - AROUND) : place + AROUND + 1]
    return [msgspec.structs.replace(one, reported=one.number == number) for one in chosen]


def evidence_of(ledger: Ledger, meeting_id: int, number: int) -> tuple[Live, list[Said]]:
    """The meeting, and what goes along with a report of this share. Read it before the share is taken
    out: afterwards it has no words any more.

    Raises Refused: "said_is_gone" once the meeting is purged, "no_such_share"."""
    try:
        live, entries = ledger.look_at_stream(meeting_id, "floor", max(0, number - 1 - REACH), 2 * REACH + 1)
    except KeyGone:
        raise Refused("said_is_gone") from None
    shares = [
        Said(number=item.number, handle=item.event.by, name=item.event.name, words=item.event.words, at=item.event.at)
        for item in entries if isinstance(item.event, Shared)
    ]
    return live, around(shares, number)


def without(evidence: Sequence[Said], gone: Collection[str]) -> list[Said]:
    """The evidence without these people (handles), but for whoever's share was reported: what protects others from
    somebody is not theirs to take back. Pure; the same again where none of them spoke."""
    kept = {one.handle for one in evidence if one.reported}
    return [_gap(one) if one.handle in gone and one.handle not in kept else one for one in evidence]


def _gap(one):
    return Said(number=one.number, handle="", name="", words=None, at=one.at, erased=True)


def packed(evidence: Sequence[Said]) -> bytes:
    """The evidence as it is sealed."""
    return msgspec.json.encode(evidence)


def unpacked(evidence: bytes) -> list[Said]:
    """The evidence again."""
    return msgspec.json.decode(evidence, type=list[Said])
