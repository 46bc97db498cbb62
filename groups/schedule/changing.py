"""What moderators decide about one date of a series: cancel it, move it, make it longer or other,
hold it although the room is closed, and take any of that back. The date keeps its page, who serves
and who plans to come; what has begun is never changed."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.choosing import offered
from groups.membership.models import Membership
from groups.schedule.models import DateChange, Meeting, Phase, Series
from groups.schedule.places import where
from groups.schedule.plans import TITLE_LIMIT, fitting, needed
from groups.schedule.projection import FARTHEST_MOVE, settle
from groups.schedule.recurrence import ONCE, start_of
from groups.seen import refuse_unless_seen, sum_of
from groups.text import one_line

WHY_LIMIT = 200  # characters people are told


@dataclass(frozen=True)
class Wish:
    """How one date shall be, as somebody typed it: on the series' own wall clock."""

    day: date | None
    wall_time: time | None
    minutes: int | None
    title: str | None
    format: str | None
    needs: str
    why: str = ""


def state_of(meeting: Meeting) -> str:
    """A short sum over everything that can be changed about one date: another one as soon as anything is."""
    about = (meeting.starts_at, meeting.ends_at, meeting.zone, meeting.title, meeting.format, meeting.needs, meeting.why)
    return sum_of("date", meeting.id, [str(value) for value in about], meeting.phase == Phase.CANCELLED)


def look_after_date(by: Membership, meeting: Meeting) -> None:
    """Raise Refused unless the actor may change this date now; before anything is filled in."""
    policy.may_change_hour(by, meeting, clock.now())


def decision_about(meeting: Meeting) -> DateChange | None:
    """What was decided about this date alone, or None where it is as its series and its room say."""
    with reading() as session:
        about = DateChange.series_id == meeting.series_id, DateChange.on_day == meeting.on_day
        return session.scalar(select(DateChange).where(*about))


def cancel_date(by: Membership, meeting: Meeting, why: str = "", seen: str = "") -> Meeting:
    """This date does not take place; `why` is what people are told. Doing it twice is harmless, and
    the second reason counts. seen: what `state_of` gave for the date somebody was looking at; empty where that does
    not matter. Raises Refused, NotFound, Invalid("why", …); Overtaken where it was changed since."""
    return _decided(by, meeting, _so(seen, cancelled=True, held=False, why=_reason(why)))


def restore_date(by: Membership, meeting: Meeting, seen: str = "") -> Meeting:
    """Take back whatever was decided about this date: it is as the rule and the room's days say.
    Raises Refused where the room is taken by now, or the date would lie in the past; Overtaken as `cancel_date`."""
    return _decided(by, meeting, None, seen)


def hold_date(by: Membership, meeting: Meeting, seen: str = "") -> Meeting:
    """It takes place after all: a cancellation is taken back, and a closed day does not count. Raises Overtaken as
    `cancel_date`."""
    return _decided(by, meeting, _so(seen, cancelled=False, held=True, why=""))


def change_date(by: Membership, meeting: Meeting, wish: Wish, seen: str = "") -> Meeting:
    """Move this date, or give it another length, name, format or other duties; one that was cancelled takes place.
    seen: what `state_of` gave for the date somebody was looking at; empty where that does not matter.

    Raises Invalid(field, …) for what makes no sense, Refused("room_in_use" …), NotFound; Overtaken where somebody
    else cancelled or changed it since."""
    return _decided(by, meeting, lambda *what: _wished(wish, seen, *what))


def _decided(by, meeting, decide, seen=""):
    now = clock.now()
    with change() as (session, _):
        by, series, meeting = _reached(session, by, meeting, now)
        # Locked, so that two people who change the same series do it one after the other.
        session.execute(select(Series.id).where(Series.id == series.id).with_for_update())
        session.refresh(meeting)
        about = select(DateChange).where(DateChange.series_id == series.id, DateChange.on_day == meeting.on_day)
        decision = session.scalar(about)
        touch(series, now)
        if decide is None:
            if decision is not None:
                refuse_unless_seen(seen, state_of(meeting), "date_changed_meanwhile")
                session.delete(decision)
        else:
            decision = decision or DateChange(series_id=series.id, on_day=meeting.on_day)
            decide(decision, series, meeting, session, now)
            decision.by_id, decision.at, decision.sequence = by.id, now, series.sequence
            session.add(decision)
        session.flush()
        if decide is None and meeting.own_start <= now:
            raise Refused("hour_has_begun")
        settle(session, series, now)
    return meeting


def _reached(session, by, meeting, now):
    by, meeting = fresh(session, by), fresh(session, meeting)
    if meeting.room.group_id != by.group_id:
        raise NotFound()
    policy.may_change_hour(by, meeting, now)
    return by, _series_of(session, meeting), meeting


def _series_of(session, meeting):
    """Its series; an hour from before hours of one date had one gets its own."""
    if meeting.series_id is not None:
        return session.get(Series, meeting.series_id)
    wall = meeting.starts_at.astimezone(where(meeting.zone))
    series = Series(
        room=meeting.room, title=meeting.title, first_day=wall.date(), last_day=wall.date(), wall_time=wall.time(),
        zone=meeting.zone, rule=ONCE, minutes=round((meeting.ends_at - meeting.starts_at).total_seconds() / 60),
        format=meeting.format, language=meeting.language,
    )
    session.add(series)
    session.flush()
    meeting.series_id, meeting.on_day, meeting.own_start = series.id, wall.date(), meeting.starts_at
    return series


def touch(series: Series, now) -> None:
    """Count an edit: whoever fetches the series sees that it is another one now."""
    series.sequence += 1
    series.changed_at = now


def _wished(wish, seen, decision, series, meeting, session, now):
    for field, value, reason in (("day", wish.day, "bad_date"), ("wall_time", wish.wall_time, "bad_time")):
        if value is None:
            raise Invalid(field, reason)
    at = wish.wall_time.replace(second=0, microsecond=0, tzinfo=None)
    starts_at = start_of(wish.day, at, where(series.zone))
    own = (meeting.on_day, series.wall_time)
    if (wish.day, at) != own and starts_at <= now:
        raise Invalid("day", "in_the_past")
    if abs(starts_at - meeting.own_start) > FARTHEST_MOVE:
        raise Invalid("day", "moved_too_far", days=FARTHEST_MOVE.days)
    room = meeting.room
    minutes = fitting(wish.minutes, wish.format, offered(session, room.group_id, meeting.format))
    values = {
        "title": one_line("title", wish.title, TITLE_LIMIT), "minutes": minutes, "format": wish.format, "needs": needed(wish.needs),
    }
    is_off = meeting.phase == Phase.CANCELLED
    wished = {
        "cancelled": False, "why": _reason(wish.why), "held": bool(decision.held or is_off),
        "to_day": wish.day if wish.day != own[0] else None, "to_time": at if at != own[1] else None,
    } | {name: value if value != getattr(series, name) else None for name, value in values.items()}
    _note(decision, meeting, seen, "cancelled_meanwhile" if is_off else "changed_meanwhile", wished)


def _so(seen, **values):
    return lambda decision, _, meeting, *__: _note(decision, meeting, seen, "date_changed_meanwhile", values)


def _note(decision, meeting, seen, reason, values):
    """What is as somebody wants it already, as when they press twice, is nobody's to refuse."""
    if any(getattr(decision, name) != value for name, value in values.items()):
        refuse_unless_seen(seen, state_of(meeting), reason)
    for name, value in values.items():
        setattr(decision, name, value)


def _reason(why):
    return one_line("why", why, WHY_LIMIT) if why and why.strip() else ""
