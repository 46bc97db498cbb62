"""The cast. Every test tells its story with the same few people:

Maya looks after Harbour and chairs, Tom and Nia are members there; Rosa looks after Willow, the
group for partners and family, where Vera is a member; Otto is signed in and belongs nowhere.
Harbour meets in the Quay and takes anybody; Willow meets in the Grove and takes people by
invitation."""

import json
from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import select

from groups import clock
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import hashed
from groups.db import change, reading
from groups.forms_again_http import FIELD, token_of
from groups.ids import token
from groups.membership.models import Access, Agreement, Group, Membership, Role
from groups.membership.names import name_key
from groups.rooms.models import Door, Room

GROUPS = {
    # group: (what it is for, for whom, who may come, zone, its people, its room)
    "Harbour": ("A quiet hour to say how it is.", "anybody", Access.OPEN, "Europe/London", ("Maya", "Tom", "Nia"), "The Quay"),
    "Willow": (
        "An hour of our own.", "partners and family", Access.CLOSED, "America/New_York", ("Rosa", "Vera"), "The Grove",
    ),
}
MODERATORS = ("Maya", "Rosa")
OUTSIDERS = ("Otto",)
AGREEMENTS = (
    "What is said here stays here.",
    "We speak of ourselves and give no advice unasked.",
    "No contact details.",
)


def move_in() -> None:
    """Write the cast into the (empty, migrated) database in use."""
    with change() as (session, _):
        for name, (purpose, for_whom, access, zone, people, room) in GROUPS.items():
            group = Group(name=name, purpose=purpose, for_whom=for_whom, access=access, zone=zone)
            group.agreements = [Agreement(number=n, text=text) for n, text in enumerate(AGREEMENTS, 1)]
            door = Door.ANYONE if access == Access.OPEN else Door.MEMBERS
            session.add_all([group, Room(group=group, name=room, door=door)])
            session.add_all(_member(person, group) for person in people)
        session.add_all(Account() for _ in OUTSIDERS)


def _member(name, group):
    role = Role.MODERATOR if name in MODERATORS else Role.MEMBER
    return Membership(
        account=Account(), group=group, name=name, name_key=name_key(name), role=role, first_shared_at=clock.now()
    )


@dataclass
class Person:
    """Somebody with a browser. Signed in at their first request, so that a test may set the clock
    before; `account` and `membership` are None for a visitor and for outsiders."""

    name: str
    account: Account | None
    membership: Membership | None
    client: FlaskClient
    signed_in: bool = False

    def get(self, path: str, **how):
        """Open a page; `how` is passed on to Flask's test client."""
        self._come_in()
        return self.client.get(path, **how)

    def post(self, path: str, **form):
        """Send a form; every keyword is a field of it."""
        self._come_in()
        return self.client.post(path, data=form)

    def sign_in(self) -> None:
        """Get a (new) cookie for this person's account, as if the seven words had been typed."""
        whose = str(self.account.id)
        forms = token_of(whose, self.client.application.secret_key)
        cookie, notes = token(), json.dumps({"_user_id": whose, "_fresh": True, FIELD: forms})
        with change() as (session, _):
            session.add(SignIn(token_hash=hashed(cookie), account_id=self.account.id, notes=notes))
        self.client.set_cookie(self.client.application.session_interface.name, cookie)
        self.signed_in = True

    def _come_in(self):
        if self.account and not self.signed_in:
            self.sign_in()


def person(app, name: str) -> Person:
    """One of the cast, with a browser of their own for this app."""
    with reading() as session:
        membership = session.scalar(select(Membership).where(Membership.name == name))
        if membership:
            account = session.get(Account, membership.account_id)
        else:
            nowhere = select(Account).where(Account.id.not_in(select(Membership.account_id))).order_by(Account.id)
            account = session.scalars(nowhere).all()[OUTSIDERS.index(name)]
    return Person(name, account, membership, app.test_client())
