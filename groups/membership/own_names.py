"""The names one account goes by in its groups. Whoever is in two of them would read the same name twice, and know
that it is one person: so the same one is asked about once, and is theirs to keep.

It is about the account's own names and nothing else. Nobody learns by it who goes by what."""

from sqlalchemy import select

from groups import clock
from groups.accounts.models import Account
from groups.errors import Invalid
from groups.membership.models import Group, JoinRequest, Membership
from groups.membership.names import name_key


def ask_once(session, account: Account | None, group: Group | None, name: str, told: str, field: str = "name") -> None:
    """Before a name is taken up in this group (None: one that begins with it). told: the key of the name they
    were asked about already. Raises Invalid(field, "name_of_yours"), which says the key to be told."""
    key = name_key(name)
    if account is not None and key != told and key in _elsewhere(session, account.id, group):
        raise Invalid(field, "name_of_yours", told=key)


def _elsewhere(session, account_id, group):
    """The keys of their names in other groups, and of those they asked for there. Whoever asked here under a name
    was asked about it then."""
    belongs = select(Membership.group_id, Membership.name_key)
    asked = select(JoinRequest.group_id, JoinRequest.name).where(JoinRequest.until > clock.now())
    current = session.execute(belongs.where(Membership.account_id == account_id, Membership.left_at.is_(None))).all()
    wishes = [(there, name_key(name)) for there, name in session.execute(asked.where(JoinRequest.account_id == account_id))]
    here = group and group.id
    known = {key for there, key in wishes if there == here}
    return {key for there, key in [*current, *wishes] if there != here} - known
