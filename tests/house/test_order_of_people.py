"""What two observers are shown is in no order that an account brings along: with the same memberships, names
and moments, and the accounts behind them exchanged for others, each of them receives the same bytes."""

import re
from datetime import timedelta
from html import unescape

import msgspec
import pytest
from sqlalchemy import select, text

from groups import clock
from groups.accounts.models import Account
from groups.db import Model, change, reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.snapshots import snapshot
from groups.membership.models import Group, Membership
from groups.membership.names import name_key
from groups.rota.models import Attended, Coming, Duty, DutyKind, Served
from groups.schedule.models import Meeting
from tests import cast, hours
from tests.evenings import NOON, been_here, every_tuesday

LINKS = re.compile(r'href="(/[^"#]*)')
NAMES = {  # the same seven accounts, in this order
    "Harbour": ("Quentin", "Abel", "Zelda", "Milo", "Bea", "Yves", "Cleo"),
    "Willow": ("Dora", "Xenia", "Emil", "Walt", "Fay", "Ulla", "Gus"),
}
LOOKS_AFTER, WATCHES = {"Harbour": "Maya", "Willow": "Rosa"}, {"Harbour": "Nia", "Willow": "Vera"}
ROOMS = {"Harbour": "The Quay", "Willow": "The Grove"}
ONE_AT_A_TIME = (Segment("Shares", Mode.ONE_VOICE, minutes=60, least=1),)
LOOKED_AT = re.compile(  # the look's own: when it was, by which sign-in, and what makes its forms good for once
    r'(DTSTAMP|LAST-MODIFIED):\w+|"now":"[^"]+"|[?&]at=[^&"]+|data-still="[^"]+"|data-wait="\d+"|name="(csrf_token|client_id)" value="[^"]+"|<progress[^>]+>'
)
MOST = 40  # pages of one observer


@pytest.fixture
def world(app, freeze, maya, rosa, quay, grove, behind):
    """Seven people who are in both groups, joined each in another order, come, serve, wait and raise their hands."""
    freeze(NOON)
    been_here()
    evenings = {"Harbour": every_tuesday(maya, quay), "Willow": every_tuesday(rosa, grove)}
    with change() as (session, _):
        accounts = [Account(opened_at=NOON - timedelta(days=n)) for n in range(7)]
        session.add_all(accounts)
        session.flush()
        for turn, (name, names) in enumerate(NAMES.items()):
            group = session.scalar(select(Group).where(Group.name == name))
            both = list(zip(accounts, names, strict=True))
            members = [
                Membership(account=account, group=group, name=one, name_key=name_key(one), first_shared_at=NOON, joined_at=NOON - timedelta(days=60))
                for account, one in (both[::-1] if turn else both)
            ]
            session.add_all(members)
            session.flush()
            evening = session.get(Meeting, evenings[name].id)
            for n, member in enumerate(members):
                session.add(Coming(meeting_id=evening.id, membership_id=member.id, asked_at=NOON))
                session.add(Attended(membership_id=member.id, times=5))
                session.add(Served(membership_id=member.id, kind=DutyKind.SECOND, times=1, last_on=NOON.date()))
                if n < len(DutyKind):
                    session.add(Duty(meeting_id=evening.id, membership_id=member.id, kind=list(DutyKind)[n]))
    clerk, live = hours.Clerk.of(app.extensions["ledger"]), {}
    for name, names in NAMES.items():
        live[name] = hours.plan(ROOMS[name], begins_in=-5, form="check-in-45", phase="lobby")
        clerk.open_lobby(live[name], ONE_AT_A_TIME)
        clerk.bring_in(live[name], *names[:5], chair=LOOKS_AFTER[name])
        clerk.write(live[name], *(c.Knock(by=hours.handle(one), name=one) for one in names[5:]))
        clerk.begin(live[name], LOOKS_AFTER[name])
        clerk.write(live[name], *(c.RaiseHand(by=hours.handle(one)) for one in names[:4]))
    return live


def received(app, live) -> dict[tuple[str, str], str]:
    """{(observer, address): what they get there} of every page that one gets to, and what a page that opens in the
    live room is sent."""
    found = {}
    for group, meeting in live.items():
        for name in (LOOKS_AFTER[group], WATCHES[group]):
            observer = cast.person(app, name)
            waiting = [f"/g/{meeting.group.slug}", "/desk", "/calendar", "/"]
            while waiting and len(found) < 1000:
                path = waiting.pop(0)
                if (name, path) not in found and sum(one == name for one, _ in found) < MOST:
                    answer = observer.get(path)
                    found[name, path] = LOOKED_AT.sub("", answer.text)
                    if answer.mimetype == "text/html":
                        waiting += [unescape(link) for link in LINKS.findall(answer.text) if link.startswith(("/g/", "/calendar"))]
            seen = snapshot(app.extensions["ledger"], meeting.id, observer.membership.handle)
            found[name, "live"] = LOOKED_AT.sub("", msgspec.json.encode(seen).decode())
    return found


def exchange(order: list[int]) -> None:
    """Every account gets the number, and the moment it was opened, of another one: of the one in its place there."""
    kinds = [column for table in Model.metadata.sorted_tables for column in table.columns]
    refers = [one for one in kinds if any(key.target_fullname == "accounts.id" for key in one.foreign_keys)]
    with reading() as session:
        before = dict(iter(session.execute(select(Account.id, Account.opened_at))))
    new = dict(zip(sorted(before), order, strict=True))
    with change() as (session, _):
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for sign in (-1, 1):
            for column in (*refers, Account.__table__.c.id):
                for old, number in new.items():
                    was, becomes = (old, -number) if sign < 0 else (-number, number)
                    session.execute(column.table.update().where(column == was).values({column.key: becomes}))
        for number in order:
            session.execute(Account.__table__.update().where(Account.__table__.c.id == number).values(opened_at=before[number]))


def by_account(group: str) -> list[str]:
    with reading() as session:
        mine = select(Membership.name).join(Group).where(Group.name == group, Membership.name.in_(NAMES[group]))
        return list(session.scalars(mine.order_by(Membership.account_id)))


def test_observers_receive_the_same_whichever_accounts_stand_behind_the_names(app, world, freeze):
    moment = clock.now()
    first = received(app, world)
    assert len(first) > 100 and sum("Zelda" in page for page in first.values()) > 5
    with reading() as session:
        order = sorted(session.scalars(select(Account.id)), reverse=True)
    before = {group: by_account(group) for group in NAMES}
    exchange(order)
    assert {group: by_account(group)[::-1] for group in NAMES} == before, "the accounts are in another order now"
    freeze(moment)  # however long a look takes, nothing is a minute older in the next
    after = received(app, world)
    assert [where for where in {**first, **after} if first.get(where) != after.get(where)] == []
