"""Whether the people behind a batch of commands still belong, at the moment of writing."""

from collections.abc import Iterable

from sqlalchemy import select

from groups.accounts.models import SignIn
from groups.errors import NotFound, Refused
from groups.membership.models import Membership
from groups.sql import among

# Made once: both are asked for every batch. (Joined they are one question, which SQLite answers by looking
# at every sign-in of the batch for every member of it.)
_MEMBERS = select(Membership.id, Membership.account_id).where(among(Membership.id, given="ids"), Membership.left_at.is_(None))
_SIGN_INS = select(SignIn.id, SignIn.account_id).where(among(SignIn.id, given="ids"))


def belonging(connection, memberships: set[int]) -> dict[int, int]:
    """Of these memberships those that are not over, each with its account. One query."""
    return dict(connection.execute(_MEMBERS, {"ids": memberships}).all()) if memberships else {}


def signed_in(connection, sign_ins: set[int]) -> dict[int, int]:
    """Of these sign-ins those that have not ended, each with its account. One query."""
    return dict(connection.execute(_SIGN_INS, {"ids": sign_ins}).all()) if sign_ins else {}


class Standing:
    """Whether the people behind a batch still belong and are still signed in, by two questions for all of
    them inside the transaction that writes: nobody's words are stored after they were removed."""

    def __init__(self, connection, pairs: Iterable[tuple[int | None, int | None]]):
        """Each pair is a membership and the sign-in it acts by; None for the room itself."""
        self._members, self._sign_ins = {}, {}
        self.ask(connection, pairs)

    def ask(self, connection, pairs: Iterable[tuple[int | None, int | None]]) -> None:
        """Find out about those of whom nothing was found so far."""
        pairs = set(pairs)
        self._members |= belonging(connection, {member for member, _ in pairs} - {None} - self._members.keys())
        self._sign_ins |= signed_in(connection, {sign_in for _, sign_in in pairs} - {None} - self._sign_ins.keys())

    def check(self, membership_id: int | None, sign_in_id: int | None) -> None:
        """Raises NotFound for a former member, Refused("signed_out") where the sign-in has ended. (The accounts
        are compared, because somebody else may have come in by the same browser since.)"""
        account = self._members.get(membership_id)
        if membership_id is not None and account is None:
            raise NotFound()
        if sign_in_id is not None and (account is None or self._sign_ins.get(sign_in_id) != account):
            raise Refused("signed_out")
