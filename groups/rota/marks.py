"""What an hour is to a member, for the calendar: "you serve", "you plan to come"."""

from collections.abc import Iterable

from sqlalchemy import select

from groups.membership.models import Membership
from groups.rota.models import Coming
from groups.schedule import marks
from groups.schedule.models import Duty

SERVE, COME, WAIT = "you serve", "you plan to come", "you wait for a place"


def offer_to_the_calendar() -> None:
    """Let the calendar ask us; when the house starts."""
    marks.offer(words_for, served_by)


def words_for(session, account_id: int, meeting_ids: Iterable[int]) -> dict[int, str]:
    """{meeting's id: word}. Who serves also comes, so that is said alone."""
    ids = list(meeting_ids)
    comings = select(Coming.meeting_id, Coming.has_place).join(Membership, Coming.membership_id == Membership.id)
    comings = comings.where(Coming.meeting_id.in_(ids), *_is_theirs(account_id))
    found = {meeting: COME if has_place else WAIT for meeting, has_place in session.execute(comings)}
    return found | dict.fromkeys(session.scalars(served_by(account_id).where(Duty.meeting_id.in_(ids))), SERVE)


def served_by(account_id: int):
    """A select of the ids of the meetings at which this account serves."""
    return select(Duty.meeting_id).join(Membership, Duty.membership_id == Membership.id).where(*_is_theirs(account_id))


def _is_theirs(account_id):
    return Membership.account_id == account_id, Membership.left_at.is_(None)
