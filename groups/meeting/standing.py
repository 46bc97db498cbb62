"""Whether the people behind a batch of commands still belong, at the moment of writing."""

from collections.abc import Iterable

from sqlalchemy import and_, bindparam, select

from groups.accounts.models import SignIn
from groups.errors import NotFound, Refused
from groups.membership.models import Membership

# Made once: it is asked for every batch. The account is compared, too: somebody else may have come in
# by the same browser since.
_MINE = and_(SignIn.account_id == Membership.account_id, SignIn.id.in_(bindparam("sign_ins", expanding=True)))
_STILL_THERE = (
    select(Membership.id, SignIn.id).outerjoin(SignIn, _MINE)
    .where(Membership.id.in_(bindparam("members", expanding=True)), Membership.left_at.is_(None))
)


class Standing:
    """Whether the people behind a batch still belong and are still signed in, by one query for all of
    them inside the transaction that writes: nobody's words are stored after they were removed."""

    def __init__(self, connection, pairs: Iterable[tuple[int | None, int | None]]):
        """Each pair is a membership and the sign-in it acts by; None for the room itself."""
        members = {member for member, _ in pairs if member is not None}
        there = {"members": list(members), "sign_ins": list({sign_in for _, sign_in in pairs if sign_in is not None})}
        self._signed_in = set(map(tuple, connection.execute(_STILL_THERE, there))) if members else set()
        self._members = {member for member, _ in self._signed_in}

    def check(self, membership_id: int | None, sign_in_id: int | None) -> None:
        """Raises NotFound for a former member, Refused("signed_out") where the sign-in has ended."""
        if membership_id is not None and membership_id not in self._members:
            raise NotFound()
        if sign_in_id is not None and (membership_id, sign_in_id) not in self._signed_in:
            raise Refused("signed_out")
