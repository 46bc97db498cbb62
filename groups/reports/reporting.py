"""Telling those who look after the group of a share, a person or an hour.

Whoever reports is not named to anybody, in the log neither; they hear back what came of it."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from groups import clock, policy
from groups.conduct.record import write_signal
from groups.db import change, fresh
from groups.errors import Refused
from groups.ids import public_id
from groups.logbook.writing import write_log
from groups.meeting.ledger import Ledger
from groups.membership.models import Membership
from groups.membership.moderators import moderators_besides
from groups.reports.evidence import Said, evidence_of, packed
from groups.reports.models import Report
from groups.schedule.models import Meeting
from groups.sealing import Keyring
from groups.text import one_line, one_of, paragraphs, whole_number

REASONS = ("contact", "threats", "exposing", "graphic", "unkind", "worried", "other")
EMERGENCY_AS = {"solicitation": "contact"}  # what an emergency is called as a report, where the words differ
MOST_WORDS = 600
MOST_WHERE = 120  # characters
HIGHEST = 10_000_000  # number of a share, as on the wire
MOST_WAITING = 10  # undecided reports one person may have in a group: a flood would hide the others'
KEPT = timedelta(days=14)


@dataclass(frozen=True)
class ReportMade:
    """News, after the commit: there is something to read. meeting_id: None for one without a share; about: the
    handle of whom it is about, who hears nothing of it, or None."""

    meeting_id: int | None
    group_id: int
    public_id: str
    about: str | None = None


def key_of(report_id: str) -> str:
    """The name of a report's own key, by its public id."""
    return f"r{report_id}"


def report_share(
    ledger: Ledger, keyring: Keyring, member: Membership, meeting: Meeting, number: int, reason: str, words: str = "",
    about_person: bool = False,
) -> Report:
    """Tell of a share (its number on the floor), or of the person whose share it is. Telling of the same
    share twice is telling once.

    Raises Invalid for number, reason or words; Refused (no_such_share, said_is_gone, was_not_inside,
    report_own, reports_wait, nobody_to_read); NotFound for a former member."""
    reason, words = _checked(reason, words)
    evidence = _asked(ledger, member, meeting, number)
    share = next(one for one in evidence if one.reported)
    report_id = public_id()
    with _own_key(keyring, report_id), change() as (session, announce):
        member = _one_by_one(session, member)
        mine = select(Report).where(Report.by_id == member.id, Report.meeting_id == meeting.id, Report.share == number)
        if earlier := session.scalar(mine):
            return earlier
        _refuse_a_flood(session, member)
        about = session.scalar(select(Membership).where(Membership.handle == share.handle, Membership.group_id == member.group_id))
        policy.refuse_unless(about is None or _somebody_reads(session, about), "nobody_to_read")
        report = Report(
            public_id=report_id, group_id=member.group_id, meeting_id=meeting.id, about_id=about and about.id, by_id=member.id,
            what="person" if about_person else "share", reason=reason, share=number,
        )
        return _stored(session, announce, keyring, report, words, evidence, about, member, meeting.public_id)


def report_hour(keyring: Keyring, member: Membership, reason: str, words: str = "", where: str = "") -> Report:
    """Tell of an hour, when what was said in it may be gone already. where: which hour or
    who, in a line that is sealed above the words. Raises Invalid for reason, words or where,
    Refused("reports_wait"), NotFound for a former member."""
    reason, words = _checked(reason, words)
    if where.strip():
        words = "\n\n".join(filter(None, (one_line("where", where, MOST_WHERE), words)))
    report_id = public_id()
    with _own_key(keyring, report_id), change() as (session, announce):
        member = _one_by_one(session, member)
        _refuse_a_flood(session, member)
        report = Report(public_id=report_id, group_id=member.group_id, by_id=member.id, what="hour", reason=reason)
        return _stored(session, announce, keyring, report, words, (), None, member, None)


def report_removal(
    session, announce, keyring: Keyring, evidence: Sequence[Said], *, by: Membership | None, about: Membership,
    meeting: Meeting, emergency: str,
) -> Report:
    """Keep what an emergency removal was about, so that somebody else can look at it. In the change
    of whoever removes; nothing is asked here. evidence: from `evidence_of`, read before the share was
    taken out, or nothing. emergency: a word of `conduct.ladder.EMERGENCIES`."""
    share = next((one.number for one in evidence if one.reported), None)
    report = Report(
        public_id=public_id(), group_id=about.group_id, meeting_id=meeting.id, about_id=about.id, by_id=by and by.id,
        what="person", reason=EMERGENCY_AS.get(emergency, emergency), share=share,
    )
    # Whoever removes is nobody who was reported to: it is one person's step, not one more person's report.
    return _stored(session, announce, keyring, report, "", evidence, about, by, meeting.public_id, signals=False)


def whose_share(ledger: Ledger, member: Membership, meeting: Meeting, number: int) -> str:
    """The name that stands above this share, for whoever may tell of it. Raises what `report_share` does."""
    return next(one.name for one in _asked(ledger, member, meeting, number) if one.reported)


def _asked(ledger, member, meeting, number):
    number = whole_number("number", number, 1, HIGHEST)
    live, evidence = evidence_of(ledger, meeting.id, number)
    policy.may_report_share(member, live.state.person(member.handle), live.state.shares[number])
    return evidence


def _checked(reason, words):
    return one_of("reason", reason, REASONS), paragraphs("words", words, MOST_WORDS)


def _one_by_one(session, member):
    """The member as they are now; whoever presses twice is served one after the other."""
    session.execute(select(Membership.id).where(Membership.id == member.id).with_for_update())
    member = fresh(session, member)
    policy.may_act(member)
    return member


def _somebody_reads(session, about):
    """A group whose only moderator it is about has nobody for it: rather said now than in a fortnight."""
    return moderators_besides(session, about.group_id, about.id) > 0


def _refuse_a_flood(session, member):
    waiting = select(func.count()).where(Report.by_id == member.id, Report.decided_at.is_(None))
    if session.scalar(waiting) >= MOST_WAITING:
        raise Refused("reports_wait")


@contextmanager
def _own_key(keyring, report_id):
    """A key whose report did not come to be goes again."""
    try:
        yield
    except BaseException:
        keyring.destroy(key_of(report_id))
        raise


def _stored(session, announce, keyring, report, words, evidence, about, by, meeting, *, signals=True):
    """Seal, store, and write what those who look after the group may know: that there is one. Its line names
    nobody who told; whom it is about it bears, so that it is kept from them for as long as the log stands."""
    key = key_of(report.public_id)
    keyring.create(key)
    report.until = clock.now() + KEPT
    report.sealed_words = keyring.seal(key, words.encode(), b"words") if words else None
    report.sealed_evidence = keyring.seal(key, packed(evidence), b"evidence") if evidence else None
    session.add(report)
    session.flush()
    if about is not None and signals:
        write_signal(session, about, "reported", other=by and by.handle, meeting=meeting)
    write_log(
        session, report.group_id, "report_made", by=None, about=about and about.handle, meeting=meeting, report=report.public_id,
        detail=report.reason,
    )
    announce(ReportMade(report.meeting_id, report.group_id, report.public_id, about and about.handle))
    return report
