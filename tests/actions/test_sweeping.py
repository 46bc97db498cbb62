"""Accounts nobody kept go by themselves; of their names stays untaken for a while what others had met."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts import passphrase
from groups.accounts.actions import SignedOut, keep_account, open_account
from groups.accounts.models import IDLE, UNKEPT, Account, SignIn
from groups.conduct.models import Signal
from groups.db import change, reading
from groups.erasure.sweeping import sweep_accounts
from groups.errors import Refused
from groups.membership.actions import MembershipEnded, found_group, join
from groups.membership.models import Group, Membership, Role
from groups.rooms.models import Room
from groups.rota.models import Attended
from tests.evenings import NOON
from tests.news import heard

HERON = {"name": "Heron", "purpose": "", "for_whom": "anybody", "access": "open", "zone": "UTC", "my_name": "Ines"}
SEVEN = ("abacus", "tshirt", "zoom", "yoyo", "dropdown", "ambulance", "felttip")


@pytest.fixture
def settings(app):
    return app.extensions["settings"]


@pytest.fixture
def sweep(app):
    """The sweep as the house's heartbeat does it."""
    return partial(sweep_accounts, app.extensions["keyring"])


@pytest.fixture
def told():
    """What was announced about sign-ins, in order."""
    with heard(SignedOut) as news:
        yield news


def signed_in(account, ago=timedelta()):
    with change() as (session, _):
        row = SignIn(token_hash=passphrase.derived(str(clock.now()), "a cookie of this test"), account_id=account and account.id)
        row.used_at = clock.now() - ago
        session.add(row)
        return row


def joins(group, name):
    """Somebody new in this group, under that name; their account is not kept."""
    return join(open_account(), group, name)[0]


def swept_a_day_after(sweep, freeze, moment):
    """A day has gone by, nobody came back, and it was tidied."""
    freeze(moment + UNKEPT + timedelta(minutes=1))
    assert sweep(clock.now()) > 0


def test_the_sweep_takes_only_what_nobody_can_come_back_to(settings, sweep, told, freeze):
    now = clock.now()
    freeze(now - UNKEPT - timedelta(hours=1))
    kept, lost, still_here, came_back_late = (open_account() for _ in range(4))
    keep_account(kept, SEVEN, settings)
    freeze(now)
    fresh = open_account()
    idle = [signed_in(lost, IDLE + timedelta(minutes=1)), signed_in(None, IDLE + timedelta(minutes=1)), signed_in(kept, timedelta(days=9))]
    living = [signed_in(still_here, IDLE - timedelta(minutes=1)), signed_in(came_back_late, timedelta())]
    with change() as (session, _):  # the cast has accounts of its own that nobody kept
        session.execute(Account.__table__.update().where(Account.id < kept.id).values(key=None, opened_at=now))
    assert sweep(now) == 1
    with reading() as session:
        left = set(session.scalars(select(Account.id).where(Account.id >= kept.id)))
        rows = set(session.scalars(select(SignIn.id)))
    assert left == {kept.id, still_here.id, came_back_late.id, fresh.id}
    assert rows == {row.id for row in living}
    assert {news.sign_in_id for news in told} == {row.id for row in idle}
    assert sweep(now) == 0


def test_it_goes_after_a_day(sweep, freeze):
    assert timedelta(hours=24) == UNKEPT
    freeze(NOON)
    lost = open_account()
    freeze(NOON + timedelta(hours=23, minutes=59))
    sweep(clock.now())
    with reading() as session:
        assert session.get(Account, lost.id)
    swept_a_day_after(sweep, freeze, NOON)
    with reading() as session:
        assert session.get(Account, lost.id) is None


def test_a_name_nobody_met_goes_along_and_is_free_at_once(harbour, sweep, otto, freeze):
    freeze(NOON)
    joins(harbour, "Olga")
    swept_a_day_after(sweep, freeze, NOON)
    with reading() as session:
        assert session.scalar(select(Membership).where(Membership.name == "Olga")) is None
    assert join(otto.account, harbour, "Olga")[0].name == "Olga"


def let_into_an_hour(session, member):
    session.add(Attended(membership_id=member.id, times=1))


def heard_in_an_hour_that_runs_still(session, member):
    session.get(Membership, member.id).first_shared_at = clock.now()


def put_out_of_the_group(session, member):
    session.get(Membership, member.id).barred_until = clock.now() + timedelta(days=7)


def left_after_an_hour(session, member):
    let_into_an_hour(session, member)
    session.get(Membership, member.id).left_at = clock.now()


@pytest.mark.parametrize(
    "met", [let_into_an_hour, heard_in_an_hour_that_runs_still, put_out_of_the_group, left_after_an_hour], ids=lambda met: met.__name__
)
def test_a_name_others_met_is_nobodys_for_thirty_days(harbour, sweep, otto, freeze, met):
    freeze(NOON)
    member = joins(harbour, "Olga")
    with change() as (session, _):
        met(session, member)
    swept_a_day_after(sweep, freeze, NOON)
    for name in ("Olga", "OLGA", "0lga"):
        with pytest.raises(Refused, match="name_taken"):
            join(otto.account, harbour, name)
    freeze(clock.now() + timedelta(days=29))
    with pytest.raises(Refused, match="name_taken"):
        join(otto.account, harbour, "Olga")
    freeze(clock.now() + timedelta(days=2))
    assert join(otto.account, harbour, "Olga")[0].name == "Olga"


def test_the_name_of_whoever_looked_after_a_group_is_held_too(harbour, sweep, otto, freeze):
    now = clock.now()
    freeze(now - UNKEPT - timedelta(hours=1))
    olga = joins(harbour, "Olga")
    with change() as (session, _):
        session.get(Membership, olga.id).role = Role.MODERATOR
    freeze(now)
    assert sweep(now) == 1
    with pytest.raises(Refused, match="name_taken"):
        join(otto.account, harbour, "Olga")


def test_a_group_that_only_it_looked_after_is_closed_and_its_marks_go_along(sweep, freeze, tom, quay):
    now = clock.now()
    freeze(now - UNKEPT - timedelta(hours=1))
    ines, _ = found_group(open_account(), **HERON)
    with change() as (session, _):
        session.get(Room, quay.id).locked_by_id = ines.id
        session.add(Signal(group_id=tom.membership.group_id, membership_id=tom.membership.id, kind="reported", other=ines.handle))
    freeze(now)
    with heard(MembershipEnded) as news:
        assert sweep(now) == 1
    with reading() as session:
        assert session.get(Group, ines.group_id).closed_at is not None
        assert session.get(Room, quay.id).locked_by_id is None
        assert session.scalar(select(Signal.other)) != ines.handle
    assert [one.handle for one in news] == [ines.handle]
