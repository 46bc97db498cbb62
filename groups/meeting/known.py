"""What the group knows of people and the live state cannot: whom a command is about, who looks after the group,
what the rota opens to somebody, what was done about them lately. Read when a wish is made, at this moment."""

import msgspec
from sqlalchemy import select

from groups import clock
from groups.conduct.ladder import out_for
from groups.conduct.record import highest_lately
from groups.db import reading
from groups.meeting import commands as c
from groups.meeting.commands_safety import About
from groups.meeting.ledger import Ledger
from groups.meeting.safety import whom
from groups.membership.models import Membership
from groups.rota.eligibility import not_yet


def of_who_knocks(session, member: Membership) -> dict:
    """What the hour remembers of somebody who comes to its door, as fields of `Knock`."""
    return {
        "moderates": member.moderates, "not_yet": not_yet(session, member, clock.now()),
        "earlier": highest_lately(session, member.id),
    }


def with_roles(ledger: Ledger, member: Membership, meeting_id: int, command: c.Command) -> c.Command:
    """The command with the handles, of whoever acts and whom it is about, of those who look after the group; any other
    command as it is. member: as they are now."""
    if not isinstance(command, About | c.OfferDuty | c.TakeDutyBack):
        return command
    with reading() as session:
        about = _about(session, ledger, member, meeting_id, command)
    both = (member, about) if about is not None else (member,)
    return msgspec.structs.replace(command, looks_after=tuple(sorted({one.handle for one in both if one.moderates})))


def days_out(ledger: Ledger, member: Membership, meeting_id: int, command: About) -> int | None:
    """For how long an emergency bars whom this is about; None where it does not."""
    with reading() as session:
        about = _about(session, ledger, member, meeting_id, command)
    lasts = out_for(member.moderates, about is not None and about.moderates)
    return lasts and lasts.days


def earlier(ledger: Ledger, member: Membership, meeting_id: int, command: About) -> str | None:
    """The highest step whoever this is about was put on lately, in this group."""
    with reading() as session:
        about = _about(session, ledger, member, meeting_id, command)
        return about and highest_lately(session, about.id)


def _about(session, ledger, member, meeting_id, command) -> Membership | None:
    """Whom a command is about, in this group."""
    who = whom(ledger.look(meeting_id).state, command) if isinstance(command, About) else command.who
    return session.scalar(select(Membership).where(Membership.handle == who, Membership.group_id == member.group_id))
