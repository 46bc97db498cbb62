"""Reading the group's log: newest first, by days, some at a time; or all of it, to take along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from groups import clock, policy
from groups.db import reading
from groups.logbook.models import LogEntry
from groups.membership.models import Membership
from groups.moderation.log_lines import KEPT_FROM_WHOM, NO_LINE_FOR_WHOM, Known, Line, kind_words, line_of
from groups.reports.models import Report
from groups.rooms.models import Room

PAGE = 50  # lines


@dataclass(frozen=True)
class LogPage:
    """Some of the log. older: the number to go on before, None at the beginning. people: names by handle to
    choose from; kinds: actions there are, in words."""

    days: list[tuple[date, list[Line]]]
    older: int | None
    people: dict[str, str]
    kinds: dict[str, str]


def log_page(by: Membership, zone: ZoneInfo, before: int | None = None, who: str = "", kind: str = "") -> LogPage:
    """The newest lines below number `before`, those about or by `who` (a handle), those of one action.
    Asks policy.may_read_log."""
    policy.may_read_log(by)
    with reading() as session:
        lines = _lines(session, by, before, who, kind, PAGE + 1, zone)
        people = _names(session, by.group_id)
        shown = LogEntry.group_id == by.group_id, shown_to(by)
        handles = set(session.scalars(select(LogEntry.by).where(*shown).distinct()))
        handles |= set(session.scalars(select(LogEntry.about).where(*shown).distinct()))
        kinds = session.scalars(select(LogEntry.action).where(*shown).distinct()).all()
    more, lines = lines[PAGE:], lines[:PAGE]
    days = [(day, list(those)) for day, those in groupby(lines, key=lambda line: line.entry.at.astimezone(zone).date())]
    chosen = {handle: name for handle, name in sorted(people.items(), key=lambda one: one[1].casefold()) if handle in handles}
    return LogPage(days, lines[-1].number if more else None, chosen, {kind: kind_words(kind) for kind in sorted(kinds)})


def whole_log(by: Membership) -> list[Line]:
    """Every line, oldest first. Asks policy.may_read_log."""
    policy.may_read_log(by)
    with reading() as session:
        return _lines(session, by)[::-1]


def shown_to(*readers: Membership) -> ColumnElement[bool]:
    """The lines there are for somebody with these memberships: of a report about them there is none. Lines of
    an older house do not say whom a report is about: the report does, or the line of its decision."""
    theirs = [one.handle for one in readers]
    reports = select(Report.public_id).where(Report.about_id.in_([one.id for one in readers]))
    decided = aliased(LogEntry)
    told = select(decided.report).where(decided.about.in_(theirs), decided.action.in_(NO_LINE_FOR_WHOM))
    kept = aliased(LogEntry)
    about = or_(kept.about.in_(theirs), kept.report.in_(reports), kept.report.in_(told))
    return LogEntry.id.not_in(select(kept.id).where(kept.action.in_(NO_LINE_FOR_WHOM), about))


def _lines(session, by, before=None, who="", kind="", most=None, zone=UTC) -> list[Line]:
    """Numbered among what this reader is shown, so that no gap says that something is not: rows are only ever
    added, and a number stays what it was."""
    group_id = by.group_id
    number = func.row_number().over(order_by=LogEntry.id).label("number")
    numbered = select(LogEntry, number).where(LogEntry.group_id == group_id, shown_to(by)).subquery()
    entry = aliased(LogEntry, numbered)
    wanted = select(entry, numbered.c.number).order_by(numbered.c.number.desc()).limit(most)
    if before is not None:
        wanted = wanted.where(numbered.c.number < before)
    if who:
        about = and_(entry.about == who, entry.action.not_in(KEPT_FROM_WHOM if who == by.handle else ()))
        wanted = wanted.where(or_(entry.by == who, about))
    if kind:
        wanted = wanted.where(entry.action == kind)
    found = session.execute(wanted).all()
    undoing = _undoing(session, group_id, [one.id for one, _ in found] if most else None)
    rooms = dict(iter(session.execute(select(Room.slug, Room.name).where(Room.group_id == group_id))))
    known = Known(_names(session, group_id), rooms, by.handle, zone)
    return [line_of(place, one, known, undoing.get(one.id)) for one, place in found]


def _undoing(session, group_id, ids: Iterable[int] | None):
    undoes = select(LogEntry).where(LogEntry.group_id == group_id, LogEntry.undoes_id.is_not(None))
    undoes = undoes if ids is None else undoes.where(LogEntry.undoes_id.in_(ids))
    return {one.undoes_id: one for one in session.scalars(undoes)}


def _names(session, group_id):
    """By handle: who belongs here, and who is kept out by a ban, of whom one still has to speak."""
    here = or_(Membership.left_at.is_(None), Membership.barred_until > clock.now())
    rows = session.execute(select(Membership.handle, Membership.name).where(Membership.group_id == group_id, here))
    return dict(iter(rows))
