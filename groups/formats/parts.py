"""What there is to say about a part of the hour, by its mode. The editor offers these fields and no
others, and what a part says beyond them is dropped. Pure."""

import msgspec

from groups.formats.modes import Mode
from groups.formats.shape import Segment

ALWAYS = ("title", "mode", "minutes", "least", "prompt", "script", "lead")
BESIDES: dict[Mode, tuple[str, ...]] = {
    Mode.SILENCE: (),
    Mode.NOTICE: (),
    Mode.READING: ("reading", "text", "source"),
    Mode.EXERCISE: ("exercise",),
    Mode.ROUND: ("turn", "warn", "order", "newcomers_first", "extension", "pass_ok", "step"),
    Mode.ONE_VOICE: (
        "turn", "warn", "order", "newcomers_first", "unheard", "extension", "overflow", "borrow_from", "grows"
    ),
    Mode.OPEN_TALK: ("turn", "grows"),
    Mode.CLOSING: (),
}
ORDERS: dict[Mode, tuple[str, ...]] = {
    Mode.ROUND: ("arrival", "random"),
    Mode.ONE_VOICE: ("hand", "arrival", "least_spoken", "random"),
}
PLAIN = {field.name: field.default for field in msgspec.structs.fields(Segment) if field.name not in ALWAYS}


def modes_with(field: str) -> tuple[Mode, ...]:
    """The modes in which this field means something."""
    return tuple(Mode) if field in ALWAYS else tuple(mode for mode in Mode if field in BESIDES[mode])


def plain(segment: Segment) -> Segment:
    """The segment without what makes no sense in its mode; a round goes by arrival if nothing better
    is said. An unknown mode is left for the checks to name."""
    if segment.mode not in BESIDES:
        return segment
    kept = BESIDES[segment.mode]
    changes = {name: value for name, value in PLAIN.items() if name not in kept}
    if segment.mode == Mode.ROUND and segment.order not in ORDERS[Mode.ROUND]:
        changes["order"] = "arrival"
    if "overflow" in kept and segment.overflow != "borrow":
        changes["borrow_from"] = None
    return msgspec.structs.replace(segment, **changes)
