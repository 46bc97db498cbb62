"""Answering without a name: that somebody answered and what was answered are written in one transaction,
into two tables that nothing joins.

Neither has a time. The rows of counts are all made before anybody answers, in the order of the
choices, so their order says nothing; and every answer rewrites all of them alike, so that a database
which marks what a transaction touched (PostgreSQL does) marks every row with the last one. What is
left is what no table can hide: whoever owns the machine and copies it before and after one answer can
tell the two apart. The ballots are forgotten when the answering is over (`keeping.py`)."""

from sqlalchemy import case, insert, update
from sqlalchemy.exc import IntegrityError

from groups.errors import Refused


def cast_ballot(session, ballot) -> None:
    """Note that somebody answered. ballot: a new row of VoteBallot or InventoryBallot. Raises
    Refused("answered_already") the second time, also where both arrive at once."""
    session.add(ballot)
    try:
        session.flush()
    except IntegrityError:
        raise Refused("answered_already") from None


def lay_out(session, table, rows: list[dict]) -> None:
    """Make the rows to count in, all at once."""
    session.execute(insert(table), [row | {"times": 0} for row in rows])


def add_one(session, table, whole, chosen) -> None:
    """One more for the rows `chosen`, in a statement that rewrites every row of `whole`."""
    counted = update(table).where(whole).values(times=table.times + case((chosen, 1), else_=0))
    session.execute(counted.execution_options(synchronize_session=False))
