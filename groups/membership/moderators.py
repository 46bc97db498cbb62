"""Who looks after a group, counted."""

from sqlalchemy import func, select

from groups.membership.models import Membership, Role


def moderators_besides(session, group_id: int, *besides: int | None) -> int:
    """How many people look after the group, these memberships not counted; None stands for nobody."""
    there = (Membership.group_id == group_id, Membership.role == Role.MODERATOR, Membership.left_at.is_(None))
    known = [one for one in besides if one is not None]
    return session.scalar(select(func.count()).where(*there, Membership.id.not_in(known)))
