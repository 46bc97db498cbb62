"""Whether the people behind a batch of commands still belong, at the moment of writing."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from groups.accounts.models import SignIn
from groups.db import padded
from groups.errors import NotFound, Refused
from groups.membership.models import Membership

# Made once: both are asked for every batch. (Joined they are one question, which SQLite answers by looking
# at every sign-in of the batch for every member of it.)
_MEMBERS = (
    select(Membership.id, Membership.account_id)
    .where(Membership.id.in_(bindparam("ids", expanding=True)), Membership.left_at.is_(None))
)
_SIGN_INS = select(SignIn.id, SignIn.account_id).where(SignIn.id.in_(bindparam("ids", expanding=True)))


class Standing:
    """Whether the people behind a batch still belong and are still signed in, by two questions for all of
    them inside the transaction that writes: nobody's words are stored after they were removed."""

    def __init__(self, connection, pairs: Iterable[tuple[int | None, int | None]]):
        """Each pair is a membership and the sign-in it acts by; None for the room itself."""
        pairs = set(pairs)
        self._members = _accounts(connection, _MEMBERS, {member for member, _ in pairs})
        self._sign_ins = _accounts(connection, _SIGN_INS, {sign_in for _, sign_in in pairs})

    def check(self, membership_id: int | None, sign_in_id: int | None) -> None:
        """Raises NotFound for a former member, Refused("signed_out") where the sign-in has ended. (The accounts
        are compared, because somebody else may have come in by the same browser since.)"""
        account = self._members.get(membership_id)
        if membership_id is not None and account is None:
            raise NotFound()
        if sign_in_id is not None and (account is None or self._sign_ins.get(sign_in_id) != account):
            raise Refused("signed_out")


def _accounts(connection, question, ids):
    """Whose account each of these is, of those that are still there."""
    ids = ids - {None}
    return dict(map(tuple, connection.execute(question, {"ids": padded(ids)}))) if ids else {}
