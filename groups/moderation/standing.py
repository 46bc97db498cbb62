"""Steps in force: which wait for a second person, when a ban ends, and the membership that goes with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from groups import clock
from groups.accounts.models import Account
from groups.conduct.ladder import ALONE
from groups.conduct.models import Sanction, Step
from groups.errors import NotFound
from groups.logbook.models import LogEntry
from groups.logbook.writing import write_log
from groups.membership.actions import end_membership
from groups.membership.models import Membership

ONE_ACT = timedelta(seconds=5)  # a ban and the end of the membership are written together


@dataclass(frozen=True)
class StepLifted:
    """A step is in force no longer, before its time: whatever it still holds back must be let go."""

    sanction: str  # its public id
    step: Step
    membership_id: int
    handle: str
    meeting_id: int | None


def one_of_theirs(session, kind, group_id: int | None, public_id: str):
    """The sanction, appeal or incident of that public id, held until this is stored; of this group only, or of
    any where group_id is None. Raises NotFound."""
    asked = select(kind).where(kind.public_id == public_id)
    found = session.scalar((asked if group_id is None else asked.where(kind.group_id == group_id)).with_for_update(of=kind))
    if found is None:
        raise NotFound()
    return found


def is_proposed(sanction: Sanction) -> bool:
    """Not in force at all yet: a step about somebody who looks after the group too."""
    return sanction.asked_until is not None and sanction.confirmed_by_id is None and sanction.until <= sanction.made_at


def waits_for_second(sanction: Sanction) -> bool:
    """Something was asked that counts only once a second person agrees: for a week."""
    now = clock.now()
    asked = sanction.asked_until is not None and sanction.confirmed_by_id is None and sanction.lifted_at is None
    return asked and now < min(sanction.made_at + ALONE, sanction.asked_until)


def settle(session, announce, member: Membership) -> None:
    """Bring a membership in line with the bans that stand: out until the last of them ends; back, if a
    ban put them out and none is left. Inside a change, after the sanction was altered."""
    session.flush()
    bans = session.scalars(select(Sanction).where(Sanction.membership_id == member.id, Sanction.step == Step.BAN)).all()
    ends = max((ban.until for ban in bans if ban.stands), default=None)
    if ends is None:
        if member.barred_until is not None:
            _bring_back(session, member, bans)
    elif member.is_current:
        end_membership(announce, member, ends)
    else:
        member.barred_until = ends


def lift_step(session, announce, sanction: Sanction, by: Membership | None, action: str, detail: str = "") -> None:
    """End a step now, write it down beside the line it undoes, and let them come back. Whoever may was asked."""
    sanction.lifted_at, sanction.lifted_by_id = clock.now(), by and by.id
    write_step_log(session, sanction, by, action, undoes=True, detail=detail)
    settle(session, announce, sanction.member)
    announce(StepLifted(
        sanction.public_id, Step(sanction.step), sanction.membership_id, sanction.member.handle, sanction.meeting_id
    ))


def write_step_log(
    session, sanction: Sanction, by: Membership | None, action: str, *,
    undoes: bool = False, until: datetime | None = None, detail: str = "",
) -> None:
    """A line about a step that was taken before. undoes: it points at the line of the step itself."""
    taken = select(LogEntry.id).where(LogEntry.sanction == sanction.public_id, LogEntry.action == f"step_{sanction.step}")
    write_log(
        session, sanction.group_id, action, by=by and by.handle, about=sanction.member.handle, agreement=sanction.agreement,
        until=until, sanction=sanction.public_id, undoes_id=session.scalar(taken) if undoes else None, detail=detail,
    )


def _bring_back(session, member, bans):
    member.barred_until = None
    by_ban = any(
        ban.made_at - ONE_ACT <= member.left_at < ban.until and (ban.lifted_at is None or ban.lifted_at >= member.left_at)
        for ban in bans
    )
    if by_ban and not _kept_out_everywhere(session, member):  # whoever had left by themselves stays away
        member.left_at = None


def _kept_out_everywhere(session, member):
    barred = session.get(Account, member.account_id).barred_until
    return barred is not None and barred > clock.now()
