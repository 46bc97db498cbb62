"""What moderators do with a whole series: change it from a day on, end it, let it go on, say that it
still meets. What was held stays as it was: where a series has a past, the change is another series
that follows it."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import delete, func, select, update

from groups import clock, policy
from groups.db import change, fresh, reading, rehearsal
from groups.errors import Invalid, NotFound, Overtaken, Refused
from groups.formats.choosing import offered
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.changing import touch
from groups.schedule.models import DateChange, Meeting, Series
from groups.schedule.plans import Plan
from groups.schedule.projection import AHEAD_OF_US, FARTHEST_MOVE, settle, signed_up
from groups.schedule.recurrence import AHEAD, EARLIEST, days_between
from groups.schedule.words import dates_words, day_words
from groups.seen import refuse_unless_seen, sum_of


@dataclass(frozen=True)
class Consequences:
    """What a change would do, before it is done. new: whether another series follows; stay, come, go:
    dates as far ahead as the calendar reaches; moved: those of them that stay and begin at another
    moment; lost: how many people signed up for something on a date that goes; decided: dates that stay, and
    stay as somebody decided about them alone."""

    new: bool
    stay: int
    moved: int
    come: int
    go: int
    lost: int
    decided: int

    @property
    def clauses(self) -> list[str]:
        """The same in words, one clause for each that there is."""
        said = []
        if self.stay:
            other = f", and {dates_words(self.moved)} of them at another time" if self.moved else ""
            said.append(f"{dates_words(self.stay)} {_verb('stay', self.stay)}, with who serves and who plans to come{other}")
        if self.decided:
            said.append(f"what was decided about {dates_words(self.decided)} alone stays as it was decided")
        if self.come:
            said.append(f"{dates_words(self.come)} {'is' if self.come == 1 else 'are'} new")
        if self.go:
            lost = f", and with {'it' if self.go == 1 else 'them'} {self.lost} {'sign-up' if self.lost == 1 else 'sign-ups'}"
            said.append(f"{dates_words(self.go)} {_verb('go', self.go)}{lost if self.lost else ''}")
        return said


def _verb(verb, count):
    return verb if count != 1 else {"go": "goes"}.get(verb, f"{verb}s")


def series_of_room(room: Room, public_id: str) -> Series:
    """The series of that name in this room. Raises NotFound."""
    with reading() as session:
        found = select(Series).where(Series.public_id == public_id, Series.room_id == room.id)
        series = session.scalar(found) if public_id.isalnum() else None
    if series is None:
        raise NotFound()
    return series


def first_ahead(series: Series) -> date:
    """The series' own date of its next hour that can still be changed; the day after its last one where
    none is ahead, and its first day before it has any."""
    now = clock.now()
    with reading() as session:
        ahead = select(func.min(Meeting.on_day)).where(*_ahead(series, now))
        last = select(func.max(Meeting.on_day)).where(Meeting.series_id == series.id)
        day, past = session.scalar(ahead), session.scalar(last)
    return day or (past + timedelta(days=1) if past else series.first_day)


def goes_on(series: Series) -> Series | None:
    """The series that follows this one, or None."""
    with reading() as session:
        return session.scalar(select(Series).where(Series.follows_id == series.id).order_by(Series.id).limit(1))


def state_of(series: Series) -> str:
    """A short sum over everything that can be changed about a series: another one as soon as anything is."""
    return sum_of("series", series.id, [getattr(series, field.name) for field in fields(Plan)])


def change_series(by: Membership, series: Series, since: date, plan: Plan, seen: str = "") -> Series:
    """From its own date `since` on, the series is as planned; the series that is so from then on. seen: what
    `state_of` gave for the series somebody was looking at; empty where that does not matter.

    Dates that are the same day keep their page, who serves, and what was decided about them. Raises
    Invalid(field, …), Refused, NotFound; Overtaken where somebody else changed it since."""
    with change() as (session, _):
        return _revised(session, by, series, since, plan, seen, clock.now())[0]


def preview_change(by: Membership, series: Series, since: date, plan: Plan, seen: str = "") -> Consequences:
    """What `change_series` would do, or why it would not. Writes nothing."""
    with rehearsal() as session:
        return _revised(session, by, series, since, plan, seen, clock.now())[1]


def end_series(by: Membership, series: Series, since: date) -> Series:
    """From its own date `since` on it does not meet any more; what was before stays. `resume_series`
    takes it back."""
    now = clock.now()
    with change() as (session, _):
        by, series = _reached(session, by, series)
        _refuse_begun(session, series, since, now)
        series.last_day = min(series.last_day or date.max, max(since - timedelta(days=1), EARLIEST))
        touch(series, now)
        session.flush()
        settle(session, series, now)
    return series


def resume_series(by: Membership, series: Series) -> Series:
    """Let a series that was ended go on by its rule. Raises Refused where another one follows it, or
    the room is taken by now."""
    now = clock.now()
    with change() as (session, _):
        by, series = _reached(session, by, series)
        if session.scalar(select(Series.id).where(Series.follows_id == series.id)):
            raise Refused("series_goes_on")
        series.last_day = None
        touch(series, now)
        session.flush()
        settle(session, series, now)
    return series


def confirm_series(by: Membership, series: Series) -> Series:
    """Say that it still meets: strangers see it (again)."""
    now = clock.now()
    with change() as (session, _):
        by, series = _reached(session, by, series)
        series.confirmed_at = now
        if series.unlisted_at is not None:
            series.unlisted_at = None
            touch(series, now)
            settle(session, series, now)
    return series


def _revised(session, by, series, since, plan, seen, now):
    by, old = _reached(session, by, series)
    _refuse_begun(session, old, since, now)
    before = _days(session, old, now)
    begins = dict(iter(session.execute(select(Meeting.id, Meeting.starts_at).where(Meeting.id.in_(before.values())))))
    plan = plan.checked(now, offered(session, old.room.group_id, old.format))
    _refuse_fork(session, old, plan)
    if any(getattr(old, name) != value for name, value in asdict(plan).items()):
        refuse_unless_seen(seen, state_of(old))
    if plan.first_day < since:
        raise Invalid("first_day", "in_the_past")
    split = next(islice(days_between(old, old.first_day, since - timedelta(days=1)), 1), None) is not None
    new = _following(session, old, plan, since) if split else old
    for name, value in asdict(plan).items():
        setattr(new, name, value)
    touch(old, now)
    new.changed_at = now
    session.flush()
    kept = set(days_between(new, since, (now + AHEAD).date()))
    gone = [row for day, row in before.items() if day >= since and day not in kept]
    lost = signed_up(session, gone)  # while they are there
    _carry_over(session, old, new, since, kept, now)
    settle(session, old, now)
    if split:
        settle(session, new, now)
    after = _days(session, new, now)
    staying = {row for day, row in before.items() if day >= since} - set(gone)
    alone = DateChange.series_id == new.id, DateChange.on_day.in_(day for day in before if day >= since and day in kept)
    decided = session.scalar(select(func.count()).select_from(DateChange).where(*alone))
    other = select(Meeting.id, Meeting.starts_at).where(Meeting.id.in_(staying))
    moved = sum(begins[row] != starts_at for row, starts_at in session.execute(other))
    return new, Consequences(split, len(staying), moved, sum(day not in before for day in after), len(gone), lost, decided)


def _following(session, old, plan, since):
    new = Series(
        room=old.room, follows_id=old.id, sequence=old.sequence, confirmed_at=old.confirmed_at, unlisted_at=old.unlisted_at,
        **asdict(plan),
    )
    old.last_day = since - timedelta(days=1)
    session.add(new)
    session.flush()
    session.execute(update(Series).where(Series.follows_id == old.id, Series.id != new.id).values(follows_id=new.id))
    return new


def _refuse_fork(session, old, plan):
    """Where another series follows, this one may be changed up to there; beyond, both would meet side by side."""
    follows = session.scalar(select(Series.id).where(Series.follows_id == old.id).limit(1)) is not None
    if follows and (old.last_day is None or plan.last_day is None or plan.last_day > old.last_day):
        raise Overtaken("series_goes_on")


def _carry_over(session, old, new, since, kept, now):
    """What lies ahead goes over to the new series where it has that date; decisions about other dates
    have nothing left to be about."""
    about = delete(DateChange).where(DateChange.series_id == old.id, DateChange.on_day >= since, DateChange.on_day.not_in(kept))
    session.execute(about)
    if new is old:
        return
    move = {"series_id": new.id}
    session.execute(update(DateChange).where(DateChange.series_id == old.id, DateChange.on_day >= since).values(move))
    ahead = Meeting.starts_at > now, Meeting.phase.in_(AHEAD_OF_US)
    session.execute(update(Meeting).where(Meeting.series_id == old.id, Meeting.on_day.in_(kept), *ahead).values(move))
    session.expire_all()


def _days(session, series, now):
    """The meeting's id of each date that lies ahead."""
    return dict(iter(session.execute(select(Meeting.on_day, Meeting.id).where(*_ahead(series, now)))))


def _ahead(series, now):
    return Meeting.series_id == series.id, Meeting.starts_at > now, Meeting.phase.in_(AHEAD_OF_US)


def _refuse_begun(session, series, since, now):
    begun = select(Meeting.on_day).where(
        Meeting.series_id == series.id, Meeting.on_day >= since, Meeting.phase.not_in(AHEAD_OF_US)
    ).order_by(Meeting.on_day.desc())
    past = select(Meeting.on_day).where(Meeting.series_id == series.id, Meeting.on_day >= since, Meeting.starts_at <= now)
    last = session.scalar(begun.limit(1)) or session.scalar(past.order_by(Meeting.on_day.desc()).limit(1))
    if last is not None:
        raise Invalid("first_day", "begun_since", day=day_words(last))
    if since < (now - FARTHEST_MOVE).date():
        raise Invalid("first_day", "day_is_over")


def _reached(session, by, series):
    by = fresh(session, by)
    found = session.scalar(select(Series).where(Series.id == series.id).with_for_update(of=Series))
    if found is None or found.room.group_id != by.group_id:
        raise NotFound()
    session.execute(select(Room.id).where(Room.id == found.room_id).with_for_update())
    policy.may_meet_in(by, found.room)
    return by, found
