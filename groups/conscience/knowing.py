"""Who knows a group well enough to speak for it when it asks itself something."""

from sqlalchemy import select

from groups.db import reading
from groups.membership.models import Membership
from groups.rota.models import Attended


def knows_group(session, member: Membership) -> bool:
    """Whether this member is past their first week or was let into one of the group's hours: what a
    group asks itself is not answered by who came in a minute ago."""
    if not member.is_new:
        return True
    came = session.scalar(select(Attended.times).where(Attended.membership_id == member.id))
    return bool(came)


def may_answer_yet(member: Membership) -> bool:
    """The same, for a page."""
    with reading() as session:
        return knows_group(session, member)
