"""Groups and belonging: founded, joined, left, found again."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, insert, select

from groups import clock
from groups.accounts.actions import open_account
from groups.accounts.models import Account
from groups.db import Session, change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership import finding
from groups.membership.actions import MembershipEnded, found_group, join, leave
from groups.membership.agreements import FIRST_AGREEMENTS
from groups.membership.models import Access, Group, Membership, Role
from groups.membership.names import name_key
from tests.actions.stored import everything, row
from tests.news import heard

PLANS = {
    "name": "Heron", "purpose": "An hour by the water.", "for_whom": "anybody", "access": "open", "zone": "Europe/Berlin", "my_name": "Ines",
}


@pytest.fixture
def told():
    with heard(MembershipEnded) as news:
        yield news


# --- joining -----------------------------------------------------------------------------------


def test_a_newcomer_gets_an_account_and_a_name(harbour):
    member, is_new = join(None, harbour, "  Ann   Lee ")
    assert is_new
    assert member.name == "Ann Lee"
    assert member.role == Role.MEMBER
    assert member.account.key is None
    assert row(Membership, member).account_id == member.account.id


def test_somebody_with_an_account_keeps_it(otto, harbour):
    member, is_new = join(otto.account, harbour, "Otto")
    assert not is_new
    assert member.account_id == otto.account.id


def test_whoever_belongs_is_handed_their_membership_as_it_is(tom, harbour):
    before = everything()
    member, is_new = join(tom.account, harbour, "Somebody Else")
    assert (member.id, member.name, is_new) == (tom.membership.id, "Tom", False)
    assert everything() == before


@pytest.mark.parametrize("name, reason", [
    ("Maya", "name_taken"), ("MAYA", "name_taken"), ("m.a.y.a", "name_taken"), ("Máya", "name_taken"), ("rnaya", "name_taken"),
    ("ТОМ", "name_taken"), ("Moderator", "name_reserved"), ("", "name_unclear"), ("x" * 31, "name_unclear"), ("Tom\u202e", "name_unclear"),
])
def test_a_name_that_will_not_do_changes_nothing(otto, harbour, name, reason):
    before = everything()
    for account in (None, otto.account):
        with pytest.raises((Refused, Invalid), match=reason):
            join(account, harbour, name)
    assert everything() == before


def test_the_same_name_may_be_used_in_another_group(otto, harbour, rosa, willow):
    join(otto.account, harbour, "Rosa")
    with reading() as session:
        assert session.scalar(select(func.count()).where(Membership.name == "Rosa")) == 2


def test_of_many_who_want_one_name_at_once_one_gets_it(app, harbour):
    outcomes, ready = [], threading.Barrier(8)

    def try_it(spelling):
        ready.wait()
        try:
            outcomes.append(join(None, harbour, spelling)[0].name)
        except Refused as refusal:
            outcomes.append(refusal.reason)

    crowd = [threading.Thread(target=try_it, args=(spelling,)) for spelling in ["Ann", "ANN", "ann", "Ánn"] * 2]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert outcomes.count("name_taken") == 7
    assert len(set(outcomes)) == 2


@contextmanager
def somebody_quicker(group, name):
    """Another process writes the same name after we looked and before we wrote."""
    stranger, done = open_account(), []

    def slip_in(session, *_):
        if not done and (session.new or session.dirty):
            done.append(name)
            theirs = {"handle": "quicker", "account_id": stranger.id, "group_id": group.id, "name": name, "name_key": name_key(name)}
            session.connection().execute(insert(Membership.__table__).values(role="member", joined_at=clock.now(), **theirs))

    event.listen(Session, "before_flush", slip_in)
    yield
    event.remove(Session, "before_flush", slip_in)
    assert done, "nobody was quicker; this test shows nothing"


def test_a_name_taken_in_the_last_moment_is_refused_and_not_an_accident(otto, tom, harbour):
    leave(tom.membership)
    for account in (None, otto.account, tom.account):
        with somebody_quicker(harbour, "Ann"), pytest.raises(Refused, match="name_taken"):
            join(account, harbour, "Ann")
    with reading() as session:
        assert session.scalar(select(func.count()).where(Membership.name == "Ann")) == 0
    assert not row(Membership, tom.membership).is_current


def test_pressing_the_button_twice_at_once_joins_once(otto, harbour):
    joined, ready = [], threading.Barrier(4)

    def press():
        ready.wait()
        joined.append(join(otto.account, harbour, "Otto")[0].id)

    hands = [threading.Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(joined) == 4
    assert len(set(joined)) == 1


# --- leaving and coming back ---------------------------------------------------------------------


def test_leaving_is_told_and_the_name_stays_taken(tom, harbour, told):
    leave(tom.membership)
    assert told == [MembershipEnded(tom.membership.id, tom.membership.handle, harbour.id)]
    assert row(Membership, tom.membership).left_at
    with pytest.raises(Refused, match="name_taken"):
        join(None, harbour, "Tom")


def test_whoever_left_comes_back_to_the_same_place(tom, harbour):
    leave(tom.membership)
    member, is_new = join(tom.account, harbour, "Tom")
    assert (member.id, member.handle, is_new) == (tom.membership.id, tom.membership.handle, False)
    assert row(Membership, member).is_current


def test_one_may_come_back_under_another_name_but_not_under_somebody_elses(tom, harbour):
    leave(tom.membership)
    with pytest.raises(Refused, match="name_taken"):
        join(tom.account, harbour, "Nia")
    assert not row(Membership, tom.membership).is_current
    assert join(tom.account, harbour, "Tomasz")[0].id == tom.membership.id
    assert row(Membership, tom.membership).name == "Tomasz"


def test_a_moderator_who_left_comes_back_as_a_member(maya, tom, harbour):
    with change() as (session, _):
        session.get(Membership, tom.membership.id).role = Role.MODERATOR
    leave(maya.membership)
    assert join(maya.account, harbour, "Maya")[0].role == Role.MEMBER


def test_a_closed_group_asks_for_a_link_on_the_way_back_too(vera, willow):
    leave(vera.membership)
    with pytest.raises(Refused, match="by_invitation"):
        join(vera.account, willow, "Vera")


def test_the_last_moderator_stays(maya, told):
    with pytest.raises(Refused, match="last_moderator"):
        leave(maya.membership)
    assert row(Membership, maya.membership).is_current
    assert told == []


def test_leaving_twice_finds_nothing(tom, told):
    leave(tom.membership)
    with pytest.raises(NotFound):
        leave(tom.membership)
    assert len(told) == 1


# --- founding ------------------------------------------------------------------------------------


def test_the_founder_looks_after_the_group_and_its_first_agreements_stand(otto):
    member, is_new = found_group(otto.account, **PLANS)
    group = row(Group, member.group)
    assert (member.role, member.name, member.account_id, is_new) == (Role.MODERATOR, "Ines", otto.account.id, False)
    assert (group.name, group.purpose, group.for_whom, group.access, group.zone) == ("Heron", PLANS["purpose"], "anybody", Access.OPEN, "Europe/Berlin")
    assert [agreement.text for agreement in group.agreements] == list(FIRST_AGREEMENTS)
    assert [agreement.number for agreement in group.agreements] == list(range(1, len(FIRST_AGREEMENTS) + 1))


def test_the_third_agreement_is_the_one_refusals_name():
    assert 5 <= len(FIRST_AGREEMENTS) <= 7
    assert FIRST_AGREEMENTS[2].startswith("No contact details")
    assert all(len(text) <= 300 for text in FIRST_AGREEMENTS)


def test_a_newcomer_may_found_a_group_too(app):
    member, is_new = found_group(None, **PLANS)
    assert is_new
    assert row(Account, member.account)


@pytest.mark.parametrize("field, value, reason", [
    ("name", "", "empty"), ("name", "x", "empty"), ("name", "y" * 61, "too_long"), ("name", "a\u202eb", "bad_shape"), ("purpose", "y" * 601, "too_long"),
    ("for_whom", "y" * 81, "too_long"), ("access", "", "choose_one"), ("access", "everyone", "choose_one"),
    ("zone", "", "unknown_zone"), ("zone", "Mars/Olympus", "unknown_zone"), ("zone", "../../etc/passwd", "unknown_zone"),
    ("my_name", "", "name_unclear"), ("my_name", "Moderator", "name_reserved"),
])
def test_a_plan_that_makes_no_sense_founds_nothing(otto, field, value, reason):
    before = everything()
    with pytest.raises(Invalid) as wrong:
        found_group(otto.account, **{**PLANS, field: value})
    assert (wrong.value.field, wrong.value.reason) == (field, reason)
    assert everything() == before


# --- finding -------------------------------------------------------------------------------------


def test_one_finds_ones_own_groups_by_name_and_not_those_one_left(otto, harbour):
    join(otto.account, harbour, "Otto")
    found_group(otto.account, **PLANS | {"name": "alder"})
    left, _ = found_group(otto.account, **PLANS | {"name": "Zinnia", "my_name": "Inga"})
    with change() as (session, _):
        session.get(Membership, left.id).left_at = clock.now()
    assert [member.group.name for member in finding.memberships_of(otto.account.id)] == ["alder", "Harbour"]
    assert finding.memberships_of(open_account().id) == []


def test_the_list_of_members_shows_who_is_there_to_those_who_look_after_it(maya, tom, nia):
    leave(nia.membership)
    assert [member.name for member in finding.members(maya.membership)] == ["Maya", "Tom"]
    with pytest.raises(Refused, match="for_moderators"):
        finding.members(tom.membership)
