"""Looking at reports: those who look after the group at all of them, everybody at what came of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select, update

from groups import clock, policy
from groups.db import change, reading
from groups.errors import Failure, NotFound
from groups.membership.models import Membership
from groups.reports.bystanders import still_known
from groups.reports.deciding import other_deciders
from groups.reports.evidence import Said, unpacked
from groups.reports.models import Report
from groups.reports.reporting import KEPT, key_of
from groups.schedule.models import Meeting
from groups.sealing import KeyGone, Keyring


@dataclass(frozen=True)
class Seen:
    """A report with the names it speaks of."""

    report: Report
    about: Membership | None
    meeting: Meeting | None

    @property
    def is_open(self) -> bool:
        """True while somebody may still decide it."""
        return self.report.decided_at is None and clock.now() < self.report.until


@dataclass(frozen=True)
class Opened:
    """What a report holds, and whether whoever reads it may decide. words, evidence: empty once decided."""

    seen: Seen
    words: str
    evidence: list[Said]
    refusal: str | None  # the reason word, where somebody else is to decide


def reports_of(by: Membership) -> tuple[list[Seen], list[Seen]]:
    """The group's open reports, the longest waiting first; and what was decided in the last fortnight, the
    latest first. Not those about whoever asks. Asks policy.may_read_reports."""
    policy.may_read_reports(by)
    not_about_me = or_(Report.about_id.is_(None), Report.about_id != by.id)
    now = clock.now()
    lately = or_(and_(Report.decided_at.is_(None), Report.until > now), Report.decided_at > now - KEPT)
    found = _look(Report.group_id == by.group_id, not_about_me, lately)
    waiting = sorted((one for one in found if one.is_open), key=lambda one: one.report.made_at)
    decided = [one for one in found if one.report.decided_at is not None]
    return waiting, sorted(decided, key=lambda one: one.report.decided_at, reverse=True)


def open_report(keyring: Keyring, by: Membership, report_id: str) -> Opened:
    """One report, with what it sealed. Raises NotFound, Refused("for_moderators")."""
    policy.may_read_reports(by)
    seen = next(iter(_look(Report.public_id == report_id)), None)
    if seen is None:
        raise NotFound()
    policy.may_read_report(by, seen.report)
    with reading() as session:
        others = other_deciders(session, by, seen.report)
    try:
        policy.may_decide_report(by, seen.report, others)
    except Failure as failure:
        refusal = failure.reason
    else:
        refusal = None
    words, evidence = _unsealed(keyring, seen) if seen.is_open else ("", [])
    return Opened(seen, words, evidence, refusal)


def own_reports(member: Membership) -> list[Seen]:
    """What this member told of and what came of it, the latest first. Those that were answered are read by it."""
    policy.may_act(member)
    found = _look(Report.by_id == member.id)
    unread = [one.report.id for one in found if one.report.decided_at and not one.report.heard_back_at]
    if unread:
        with change() as (session, _):
            session.execute(update(Report).where(Report.id.in_(unread)).values(heard_back_at=clock.now()))
    return sorted(found, key=lambda one: one.report.made_at, reverse=True)


def answers_for(member: Membership) -> int:
    """How many of this member's reports were answered since they last looked."""
    with reading() as session:
        mine = select(Report.id).where(Report.by_id == member.id, Report.decided_at.is_not(None), Report.heard_back_at.is_(None))
        return len(session.scalars(mine).all())


def waiting_for(session, members: Mapping[int, Membership]) -> list:
    """The open reports each of these may decide, the longest waiting first, without what they seal.
    members: by group. Asks policy.may_decide_report."""
    what = select(Report.group_id, Report.public_id, Report.made_at, Report.about_id, Report.by_id)
    still = what.where(Report.group_id.in_(members), Report.decided_at.is_(None), Report.until > clock.now())
    return [
        one for one in session.execute(still.order_by(Report.made_at, Report.id))
        if policy.allows(policy.may_decide_report, members[one.group_id], one, _others(session, members[one.group_id], one))
    ]


def _others(session, by, report):
    return other_deciders(session, by, report) if report.by_id == by.id else 0  # it is asked of its reporter alone


def _unsealed(keyring, seen):
    report, key = seen.report, key_of(seen.report.public_id)
    try:
        words = keyring.open(key, report.sealed_words, b"words").decode() if report.sealed_words else ""
        evidence = unpacked(keyring.open(key, report.sealed_evidence, b"evidence")) if report.sealed_evidence else []
    except KeyGone:  # decided this moment
        return "", []
    with reading() as session:
        return words, still_known(session, evidence)


def _look(*which):
    rows = (
        select(Report, Membership, Meeting).outerjoin(Membership, Membership.id == Report.about_id)
        .outerjoin(Meeting, Meeting.id == Report.meeting_id).where(*which)
    )
    with reading() as session:
        return [Seen(*row) for row in session.execute(rows)]
