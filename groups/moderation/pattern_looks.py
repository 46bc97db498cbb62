"""Patterns as moderators see them, and that they looked."""

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from groups import clock, policy
from groups.conduct.models import Signal
from groups.db import change, fresh, reading
from groups.errors import NotFound
from groups.logbook.writing import write_log
from groups.membership.models import Membership, Role
from groups.moderation.note_models import PatternLook
from groups.moderation.patterns import WATCHED, Example, Pattern, is_put_away, pattern_in
from groups.schedule.models import Meeting


@dataclass(frozen=True)
class Shown:
    """A pattern around somebody. looked: the names of those who looked since it last grew; titles: of
    the meetings in it, by public id."""

    about: Membership
    pattern: Pattern
    looked: tuple[str, ...]
    i_looked: bool
    is_put_away: bool
    titles: dict[str, str]


def patterns_of(by: Membership, session=None) -> list[Shown]:
    """Every pattern in the group that is not put away, the one that grew last first. Not one's own.
    session: one to look through, where there is one already. Asks policy.may_see_patterns."""
    policy.may_see_patterns(by)
    with nullcontext(session) if session else reading() as session:
        shown = [one for one in _shown(session, by, Membership.group_id == by.group_id) if not one.is_put_away]
    return sorted(shown, key=lambda one: one.pattern.grew_at, reverse=True)


def pattern_around(by: Membership, handle: str) -> Shown | None:
    """What repeats around this person, put away or not; None where nothing does.

    Raises NotFound, Refused("for_moderators")."""
    with reading() as session:
        about = session.scalar(select(Membership).where(Membership.handle == handle, Membership.group_id == by.group_id))
        if about is None:
            raise NotFound()
        policy.may_see_pattern(by, about)
        return next(iter(_shown(session, by, Membership.id == about.id)), None)


def look_at_pattern(by: Membership, handle: str) -> None:
    """Note that this moderator looked. Twice is once, until it grows.

    Raises NotFound (also where there is no pattern), Refused("for_moderators")."""
    shown = pattern_around(by, handle)
    if shown is None:
        raise NotFound()
    if shown.i_looked:
        return
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_see_pattern(by, shown.about)
        session.execute(select(Membership.id).where(Membership.id == by.id).with_for_update())  # pressed twice: one by one
        session.merge(PatternLook(membership_id=shown.about.id, by_id=by.id, at=clock.now()))
        write_log(session, by.group_id, "pattern_looked", by=by.handle, about=shown.about.handle)


def forget_signals(now: datetime) -> None:
    """Delete what was noted longer than ninety days ago, and who looked at it."""
    old_signals, old_looks = Signal.at <= now - WATCHED, PatternLook.at <= now - WATCHED
    with reading() as session:
        over = session.scalar(select(Signal.id).where(old_signals).limit(1)) or session.scalar(
            select(PatternLook.by_id).where(old_looks).limit(1)
        )
    if over:
        with change() as (session, _):
            session.execute(delete(Signal).where(old_signals))
            session.execute(delete(PatternLook).where(old_looks))


def _shown(session, by, which) -> list[Shown]:
    now, noted = clock.now(), defaultdict(list)
    rows = session.execute(
        select(Signal.membership_id, Signal.kind, Signal.at, Signal.other, Signal.meeting)
        .join(Membership, Signal.membership_id == Membership.id)
        .where(which, Membership.id != by.id, Signal.at > now - WATCHED)
    )
    for about, *signal in rows:
        noted[about].append(Example(*signal))
    patterns = {about: pattern for about, those in noted.items() if (pattern := pattern_in(those, now))}
    if not patterns:
        return []
    found = {one: patterns[one.id] for one in session.scalars(select(Membership).where(Membership.id.in_(patterns)))}
    looks = defaultdict(list)
    for look, who in session.execute(
        select(PatternLook, Membership).join(Membership, Membership.id == PatternLook.by_id)
        .where(PatternLook.membership_id.in_([about.id for about in found]))
    ):
        looks[look.membership_id].append((look.at, who))
    moderators = set(session.scalars(select(Membership.id).where(
        Membership.group_id == by.group_id, Membership.role == Role.MODERATOR, Membership.left_at.is_(None)
    )))
    held = {example.meeting for pattern in found.values() for example in pattern.examples}
    titles = dict(iter(session.execute(select(Meeting.public_id, Meeting.title).where(Meeting.public_id.in_(held - {None})))))
    return [
        _one(by, about, pattern, looks[about.id], len(moderators - {about.id}), titles) for about, pattern in found.items()
    ]


def _one(by, about, pattern, looks, able, titles):
    since = [(at, who) for at, who in looks if at >= pattern.grew_at]
    return Shown(
        about, pattern, tuple(who.name for _, who in since if who.id != by.id), any(who.id == by.id for _, who in since),
        is_put_away(pattern, [at for at, _ in looks], able), titles,
    )
