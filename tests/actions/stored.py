"""Looking at what is stored, past every rule."""

from sqlalchemy import select

from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Group, Invitation, Membership


def everything():
    """Every row a refusal must leave as it was."""
    with reading() as session:
        return [
            [tuple(row) for row in session.execute(select(kind.__table__).order_by(kind.id))]
            for kind in (Account, Group, Membership, Invitation)
        ]


def row(kind, thing):
    with reading() as session:
        return session.get(kind, thing.id)
