"""What came of a report: decided by a moderator, or run out. Either way its words are gone at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select

from groups import clock, policy
from groups.accounts.models import Account
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.logbook.models import LogEntry
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.membership.moderators import moderators_besides
from groups.reports.models import Report
from groups.reports.reporting import KEPT, key_of
from groups.sealing import Keyring
from groups.text import one_of

PASSED_ON = "passed_on"
OUTCOMES = ("nothing_needed", "spoken_to", "step_taken", PASSED_ON)
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

    Raises NotFound, Refused (for_moderators, report_by_you, report_decided, and for "passed_on" whatever
    policy.may_pass_on says), Invalid("outcome", …)."""
    one_of("outcome", outcome, OUTCOMES)
    with change() as (session, announce):
        by = fresh(session, by)
        report = session.scalar(select(Report).where(Report.public_id == report_id).with_for_update())
        if report is None:
            raise NotFound()
        policy.may_decide_report(by, report, other_deciders(session, by, report))
        if report.decided_at is not None or report.until <= clock.now():
            raise Refused("report_decided")
        about = report.about_id and session.get(Membership, report.about_id)
        if outcome == PASSED_ON:
            policy.may_pass_on(by, report, _asked_of_stewards(session, report, about), has_stewards(session))
        _end(report, outcome, by)
        write_log(
            session, by.group_id, "report_decided", by=by.handle, about=about and about.handle,
            report=report.public_id, detail=outcome,
        )
        announce(ReportDecided(report.meeting_id, report.group_id, report.public_id))
    keyring.destroy(key_of(report_id))
    return report


def other_deciders(session, by: Membership, report: Report) -> int:
    """How many moderators besides this one could decide: whoever it is about cannot."""
    return moderators_besides(session, report.group_id, by.id, report.about_id)


def has_stewards(session) -> bool:
    """Whether anybody decides what concerns more than one group."""
    return session.scalar(select(Account.id).where(Account.steward_since.is_not(None)).limit(1)) is not None


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
            about = report.about_id and session.get(Membership, report.about_id)
            asked = _asked_of_stewards(session, report, about) in ("waits", "decided") and has_stewards(session)
            _end(report, PASSED_ON if asked else LAPSED)  # whoever told is not told that nobody got to it
            write_log(session, report.group_id, "report_lapsed", by=None, about=about and about.handle, report=report.public_id)
            announce(ReportDecided(report.meeting_id, report.group_id, report.public_id))
        session.execute(delete(Report).where(_over(now)))
    return len(late)


def _asked_of_stewards(session, report, about):
    """Whether the stewards were asked about this person, by the group's own log: "not", "waits" or, since
    the report was made, "decided". None where there is nobody it is about."""
    if not about:
        return None
    lines = select(LogEntry.action, LogEntry.at).where(
        LogEntry.group_id == report.group_id, LogEntry.about == about.handle,
        LogEntry.action.in_(("stewards_asked", "stewards_barred", "stewards_declined")),
    )
    last = session.execute(lines.order_by(LogEntry.id.desc()).limit(1)).first()
    if last is None:
        return "not"
    if last.action == "stewards_asked":
        return "waits"
    return "decided" if last.at >= report.made_at else "not"


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
