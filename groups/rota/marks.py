"""One word about an hour for lists of hours: that the reader serves there, comes, has a place or waits
for one. For the reader alone."""

from collections.abc import Iterable

from sqlalchemy import func, select

from groups.membership.models import Membership
from groups.rota.models import Coming, Duty
from groups.rota.reaching import kept_places
from groups.schedule import marks as schedule_marks
from groups.schedule.models import Meeting
from groups.schedule.projection import SIGNED_UP

SERVES, COMES, HAS_PLACE, WAITS = "you serve", "you plan to come", "you have a place", "you are waiting"


def offer_to_the_calendar() -> None:
    """Let the calendar ask us; when the house starts."""
    schedule_marks.offer(words_for, served)
    if signed_up not in SIGNED_UP:
        SIGNED_UP.append(signed_up)


def signed_up(session, meeting_ids: Iterable[int]) -> int:
    """How many people serve at or plan to come to these meetings, one who does both counted twice."""
    ids = list(meeting_ids)
    rows = (select(func.count()).select_from(kind).where(kind.meeting_id.in_(ids)) for kind in (Duty, Coming))
    return sum(session.scalar(count) for count in rows)


def words_for(session, account_id: int, meeting_ids: Iterable[int]) -> dict[int, str]:
    """{meeting's id: word}, for those of these meetings that are something to this account."""
    ids = list(meeting_ids)
    mine = (Membership.account_id == account_id, Membership.left_at.is_(None))
    plans = select(Coming.has_place, Meeting).join(Meeting, Coming.meeting_id == Meeting.id)
    plans = plans.join(Membership, Coming.membership_id == Membership.id).where(*mine, Meeting.id.in_(ids))
    found = {
        meeting.id: WAITS if not has_place else COMES if kept_places(session, meeting) is None else HAS_PLACE
        for has_place, meeting in session.execute(plans)
    }
    return found | dict.fromkeys(session.scalars(served(account_id).where(Duty.meeting_id.in_(ids))), SERVES)


def served(account_id: int):
    """A select of the ids of the meetings at which this account serves."""
    query = select(Duty.meeting_id).join(Membership, Duty.membership_id == Membership.id)
    return query.where(Membership.account_id == account_id, Membership.left_at.is_(None))
