"""Who looks after a group: given and taken by two, never by one alone."""

import threading

import pytest

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership.actions import leave
from groups.membership.models import Membership, Role
from groups.membership.roles import (
    LAPSES,
    agree_about_role,
    answer_offer,
    ask_role_back,
    asked_of,
    offer_role,
    open_offers,
    step_back,
    withdraw_offer,
)
from tests import hours
from tests.actions.logged import logged


def moderates(person):
    with reading() as session:
        return session.get(Membership, getattr(person, "membership", person).id).moderates


def make_moderator(*people):
    with change() as (session, _):
        for person in people:
            session.get(Membership, person.membership.id).role = Role.MODERATOR
            person.membership.role = Role.MODERATOR


def offer(by, to, **how):
    return offer_role(by.membership, to.membership.handle, **how).public_id


def test_with_one_moderator_the_members_yes_is_the_second_person(maya, tom, harbour):
    asked = offer(maya, tom)
    assert not moderates(tom)
    assert [one.public_id for one in asked_of(tom.membership)] == [asked]
    answer_offer(tom.membership, asked, True)
    assert moderates(tom) and moderates(maya)
    assert logged(harbour, "action", "by", "about") == [
        ("role_offered", maya.membership.handle, tom.membership.handle), ("role_taken", tom.membership.handle, tom.membership.handle),
    ]


def test_with_two_the_other_one_agrees_first(maya, tom, nia, harbour):
    make_moderator(nia)
    asked = offer(maya, tom)
    assert asked_of(tom.membership) == [] and len(open_offers(nia.membership)) == 1
    with pytest.raises(Refused, match="second_person_first"):
        answer_offer(tom.membership, asked, True)
    with pytest.raises(Refused, match="second_person"):
        agree_about_role(maya.membership, asked)
    agree_about_role(nia.membership, asked)
    agree_about_role(nia.membership, asked)
    answer_offer(tom.membership, asked, True)
    assert moderates(tom)
    assert logged(harbour) == ["role_offered", "role_agreed", "role_taken"]


def test_a_no_is_a_no(maya, tom):
    asked = offer(maya, tom)
    answer_offer(tom.membership, asked, False)
    with pytest.raises(Refused, match="offer_over"):
        answer_offer(tom.membership, asked, True)
    assert not moderates(tom) and asked_of(tom.membership) == [] == open_offers(maya.membership)
    offer(maya, tom)  # and can be asked again


def test_handing_over_makes_the_giver_a_member_like_the_others(maya, tom, harbour):
    asked = offer(maya, tom, hands_over=True)
    assert moderates(maya)
    answer_offer(tom.membership, asked, True)
    assert moderates(tom) and not moderates(maya)
    assert logged(harbour)[-2:] == ["role_taken", "role_handed_over"]
    leave(maya.membership)


def test_an_offer_lapses_is_withdrawn_and_ends_with_whoever_made_it(maya, tom, nia, freeze):
    asked = offer(maya, tom)
    freeze(clock.now() + LAPSES)
    with pytest.raises(Refused, match="offer_over"):
        answer_offer(tom.membership, asked, True)
    asked = offer(maya, tom)
    withdraw_offer(maya.membership, asked)
    withdraw_offer(maya.membership, asked)
    with pytest.raises(Refused, match="offer_over"):
        answer_offer(tom.membership, asked, True)
    make_moderator(nia)
    asked = offer(maya, tom)
    agree_about_role(nia.membership, asked)
    step_back(maya.membership)
    assert asked_of(tom.membership) == []
    with pytest.raises(Refused, match="offer_over"):
        answer_offer(tom.membership, asked, True)
    assert not moderates(tom)


def test_an_offer_is_for_one_person_of_the_group_who_does_not_have_it_yet(maya, tom, nia, rosa, vera):
    offer(maya, tom)
    with pytest.raises(Refused, match="offered_already"):
        offer(maya, tom)
    for nobody in (vera.membership.handle, "nosuchone", ""):
        with pytest.raises(Invalid) as wrong:
            offer_role(maya.membership, nobody)
        assert wrong.value.field == "handle"
    with pytest.raises(Refused, match="for_moderators"):
        offer(tom, nia)
    with pytest.raises(Refused, match="for_moderators"):
        offer_role(tom.membership, "nosuchone")
    make_moderator(nia)
    with pytest.raises(Refused, match="moderates_already"):
        offer(maya, nia)


