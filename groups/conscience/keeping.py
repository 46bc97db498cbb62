"""What the heartbeat asks: who answered is forgotten once the answering is over, and so is what fewer
than five answered, which nobody would ever be shown. Safe to run twice."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from groups.conscience.models import InventoryBallot, InventoryCount, Vote, VoteBallot, VoteCount
from groups.conscience.publishing import ENOUGH, first_of
from groups.db import change, reading

EVERYWHERE = timedelta(days=2)  # after a month's end in one zone it has ended in all of them
INVENTORIES_KEPT = timedelta(days=400)


def forget_who_answered(now: datetime) -> None:
    """Delete the ballots of votes and months that are over, the counts under five, and old inventories."""
    month = first_of((now - EVERYWHERE).date())
    over = select(Vote.id).where(Vote.until <= now)
    few_votes = select(VoteCount.vote_id).where(VoteCount.vote_id.in_(over)).group_by(VoteCount.vote_id)
    few_votes = few_votes.having(func.sum(VoteCount.times) < ENOUGH)
    due = (
        (VoteBallot, VoteBallot.vote_id.in_(over)),
        (VoteCount, VoteCount.vote_id.in_(few_votes)),
        (InventoryBallot, InventoryBallot.month < month),
        (InventoryCount, InventoryCount.month < first_of((now - INVENTORIES_KEPT).date())),
    )
    with reading() as session:
        due = [(kind, where) for kind, where in due if session.scalar(select(func.count()).select_from(kind).where(where))]
        few = _few_months(session, month)
    if due or few:
        with change() as (session, _):
            for kind, where in due:
                session.execute(delete(kind).where(where))
            for group_id, one in few:
                session.execute(delete(InventoryCount).where(InventoryCount.group_id == group_id, InventoryCount.month == one))


def _few_months(session, before):
    """(group, month) of every month that is over in which fewer than five answered."""
    key = InventoryCount.group_id, InventoryCount.month
    query = select(*key).where(InventoryCount.month < before, InventoryCount.question == "safe").group_by(*key)
    return session.execute(query.having(func.sum(InventoryCount.times) < ENOUGH)).all()
