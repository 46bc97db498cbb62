"""Links that let people in: made, used up, ended, and of no use anywhere else."""

import threading
from datetime import timedelta

import pytest

from groups import clock
from groups.db import change
from groups.errors import Invalid, NotFound, Refused
from groups.membership import finding
from groups.membership.actions import invite, join, leave, withdraw_invitation
from groups.membership.models import Invitation, Membership, Role
from tests.actions.stored import everything, row


def test_a_closed_group_takes_nobody_without_a_link(otto, willow):
    before = everything()
    for account in (None, otto.account):
        with pytest.raises(Refused, match="by_invitation"):
            join(account, willow, "Otto")
    assert everything() == before


def test_a_link_lets_as_many_in_as_it_says(rosa, willow):
    invitation, token = invite(rosa.membership, 2, 7)
    join(None, willow, "Ann", token)
    join(None, willow, "Bea", token)
    before = everything()
    with pytest.raises(Refused, match="invitation_over"):
        join(None, willow, "Cleo", token)
    assert everything() == before
    assert row(Invitation, invitation).uses_left == 0


def test_the_last_place_of_a_link_is_given_once(rosa, willow):
    _, token = invite(rosa.membership, 1, 7)
    outcomes, ready = [], threading.Barrier(6)

    def try_it(name):
        ready.wait()
        try:
            outcomes.append(join(None, willow, name, token)[1])
        except Refused as refusal:
            outcomes.append(refusal.reason)

    crowd = [threading.Thread(target=try_it, args=(name,)) for name in ("Ann", "Bea", "Cleo", "Dora", "Else", "Fay")]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(map(str, outcomes)) == ["True"] + ["invitation_over"] * 5


def test_a_refused_name_uses_nothing_up(rosa, vera, willow):
    invitation, token = invite(rosa.membership, 1, 7)
    with pytest.raises(Refused, match="name_taken"):
        join(None, willow, "Vera", token)
    assert row(Invitation, invitation).uses_left == 1
    join(None, willow, "Ann", token)


def test_a_link_ends_with_its_days_by_hand_and_by_use(rosa, willow, freeze):
    _, old = invite(rosa.membership, 5, 2)
    _, withdrawn = invite(rosa.membership, 5, 2)
    withdraw_invitation(rosa.membership, 2)
    withdraw_invitation(rosa.membership, 2)
    _, fresh = invite(rosa.membership, 1, 30)
    freeze(clock.now() + timedelta(days=2, minutes=1))
    for over in (old, withdrawn, "no such link", ""):
        with pytest.raises(Refused):
            finding.invited_to(over)
        with pytest.raises(Refused):
            join(None, willow, "Ann", over)
    assert finding.invited_to(fresh).id == willow.id


def test_a_link_into_one_group_opens_no_other(maya, willow):
    _, token = invite(maya.membership, 5, 5)
    with pytest.raises(Refused, match="invitation_over"):
        join(None, willow, "Ann", token)


def test_an_open_group_uses_no_link_up(maya, harbour):
    invitation, token = invite(maya.membership, 1, 5)
    join(None, harbour, "Ann", token)
    assert row(Invitation, invitation).uses_left == 1


def test_the_table_keeps_no_link(maya, tmp_path):
    _, token = invite(maya.membership, 1, 5)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    assert token.encode() not in stored


@pytest.mark.parametrize("uses, days, field", [(0, 5, "uses"), (21, 5, "uses"), (None, 5, "uses"), (1, 0, "days"), (1, 31, "days"), (1, None, "days"), (-1, 1, "uses")])
def test_a_link_for_too_many_or_too_long_is_not_made(maya, uses, days, field):
    before = everything()
    with pytest.raises(Invalid) as wrong:
        invite(maya.membership, uses, days)
    assert wrong.value.field == field
    assert everything() == before


def test_only_moderators_invite_and_only_into_their_own_group(maya, tom, rosa):
    invite(rosa.membership, 1, 1)
    for refused in (lambda: invite(tom.membership, 1, 1), lambda: withdraw_invitation(tom.membership, 1), lambda: finding.invitations(tom.membership)):
        with pytest.raises(Refused, match="for_moderators"):
            refused()
    for number in (0, 1, 2, -1, 10**12):
        with pytest.raises(NotFound):
            withdraw_invitation(maya.membership, number)


def test_a_moderator_who_left_invites_nobody(maya, tom):
    with change() as (session, _):
        session.get(Membership, tom.membership.id).role = Role.MODERATOR
    leave(maya.membership)
    with pytest.raises(NotFound):
        invite(maya.membership, 1, 1)
