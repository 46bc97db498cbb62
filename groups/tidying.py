"""Everything that goes by itself, in the order in which one process does it each minute. What is done in
each step stands in its own concept; here is the list. Wiping comes last, for it is of all of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from groups.accounts.answers import forget_answers
from groups.accounts.models import SignIn
from groups.backups.making import forget_backups
from groups.checkins.opening import forget_openings
from groups.conscience.keeping import forget_who_answered
from groups.db import change, reading
from groups.erasure.sweeping import sweep_accounts
from groups.meeting.keeping import purge_due
from groups.membership.asking import KEPT_FOR, forget_requests
from groups.membership.held_names import forget_names
from groups.membership.models import JoinRequest
from groups.moderation.appeal_actions import forget_words
from groups.moderation.note_models import MemberNote
from groups.moderation.notes import KEPT as NOTES_KEPT
from groups.moderation.notes import forget_notes
from groups.moderation.pattern_looks import forget_signals
from groups.reminding.due import forget_past
from groups.reports.deciding import forget_reports
from groups.reports.models import Report
from groups.reports.reporting import KEPT as REPORTS_KEPT
from groups.retention import wiping
from groups.retention.deletions import copy_out, forget_deletions
from groups.retention.tidying import Step, done_at, note_done
from groups.rota.care import forget_debriefs
from groups.schedule.models import IS_LIVE, Meeting
from groups.settings import Settings

# Moments that everything else is reckoned from, and how far ahead of now each can be at most.
AHEAD = (
    (Meeting.sealed_at, timedelta()),
    (SignIn.used_at, timedelta()),
    (Report.until, REPORTS_KEPT),
    (MemberNote.until, NOTES_KEPT),
    (JoinRequest.until, KEPT_FOR),
)
SLACK = timedelta(minutes=5)  # the clocks of several machines


def steps(ledger, keyring, settings: Settings) -> tuple[Step, ...]:
    """The steps, for a house with these."""
    return (
        Step("clock", mend_moments_ahead),
        Step("meetings", lambda now: purge_due(ledger, keyring, now)),
        Step("accounts", lambda now: sweep_accounts(keyring, now)),
        Step("pages", forget_answers),
        Step("reminded", forget_past),
        Step("reports", lambda now: forget_reports(keyring, now)),
        Step("appeals", forget_words),
        Step("notes", forget_notes),
        Step("signals", forget_signals),
        Step("debriefs", forget_debriefs),
        Step("answers", forget_who_answered),
        Step("requests", forget_requests),
        Step("names", forget_names),
        Step("openings", forget_openings),
        Step("deletions", lambda now: (copy_out(settings.backups), forget_deletions(settings.backups, now))),
        Step("backups", lambda now: forget_backups(settings.backups, now)),
        Step("disk", lambda _: wiping.wipe()),
        Step("rewrite", Nightly("rewritten", wiping.rewrite)),
    )


class Nightly:
    """Work that holds everybody up: once a day, at an hour in which nobody meets. (In a house where somebody
    always meets, after two days all the same.)"""

    DAY = timedelta(days=1)

    def __init__(self, name: str, work: Callable[[], object]):
        self._name, self._work = name, work  # remembered under that name: a restart every night is no reason to wait

    def __call__(self, now: datetime) -> None:
        since = abs(now - (done_at(self._name) or now - self.DAY))
        if since >= self.DAY * 2 or (since >= self.DAY and not _somebody_meets()):
            self._work()
            note_done(self._name, now)


def _somebody_meets():
    with reading() as session:
        return session.scalar(select(Meeting.id).where(IS_LIVE).limit(1)) is not None


def mend_moments_ahead(now: datetime) -> int:
    """Bring back to what is possible whatever was written by a clock that ran ahead: an hour sealed
    tomorrow would keep its words a day too long. Returns how many rows."""
    mended = 0
    for column, ahead in AHEAD:
        wrong = column > now + ahead + SLACK
        with reading() as session:
            there = session.query(column).where(wrong).first()
        if there:
            with change() as (session, _):
                mended += session.execute(update(column.class_).where(wrong).values({column.key: now + ahead})).rowcount
    return mended

