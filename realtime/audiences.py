"""Who can hear what: the names of the Socket.IO rooms, and nothing else knows them.

Every name has a prefix, so that a client's own session id can never be used as a room."""


def floor(meeting_id: int) -> str:
    """Everyone inside a meeting."""
    return f"floor:{meeting_id}"


def desk(meeting_id: int) -> str:
    """Those on duty in a meeting."""
    return f"desk:{meeting_id}"


def person(meeting_id: int, handle: str) -> str:
    """One person in a meeting, on however many pages."""
    return f"person:{meeting_id}:{handle}"


def everybody() -> None:
    """Every socket of this process. Nothing that is about anybody goes there."""
