"""Whether the people behind a batch of commands still belong, at the moment of writing."""

from sqlalchemy import select

from groups.accounts.models import SignIn
from groups.errors import NotFound, Refused
from groups.membership.models import Membership


class Standing:
    """Whether the people behind a batch still belong and are still signed in, by one query each,
    inside the transaction that writes: nobody's words are stored after they were removed."""

    def __init__(self, connection, jobs):
        members = {job.membership_id for job in jobs if job.membership_id is not None}
        sign_ins = {job.sign_in_id for job in jobs if job.sign_in_id is not None}
        self.members = dict(iter(connection.execute(
            select(Membership.id, Membership.account_id).where(Membership.id.in_(members), Membership.left_at.is_(None))
        ))) if members else {}
        self.sign_ins = dict(iter(connection.execute(
            select(SignIn.id, SignIn.account_id).where(SignIn.id.in_(sign_ins), SignIn.account_id.is_not(None))
        ))) if sign_ins else {}

    def check(self, job):
        if job.membership_id is not None and job.membership_id not in self.members:
            raise NotFound()
        # The account is compared, too: somebody else may have come in by the same browser since.
        if job.sign_in_id is not None and self.sign_ins.get(job.sign_in_id) != self.members.get(job.membership_id):
            raise Refused("signed_out")
