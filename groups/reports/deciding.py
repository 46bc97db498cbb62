"""What came of a report: decided by a moderator, or run out. Either way its words are gone at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.logbook.writing import write_log
from groups.membership.models import Membership, Role
from groups.reports.models import Report
from groups.reports.reporting import KEPT, key_of
from groups.sealing import Keyring
from groups.text import one_of

OUTCOMES = ("nothing_needed", "spoken_to", "step_taken", "passed_on")
LAPSED = "lapsed"  # nobody decided in time
ROWS_KEPT = timedelta(days=90)  # after that, also who reported is forgotten, heard back or not


@dataclass(frozen=True)
class ReportDecided:
    """News, after the commit: one report fewer to read."""

    meeting_id: int | None
    group_id: int
    public_id: str


def decide_report(keyring: Keyring, by: Membership, report_id: str, outcome: str) -> Report:
    """Say what came of a report. Its key is destroyed, and what it sealed emptied.

    Raises NotFound, Refused (for_moderators, report_by_you, report_decided), Invalid("outcome", …)."""
    one_of("outcome", outcome, OUTCOMES)
    with change() as (session, announce):
        by = fresh(session, by)
        report = session.scalar(select(Report).where(Report.public_id == report_id).with_for_update())
        if report is None:
            raise NotFound()
        policy.may_decide_report(by, report, other_deciders(session, by, report))
        if report.decided_at is not None or report.until <= clock.now():
            raise Refused("report_decided")
        _end(report, outcome, by)
        about = report.about_id and session.get(Membership, report.about_id)
        write_log(
            session, by.group_id, "report_decided", by=by.handle, about=about and about.handle,
            report=report.public_id, detail=outcome,
        )
        announce(ReportDecided(report.meeting_id, report.group_id, report.public_id))
    keyring.destroy(key_of(report_id))
    return report


def other_deciders(session, by: Membership, report: Report) -> int:
    """How many moderators besides this one could decide: whoever it is about cannot."""
    able = select(func.count()).where(
        Membership.group_id == report.group_id, Membership.role == Role.MODERATOR, Membership.left_at.is_(None),
        Membership.id.not_in([by.id, report.about_id or 0]),
    )
    return session.scalar(able)


def forget_reports(keyring: Keyring, now: datetime) -> int:
    """End what nobody decided in time, delete what everybody has heard of, and see that the keys are
    gone that a decision was interrupted before destroying. Returns how many ran out."""
    with reading() as session:
        something = session.scalar(select(Report.id).where(or_(_ran_out(now), _over(now))).limit(1))
    count = _forget(now) if something else 0
    keys = keyring.names()
    with reading() as session:
        # Also those decided lately in another process: this one may still hold the key in memory.
        ended = session.scalars(select(Report.public_id).where(
            Report.decided_at.is_not(None), or_(Report.decided_at > now - timedelta(days=1), _named(keys)),
        )).all()
    for report_id in ended:
        keyring.destroy(key_of(report_id))
    return count


def _forget(now):
    with change() as (session, announce):
        late = session.scalars(select(Report).where(_ran_out(now)).with_for_update(skip_locked=True)).all()
        for report in late:
            _end(report, LAPSED)
            write_log(session, report.group_id, "report_lapsed", by=None, report=report.public_id)
            announce(ReportDecided(report.meeting_id, report.group_id, report.public_id))
        session.execute(delete(Report).where(_over(now)))
    return len(late)


def _end(report, outcome, by=None):
    report.outcome, report.decided_at, report.decided_by_id = outcome, clock.now(), by and by.id
    report.sealed_words = report.sealed_evidence = None


def _ran_out(now):
    return and_(Report.decided_at.is_(None), Report.until <= now)


def _over(now):
    heard = or_(Report.heard_back_at.is_not(None), Report.by_id.is_(None), Report.made_at < now - ROWS_KEPT)
    return and_(Report.decided_at < now - KEPT, heard)


def _named(keys):
    return Report.public_id.in_([key[1:] for key in keys if key.startswith("r")])
