"""The socket event of a report: the same action as the plain form's. And the room hears that one came in."""

from typing import Annotated

import msgspec

from groups.concurrency import off_loop
from groups.meeting.actions import meeting_of
from groups.meeting.commands import ROOM
from groups.meeting.commands_safety import NoteReport, SettleReport
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.shapes import Number, Payload
from groups.reports.deciding import ReportDecided
from groups.reports.reporting import MOST_WORDS, REASONS, ReportMade, report_share
from groups.sentences import sentence
from realtime.handling import handles, house, ledger


class Reporting(Payload, frozen=True, kw_only=True):
    number: Number
    reason: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(REASONS)})$")]
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)] | None = None
    person: bool = False


@handles("report", Reporting)
def report(connection, seat, payload):
    """Tell those who look after the group of a share, or of whoever wrote it."""
    off_loop(_report, ledger(), house["keyring"], seat, payload)
    return {"text": sentence("thanks_for_telling")}


def _report(book, keyring, seat, payload):
    meeting = meeting_of(seat.meeting_id)
    report_share(book, keyring, seat.member, meeting, payload.number, payload.reason, payload.words or "", payload.person)


def tell_room(ledger: Ledger, news: ReportMade) -> None:
    """Moderators on duty see that something was reported, until it is decided. Does not wait."""
    if news.meeting_id is not None:
        ledger.submit(Job(news.meeting_id, NoteReport(by=ROOM, report=news.public_id, about=news.about)))


def untell_room(ledger: Ledger, news: ReportDecided) -> None:
    """It waits no longer. Does not wait."""
    if news.meeting_id is not None:
        ledger.submit(Job(news.meeting_id, SettleReport(by=ROOM, report=news.public_id)))
