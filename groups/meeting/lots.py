"""Drawing lots: an order nobody chose and nobody can guess, that comes out the same wherever it is
computed."""

from hashlib import sha256

from groups.meeting.state import State


def lot_of(state: State, index: int, handle: str) -> str:
    """Somebody's lot in one part of this hour. Handles are random, so nobody can work it out ahead."""
    return sha256(f"{handle}/{index}/{state.starts_at}".encode()).hexdigest()
