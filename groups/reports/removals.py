"""What goes along with an emergency removal: the share it was about and the four around it, sealed for
whoever looks at it afterwards. They are read before it happens, because then they are gone."""

from collections.abc import Callable

from sqlalchemy import select

from groups.db import change
from groups.errors import Refused
from groups.meeting.commands_safety import RemoveNow
from groups.meeting.ledger import Ledger
from groups.meeting.safety import whom
from groups.membership.models import Membership
from groups.reports.evidence import evidence_of
from groups.reports.reporting import report_removal
from groups.schedule.models import Meeting
from groups.sealing import Keyring


def keep_evidence(keyring: Keyring) -> Callable:
    """What `meeting.actions.ALONG` calls before somebody is put out at once: it answers with what is to
    be done once they are."""

    def before(ledger: Ledger, by: Membership, meeting_id: int, command: RemoveNow) -> Callable[[], None]:
        live = ledger.look(meeting_id)
        handle = whom(live.state, command)
        theirs = [number for number, mark in live.state.shares.items() if mark.by == handle and not mark.removed]
        number = command.number or max(theirs, default=None)
        try:
            evidence = evidence_of(ledger, meeting_id, number)[1] if number else ()
        except Refused:  # it is gone already
            evidence = ()
        return lambda: _keep(keyring, evidence, by, meeting_id, handle, command.why)

    return before


def _keep(keyring, evidence, by, meeting_id, handle, why):
    with change() as (session, announce):
        about = session.scalar(select(Membership).where(Membership.handle == handle))
        meeting = session.get(Meeting, meeting_id)
        if about is not None and meeting is not None:
            report_removal(session, announce, keyring, evidence, by=by, about=about, meeting=meeting, emergency=why)
