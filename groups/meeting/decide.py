"""From a wish to facts: `decide(state, command, now)` returns the events, or raises Refused.

Pure. Who may is asked of `policy/live.py`; what follows is said beside this file: the door in
`door.py`, service in `duty.py`, the floor in `turns.py`, what time alone brings about in
`clockwork.py`, steps and emergencies in `safety.py`, held shares in `holds.py`, raids in `raids.py`."""

from datetime import datetime

from groups.meeting import clockwork, door, duty, holds, raids, safety, turns
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.state import State

_DECISIONS = (
    door.DECISIONS | duty.DECISIONS | turns.DECISIONS | clockwork.DECISIONS | safety.DECISIONS | holds.DECISIONS | raids.DECISIONS
)


def decide(state: State, command: c.Command, now: datetime) -> list[e.Event]:
    """The events that follow from this command at this moment. Raises Refused with a reason word.

    Deciding nothing (an empty list) is a proper answer: it was so already."""
    if already(state, command) is not None:
        return []
    return _DECISIONS[type(command)](state, command, now)


def already(state: State, command: c.Command) -> int | None:
    """The number this command's words got before, when it is a retry."""
    client_id = getattr(command, "client_id", None)
    return state.sent.get((command.by, client_id)) if client_id else None
