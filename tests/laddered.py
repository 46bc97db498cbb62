"""How far somebody has come on the ladder, for tests: steps as a meeting would have taken them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts.models import Account
from groups.conduct.ladder import ALONE, LISTEN_FOR
from groups.conduct.models import Incident, Sanction, Signal, Step
from groups.conduct.record import write_step
from groups.db import change, reading
from groups.logbook.models import LogEntry
from groups.membership.actions import end_membership
from groups.membership.models import Group, Membership, Role


def looks_after(person) -> None:
    """From now on this person looks after their group too."""
    with change() as (session, _):
        session.get(Membership, person.membership.id).role = Role.MODERATOR
    person.membership = stored(Membership, person.membership)


def sent_out(target, by=None) -> None:
    """Warned, asked to listen, and asked to leave for the night, in this order."""
    with change() as (session, _):
        member = session.get(Membership, target.membership.id)
        for step, length in ((Step.WARN, None), (Step.LISTEN, LISTEN_FOR), (Step.LEAVE, timedelta(hours=3))):
            write_step(session, member, step, 3, by=by and by.membership, until=length and clock.now() + length)


def removed_at_once(target, by, why: str = "threats", meeting=None) -> Incident:
    """Put out in an emergency, as a meeting does it."""
    with change() as (session, announce):
        member = session.get(Membership, target.membership.id)
        sanction = write_step(
            session, member, Step.BAN, 3, by=by.membership, until=clock.now() + ALONE, emergency=why,
            meeting_id=meeting and meeting.id, meeting=meeting and meeting.public_id,
        )
        end_membership(announce, member, sanction.until)
        return session.scalar(select(Incident).where(Incident.sanction_id == sanction.id))


def belongs(person, group, name: str, role: Role = Role.MEMBER) -> Membership:
    """The same account in another group, under another name."""
    with change() as (session, _):
        member = Membership(account_id=person.account.id, group_id=group.id, name=name, name_key=name.lower(), role=role)
        session.add(member)
    return stored(Membership, member)


def reports(about: Membership, *by: Membership) -> None:
    """Each of these reported somebody once."""
    with change() as (session, _):
        for one in by:
            session.add(Signal(group_id=about.group_id, membership_id=about.id, kind="reported", other=one.handle))


def stored(kind, thing):
    """The row as it stands now."""
    with reading() as session:
        return session.get(kind, thing.id)


def log_of(group: Group) -> list[LogEntry]:
    """The group's log, oldest first."""
    with reading() as session:
        return list(session.scalars(select(LogEntry).where(LogEntry.group_id == group.id).order_by(LogEntry.id)))


def steps_about(person) -> list[Sanction]:
    """Every step about this person's membership, oldest first."""
    with reading() as session:
        theirs = select(Sanction).where(Sanction.membership_id == person.membership.id)
        return list(session.scalars(theirs.order_by(Sanction.id)))


def made_steward(person) -> Account:
    """From now on this account decides what concerns every group."""
    with change() as (session, _):
        session.get(Account, person.account.id).steward_since = clock.now()
    person.account = stored(Account, person.account)
    return person.account


@pytest.fixture
def stewards(otto, vera):
    """Otto and Vera, who have no part in Harbour."""
    return made_steward(otto), made_steward(vera)
