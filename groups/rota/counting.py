"""When an hour is over: what became of it, who came, and who served. Called by the ledger in the very
transaction that seals the meeting, which happens once; so everything here is counted once.

What is counted answers one question, whether somebody may serve, and is shown to nobody."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from groups.membership.models import Membership
from groups.rota.care import A_MONTH, ask_how_it_was
from groups.rota.models import Attended, Coming, Served
from groups.schedule.models import Meeting
from groups.schedule.places import where

HELD, READ, MISSED = "held", "read", "missed"


def outcome_of(state) -> str:
    """What became of an hour, by the state it was sealed in: it was held; or read together, because
    nobody led; or missed, because nobody who serves came at all."""
    if state.unled:
        return READ
    return MISSED if state.why_closed == "nobody_served" and state.chair is None else HELD


def count(connection, meeting_id: int, state) -> None:
    """Write down the outcome, and count those who were let in and those who served while the hour ran.
    Plans to come are over."""
    outcome = outcome_of(state)
    connection.execute(update(Meeting).where(Meeting.id == meeting_id).values(outcome=outcome))
    connection.execute(delete(Coming).where(Coming.meeting_id == meeting_id))
    people = {} if outcome == MISSED else {p.handle: p for p in state.people.values() if p.was_inside}
    if people:
        ids = select(Membership.handle, Membership.id).where(Membership.handle.in_(people))
        members = dict(connection.execute(ids).all())
        came = sorted(members.values())
        served = sorted((members[who], kind) for who, p in people.items() if who in members for kind in p.served)
        _add(connection, Attended, [{"membership_id": member} for member in came])
        day = _own_day(connection, meeting_id, state.closed_at)
        _begin_anew(connection, {member for member, _ in served}, day)
        _add(connection, Served, [{"membership_id": member, "kind": kind, "last_on": day} for member, kind in served])
        ask_how_it_was(connection, meeting_id, {member for member, _ in served}, state.closed_at)


def _begin_anew(connection, members, day):
    """Whoever comes back to serving after a month off has only just begun: that they served is known,
    how often before is not counted on."""
    last = select(Served.membership_id).where(Served.membership_id.in_(members)).group_by(Served.membership_id)
    rested = last.having(func.max(Served.last_on) <= day - A_MONTH)
    connection.execute(update(Served).where(Served.membership_id.in_(rested)).values(times=1))


def _own_day(connection, meeting_id, at: datetime):
    return at.astimezone(where(connection.execute(select(Meeting.zone).where(Meeting.id == meeting_id)).scalar_one())).date()


def _add(connection, kind, rows: Iterable[dict]):
    """One more for each of these, in their order: two processes that seal at once wait for each other."""
    rows = [row | {"times": 1} for row in rows]
    if not rows:
        return
    table = kind.__table__
    put = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table).values(rows)
    changed = {"times": table.c.times + 1} | ({"last_on": put.excluded.last_on} if "last_on" in rows[0] else {})
    connection.execute(put.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed))