def test_nobody_answers_for_somebody_else_nor_from_another_group(maya, tom, nia, rosa):
    asked = offer(maya, tom)
    for person in (nia, maya):
        with pytest.raises(NotFound):
            answer_offer(person.membership, asked, True)
    for wish in (lambda: answer_offer(rosa.membership, asked, True), lambda: agree_about_role(rosa.membership, asked),
                 lambda: withdraw_offer(rosa.membership, asked), lambda: agree_about_role(maya.membership, "nosuchone")):
        with pytest.raises(NotFound):
            wish()
    for wish in (lambda: agree_about_role(nia.membership, asked), lambda: withdraw_offer(nia.membership, asked), lambda: open_offers(nia.membership)):
        with pytest.raises(Refused, match="for_moderators"):
            wish()


def test_a_role_is_taken_by_two_and_not_by_one(maya, tom, nia, harbour):
    make_moderator(tom, nia)
    asked = ask_role_back(maya.membership, nia.membership.handle).public_id
    assert moderates(nia)
    for alone in (maya, nia):
        with pytest.raises(Refused, match="second_person"):
            agree_about_role(alone.membership, asked)
    with pytest.raises(Refused, match="second_person"):
        withdraw_offer(nia.membership, asked)
    with pytest.raises(NotFound):
        answer_offer(nia.membership, asked, False)
    agree_about_role(tom.membership, asked)
    assert not moderates(nia)
    with pytest.raises(Refused, match="for_moderators"):
        agree_about_role(nia.membership, asked)
    assert logged(harbour, "action", "by", "about")[-1] == ("role_removed", tom.membership.handle, nia.membership.handle)


def test_neither_of_two_takes_it_from_the_other_but_it_can_be_given_back(maya, nia):
    make_moderator(nia)
    theirs = ask_role_back(maya.membership, nia.membership.handle).public_id
    mine = ask_role_back(nia.membership, maya.membership.handle).public_id
    for person, asked in ((maya, theirs), (nia, theirs), (maya, mine), (nia, mine)):
        with pytest.raises(Refused, match="second_person"):
            agree_about_role(person.membership, asked)
    assert moderates(maya) and moderates(nia)
    answer_offer(nia.membership, theirs, True)
    assert moderates(maya) and not moderates(nia)
    with pytest.raises(Refused, match="offer_over"):  # whoever asked looks after the group no more
        answer_offer(maya.membership, mine, True)


def test_one_asks_back_only_what_somebody_else_has(maya, tom):
    for whose, reason in ((tom, "moderates_no_more"), (maya, "asked_oneself")):
        with pytest.raises(Refused, match=reason):
            ask_role_back(maya.membership, whose.membership.handle)
    with pytest.raises(Refused, match="for_moderators"):
        ask_role_back(tom.membership, maya.membership.handle)


def test_stepping_back_is_for_anybody_but_the_last(maya, tom, nia, harbour):
    with pytest.raises(Refused, match="last_moderator"):
        step_back(maya.membership)
    with pytest.raises(Refused, match="for_moderators"):
        step_back(tom.membership)
    make_moderator(nia)
    step_back(maya.membership)
    assert not moderates(maya) and logged(harbour) == ["role_given_back"]
    with pytest.raises(Refused, match="last_moderator"):
        step_back(nia.membership)


def test_two_who_step_back_at_once_leave_one(maya, nia):
    make_moderator(nia)
    outcomes, ready = [], threading.Barrier(2)

    def try_it(person):
        ready.wait()
        try:
            step_back(person.membership)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.reason)

    both = [threading.Thread(target=try_it, args=(person,)) for person in (maya, nia)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["done", "last_moderator"]


def test_who_left_is_asked_nothing_and_agrees_to_nothing(maya, tom, nia):
    asked = offer(maya, tom)
    leave(tom.membership)
    assert open_offers(maya.membership) == []
    with pytest.raises(NotFound):
        answer_offer(tom.membership, asked, True)
    [pat] = hours.join("Pat")
    make_moderator(nia)
    asked = offer(maya, type("Pat", (), {"membership": pat}))
    leave(nia.membership)
    with pytest.raises(NotFound):
        agree_about_role(nia.membership, asked)
    answer_offer(pat, asked, True)  # one moderator is left, so Pat is the second person
    assert moderates(pat)
