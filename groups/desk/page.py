"""The desk: everything there is to do for somebody who looks after groups (and for a steward), over all of
them, as a list of sentences. One page that joins an account's groups, for nobody but the account itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from groups import clock, policy
from groups.accounts.models import Account
from groups.db import reading
from groups.desk.lately import Done, lately
from groups.desk.live_lines import live_lines
from groups.desk.matters import (
    Desk,
    appeal_lines,
    closing_lines,
    incident_lines,
    offer_lines,
    pattern_lines,
    report_lines,
    request_lines,
    step_lines,
)
from groups.desk.serving_lines import care_lines, gap_lines, review_lines
from groups.desk.steward_lines import steward_lines
from groups.desk.urgency import Line, in_order, presses
from groups.errors import NotFound
from groups.membership.models import Group, Membership, Role
from groups.rota.asking import when_words
from groups.schedule.models import DutyKind
from groups.text import at_the_beginning

WAITING = (
    report_lines, incident_lines, gap_lines, step_lines, request_lines, offer_lines, closing_lines, appeal_lines, pattern_lines,
    care_lines, review_lines,
)
ANYWHERE = "UTC"  # read by a steward who belongs to no group, and whose browser says nothing
HOURS = 6  # shown ahead


@dataclass(frozen=True)
class HourAhead:
    """An hour that comes. starts: on the reader's clock; day: "today", "tomorrow" or the weekday; chair:
    who leads, or None."""

    starts: datetime
    day: str
    title: str
    group: str
    to: str
    chair: str | None


@dataclass(frozen=True)
class DeskPage:
    """What the desk shows. several: whether there are several groups, so that each line says whose it is."""

    lines: list[Line]
    lately: list[Done]
    ahead: list[HourAhead]
    several: bool


def moderated_by(session, account_id: int | None) -> dict[int, Membership]:
    """This account's memberships as a moderator of a group that is not closed, by the group's id."""
    if account_id is None:
        return {}
    mine = _moderates(select(Membership), account_id)
    return {member.group_id: member for member in session.scalars(mine.order_by(Membership.id))}


def _moderates(query, account_id):
    return query.join(Group).where(
        Membership.account_id == account_id, Membership.role == Role.MODERATOR, Membership.left_at.is_(None),
        Group.closed_at.is_(None),
    )


def looks_after_any(account_id: int | None) -> bool:
    """Whether there is a desk for this account; a row by an index."""
    if account_id is None:
        return False
    mine = _moderates(select(Membership.id), account_id)
    steward = select(Account.id).where(Account.id == account_id, Account.steward_since.is_not(None))
    with reading() as session:
        return session.scalar(select(mine.exists() | steward.exists()))


def desk_page(ledger, account_id: int | None, clock_of) -> DeskPage:
    """The whole desk. clock_of: asked with a group's zone name for the zone the reader reads by. Raises
    NotFound for who looks after nothing."""
    with reading() as session:
        desk, steward = _desk(session, account_id, clock_of)
        lines = steward_lines(session, steward) if steward else []
        if not desk.members:
            return DeskPage(lines=lines, lately=[], ahead=[], several=False)
        lines += live_lines(session, ledger, desk.members, desk.reader, desk.now)
        for find in WAITING:
            lines += find(session, desk)
        return DeskPage(
            lines=in_order(lines, desk.now), lately=lately(session, desk.members, desk.reader, desk.now),
            ahead=_ahead(session, desk), several=len(desk.members) > 1,
        )


def most_pressing(ledger, account_id: int | None, clock_of) -> Line | None:
    """The one line that should not wait until somebody looks at their desk, or None."""
    with reading() as session:
        try:
            desk, _ = _desk(session, account_id, clock_of)
        except NotFound:
            return None
        lines = live_lines(session, ledger, desk.members, desk.reader, desk.now) + incident_lines(session, desk)
        first = next(iter(in_order(lines, desk.now)), None)
    return first if first and presses(first, desk.now) else None


def _desk(session, account_id, clock_of):
    """The desk, and the account where it is a steward's."""
    members = moderated_by(session, account_id)
    account = session.get(Account, account_id) if account_id is not None else None
    steward = account if policy.allows(policy.may_steward, account) else None
    if not members and steward is None:
        raise NotFound()
    zone = next(iter(members.values())).group.zone if members else ANYWHERE
    return Desk(members, clock_of(zone), clock.now()), steward


def _ahead(session, desk):
    return [_hour_ahead(hour, held, desk) for hour, held in desk.hours(session)[:HOURS]]


def _hour_ahead(hour, held, desk):
    starts = hour.starts_at.astimezone(desk.reader)
    return HourAhead(
        starts=starts, day=at_the_beginning(when_words(starts, desk.now.astimezone(desk.reader))), title=hour.title,
        group=hour.group.name, to=f"/g/{hour.group.slug}/m/{hour.public_id}",
        chair=next((name for duty, name in held if duty.kind == DutyKind.CHAIR), None),
    )
