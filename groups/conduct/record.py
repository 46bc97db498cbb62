"""Writing down what was done about somebody, in the transaction that does it; and what was done lately."""

from datetime import datetime

from sqlalchemy import or_, select

from groups import clock
from groups.conduct.ladder import REMEMBERED, REVIEWED_WITHIN, height
from groups.conduct.models import Incident, Sanction, Signal, Step
from groups.logbook.writing import write_log
from groups.membership.models import Membership


def highest_lately(session, membership_id: int) -> str | None:
    """The highest step this member was put on within the time steps are remembered, lifted ones and
    those a second person has not agreed to not counted; None for none."""
    lately = select(Sanction.step).where(
        Sanction.membership_id == membership_id, Sanction.lifted_at.is_(None), Sanction.made_at > clock.now() - REMEMBERED,
        or_(Sanction.until.is_(None), Sanction.until > Sanction.made_at),
    )
    return max(session.execute(lately).scalars(), key=height, default=None)


def left_tonight(session, membership_id: int) -> bool:
    """Whether this member was asked to leave for tonight, and the night is not over."""
    mine = (Sanction.membership_id == membership_id, Sanction.step == Step.LEAVE, Sanction.lifted_at.is_(None))
    return session.execute(select(Sanction.id).where(*mine, Sanction.until > clock.now())).first() is not None


def write_step(
    session,
    member: Membership,
    step: Step,
    agreement: int,
    *,
    by: Membership | None,
    until: datetime | None = None,
    asked_until: datetime | None = None,
    emergency: str | None = None,
    meeting_id: int | None = None,
    meeting: str | None = None,
    report: str | None = None,
) -> Sanction:
    """Store a step, its line in the log, and an incident where steps were skipped. session: one that
    writes; meeting: the public id that belongs to meeting_id. Nothing is asked here: the policy was."""
    sanction = Sanction(
        group_id=member.group_id, membership_id=member.id, step=step, agreement=agreement, by_id=by and by.id,
        until=until, asked_until=asked_until, emergency=emergency, meeting_id=meeting_id,
    )
    session.add(sanction)
    session.flush()
    if emergency:
        session.add(Incident(group_id=member.group_id, sanction_id=sanction.id, due_at=clock.now() + REVIEWED_WITHIN))
    write_log(
        session, member.group_id, f"step_{step}", by=by and by.handle, about=member.handle, agreement=agreement, until=until,
        meeting=meeting, sanction=sanction.public_id, report=report, detail=emergency or "",
    )
    return sanction


def write_signal(session, member: Membership, kind: str, other: str | None = None, meeting: str | None = None) -> None:
    """Store one thing that may be part of a pattern. other: a handle, where it is somebody's report."""
    session.add(Signal(group_id=member.group_id, membership_id=member.id, kind=kind, other=other, meeting=meeting))
