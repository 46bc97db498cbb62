"""Places at a small circle: who has one, who is next, and what becomes of those nobody confirmed. Pure
arithmetic over the rows of one meeting; the callers hold its lock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from groups.formats.shape import Format
from groups.policy import CONFIRM_FROM, CONFIRM_UNTIL
from groups.rota.models import Coming

TICK = timedelta(microseconds=1)


def places_of(meeting, form: Format) -> int | None:
    """How many may keep a place: as many as the hour says, or its format is made for, if the room
    holds them. None where nobody has to keep one."""
    if meeting.places is None and form.capacity is None:
        return None
    room = meeting.room.capacity
    return form.places(room if meeting.places is None else min(room, meeting.places))


def in_line(comings: Iterable[Coming]) -> list[Coming]:
    """Those who wait, the next one first."""
    return sorted((one for one in comings if not one.has_place), key=_asked)


def free_places(comings: Iterable[Coming], places: int) -> int:
    """How many places nobody has."""
    return max(0, places - sum(one.has_place for one in comings))


def is_confirmed(coming: Coming, starts_at: datetime) -> bool:
    """True for who said again that they come, in the last day before this start (a moved hour asks anew)."""
    return coming.confirmed_at is not None and coming.confirmed_at >= starts_at - CONFIRM_FROM


def is_asked(coming: Coming, starts_at: datetime, now: datetime) -> bool:
    """True while somebody with a place is asked whether they still come."""
    asked = starts_at - CONFIRM_FROM <= now < starts_at - CONFIRM_UNTIL
    return asked and coming.has_place and not is_confirmed(coming, starts_at)


def asked_last(comings: Iterable[Coming], now: datetime) -> datetime:
    """A moment to ask at that is behind everybody else's, whatever the clocks of two processes say."""
    return max([now, *(one.asked_at + TICK for one in comings)])


def settle(comings: list[Coming], places: int | None, starts_at: datetime, now: datetime) -> bool:
    """Give free places to those who waited longest; and in the last two hours, places that were not
    confirmed to those who had waited until then, one for one. Whoever loses a place waits at the end of
    the line and takes nobody's place in turn, so doing this again changes nothing.

    Changes the rows in place; True if it changed any."""
    lose, move_up = _moves(comings, places, starts_at, now)
    for one in lose:
        one.has_place, one.confirmed_at, one.asked_at = False, None, asked_last(comings, now)
    for one in move_up:
        one.has_place = True
        one.confirmed_at = now if now >= starts_at - CONFIRM_UNTIL else None  # too late to be asked
    return bool(move_up)


def is_settled(comings: list[Coming], places: int | None, starts_at: datetime, now: datetime) -> bool:
    """Whether `settle` would change nothing. Changes no row itself."""
    return not _moves(comings, places, starts_at, now)[1]


def _moves(comings, places, starts_at, now):
    """Who loses a place, and who gets one."""
    waiting, had = in_line(comings), sorted((one for one in comings if one.has_place), key=_asked)
    free = len(waiting) if places is None else free_places(comings, places)
    late = starts_at - CONFIRM_UNTIL
    if not late <= now < starts_at:
        return [], waiting[:free]
    patient = [one for one in waiting[free:] if one.asked_at < late]
    unconfirmed = [one for one in had if not is_confirmed(one, starts_at)][: len(patient)]
    return unconfirmed, waiting[:free] + patient[: len(unconfirmed)]


def _asked(coming):
    return coming.asked_at, coming.membership_id
