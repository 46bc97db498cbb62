"""What one's own copy tells of one group: what somebody was there, planned, did and said."""

from sqlalchemy import or_, select

from groups.conduct.models import Sanction
from groups.conscience.models import InventoryBallot, Vote, VoteBallot
from groups.logbook.models import LogEntry
from groups.meeting.models import Entry
from groups.membership.models import Invitation, Membership, RoleOffer
from groups.moderation.appeal_actions import place_of_answer, place_of_words
from groups.moderation.log_lines import SOMEBODY, Known, line_of
from groups.moderation.models import Appeal
from groups.reports.models import Report
from groups.reports.reporting import key_of
from groups.rota.models import Attended, Coming, Debrief, Duty, Served
from groups.schedule.models import Meeting
from groups.sealing import KeyGone, Keyring, group_key


def told_of(session, member: Membership, keyring: Keyring) -> dict:
    """Everything of one membership, current or not."""
    def about(kind, *fields):
        return [_hour(session, one) | _fields(one, *fields) for one in _by(session, kind, kind.membership_id == member.id)]

    def answered(what, ballot):
        return session.scalars(what.where(ballot.membership_id == member.id)).all()

    offers = _by(session, RoleOffer, or_(RoleOffer.membership_id == member.id, RoleOffer.by_id == member.id))
    return {
        "group": member.group.name,
        **_fields(member, "name", "role", "handle", "joined_at", "left_at", "barred_until", "first_shared_at"),
        "let_into_hours": session.scalar(select(Attended.times).where(Attended.membership_id == member.id)) or 0,
        "served": about(Served, "kind", "times", "last_on"),
        "serves": about(Duty, "kind", "taken_at", "cover_asked_at"),
        "comes": about(Coming, "has_place", "asked_at", "confirmed_at"),
        "after_serving": about(Debrief, "how", "wants_talk", "at"),
        "answered_votes": answered(select(Vote.question).join(VoteBallot), VoteBallot),
        "answered_months": [f"{month:%Y-%m}" for month in answered(select(InventoryBallot.month), InventoryBallot)],
        "steps": [_step(session, one, keyring) for one in _by(session, Sanction, Sanction.membership_id == member.id)],
        "roles": [_fields(one, "role", "made_at", "until", "accepted") | {"asked_by_me": one.by_id == member.id} for one in offers],
        "reports": [_report(one, keyring) for one in _by(session, Report, Report.by_id == member.id)],
        "invitations": [
            _fields(one, "made_at", "until", "uses_left", "withdrawn_at")
            for one in _by(session, Invitation, Invitation.by_id == member.id)
        ],
        "done": [_done(one, member) for one in _by(session, LogEntry, LogEntry.by == member.handle)],
        "said": _said(session, member, keyring),
    }


def _by(session, kind, where):
    return session.scalars(select(kind).where(where).order_by(*kind.__table__.primary_key)).all()


def _fields(row, *names):
    return {name: getattr(row, name) for name in names}


def _hour(session, row):
    """Which hour this is about, where it is about one."""
    meeting = session.get(Meeting, row.meeting_id) if hasattr(row, "meeting_id") else None
    return {"hour": meeting.title, "starts_at": meeting.starts_at} if meeting else {}


def _step(session, step: Sanction, keyring):
    asked = session.scalar(select(Appeal).where(Appeal.sanction_id == step.id))
    key = group_key(step.member.group.slug)
    return _fields(step, "step", "agreement", "emergency", "made_at", "until", "lifted_at") | {
        "asked_to_look_again": None if asked is None else {
            "at": asked.made_at, "words": _opened(keyring, key, asked.sealed_words, place_of_words(asked)),
            "outcome": asked.outcome, "answer": _opened(keyring, key, asked.sealed_answer, place_of_answer(asked)),
        },
    }


def _report(report: Report, keyring):
    words = _opened(keyring, key_of(report.public_id), report.sealed_words, "words")
    return _fields(report, "what", "reason", "made_at", "outcome") | {"words": words}


def _done(entry: LogEntry, member):
    """As the log says it, of which the day is enough; whom it was about is theirs."""
    line = line_of(0, entry, Known({entry.about: SOMEBODY, member.handle: member.name}, rooms={}))
    return {"on": entry.at.date(), "said": line.text}


def _said(session, member, keyring):
    """Their words in hours that still have them. They open where the log sealed them: at their position."""
    rows = session.execute(
        select(Meeting.public_id, Meeting.title, Meeting.starts_at, Entry.position, Entry.sealed_words)
        .join(Meeting, Meeting.id == Entry.meeting_id)
        .where(Entry.author == member.handle, Entry.sealed_words.is_not(None)).order_by(Meeting.starts_at, Entry.position)
    )
    return [
        {
            "hour": row.title, "starts_at": row.starts_at,
            "words": _opened(keyring, row.public_id, row.sealed_words, f"{row.position}/words"),
        }
        for row in rows
    ]


def _opened(keyring, key, sealed, place):
    """The words, or None where there are none or their key is gone."""
    if sealed is None:
        return None
    try:
        return keyring.open(key, sealed, place.encode()).decode()
    except KeyGone:
        return None
