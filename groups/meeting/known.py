"""What the group knows of people and the live state cannot: whom a command is about, who looks after the group,
what the rota opens to somebody, what was done about them lately. Read when a wish is made, at this moment."""

import msgspec
from sqlalchemy import select

from groups import clock
from groups.conduct.ladder import out_for
from groups.conduct.record import highest_lately
from groups.db import reading
from groups.meeting import commands as c
from groups.meeting.commands_safety import About, RemoveNow, TakeStep
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


def of_whom(ledger: Ledger, member: Membership, meeting_id: int, command: c.Command) -> c.Command:
    """The command with what the group knows of whom it is about, who is looked up once: the handles, of them and whoever
    acts, of those who look after the group; for a step, the highest they were put on lately; for an emergency, for how
    many days it bars them (None where it does not). Any other command as it is. member: as they are now."""
    if not isinstance(command, About | c.OfferDuty | c.TakeDutyBack):
        return command
    with reading() as session:
        about = _about(session, ledger, member, meeting_id, command)
        both = (member, about) if about is not None else (member,)
        facts = {"looks_after": tuple(sorted({one.handle for one in both if one.moderates}))}
        if isinstance(command, TakeStep):
            facts["earlier"] = about and highest_lately(session, about.id)
    if isinstance(command, RemoveNow):
        lasts = out_for(member.moderates, about is not None and about.moderates)
        facts["days"] = lasts and lasts.days
    return msgspec.structs.replace(command, **facts)


def _about(session, ledger, member, meeting_id, command) -> Membership | None:
    """Whom a command is about, in this group."""
    who = whom(ledger.look(meeting_id).state, command) if isinstance(command, About) else command.who
    return session.scalar(select(Membership).where(Membership.handle == who, Membership.group_id == member.group_id))
