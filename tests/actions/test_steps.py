"""The ladder outside a meeting: warned, banned, agreed to by a second person, lifted, come back."""

from datetime import timedelta

import pytest

from groups import clock
from groups.conduct.ladder import ALONE
from groups.conduct.models import Sanction, Step
from groups.errors import Invalid, NotFound, Refused
from groups.membership.actions import MembershipEnded, join, leave
from groups.membership.models import Membership, Role
from groups.moderation.standing import StepLifted, is_proposed
from groups.moderation.step_actions import ban, confirm_step, lift, warn
from groups.sentences.log import LOG
from tests.laddered import log_of, looks_after, sent_out, steps_about, stored
from tests.news import heard

DAY = timedelta(days=1)


@pytest.fixture
def told():
    with heard(MembershipEnded, StepLifted) as news:
        yield news


def member(person):
    return stored(Membership, person.membership)


def about(moment, days):
    return abs(moment - clock.now() - days * DAY) < timedelta(minutes=1)


# --- a word of warning -------------------------------------------------------------------------------


def test_a_word_of_warning_changes_nothing_but_the_record(maya, tom, harbour, told):
    warning = warn(maya.membership, tom.membership, 3)
    assert (warning.step, warning.agreement, warning.by_id) == (Step.WARN, 3, maya.membership.id)
    assert member(tom).is_current and told == []
    assert [(line.action, line.by, line.about, line.agreement) for line in log_of(harbour)] == [
        ("step_warn", maya.membership.handle, tom.membership.handle, 3)
    ]


@pytest.mark.parametrize("number", [None, 0, 4, -1])
def test_a_step_names_an_agreement_there_is(maya, tom, harbour, number):
    sent_out(tom)
    before = len(log_of(harbour))
    for act in (lambda: warn(maya.membership, tom.membership, number), lambda: ban(maya.membership, tom.membership, number, 3)):
        with pytest.raises(Invalid, match="choose_one"):
            act()
    assert len(log_of(harbour)) == before and member(tom).is_current


# --- a ban --------------------------------------------------------------------------------------------


def test_up_to_a_week_one_person_may_say(maya, tom, told):
    sent_out(tom, maya)
    given = ban(maya.membership, tom.membership, 3, 7)
    assert given.asked_until is None and about(given.until, 7)
    assert not member(tom).is_current and member(tom).barred_until == given.until
    assert told == [MembershipEnded(tom.membership.id, tom.membership.handle, tom.membership.group_id)]


@pytest.mark.parametrize("days", [None, 0, -3, 366, 10**6])
def test_a_ban_has_an_end_within_a_year(maya, tom, days):
    sent_out(tom)
    with pytest.raises(Invalid):
        ban(maya.membership, tom.membership, 3, days)
    assert member(tom).is_current and len(steps_about(tom)) == 3


@pytest.mark.parametrize("taken, first", [
    (None, "a word of warning"), (Step.WARN, "listening only"), (Step.LISTEN, "leaving for the day"),
])
def test_steps_are_taken_in_order(maya, tom, taken, first):
    if taken:
        sent_out(tom)
        for step in steps_about(tom)[list(Step).index(taken) + 1 :]:
            lift(maya.membership, step.public_id)
    with pytest.raises(Refused, match="step_first") as refused:
        ban(maya.membership, tom.membership, 3, 3)
    assert refused.value.facts == {"first": first}
    assert member(tom).is_current


def test_after_thirty_days_everybody_begins_anew(maya, tom, freeze):
    sent_out(tom)
    freeze.forward(days=31)
    with pytest.raises(Refused, match="step_first"):
        ban(maya.membership, tom.membership, 3, 3)


def test_longer_than_a_week_counts_for_a_week_until_a_second_person_agrees(maya, nia, tom, harbour):
    sent_out(tom)
    looks_after(nia)
    given = ban(maya.membership, tom.membership, 3, 60)
    assert about(given.until, 7) and about(given.asked_until, 60)
    assert member(tom).barred_until == given.until
    with pytest.raises(Refused, match="second_person"):
        confirm_step(maya.membership, given.public_id)
    confirm_step(nia.membership, given.public_id)
    assert about(stored(Sanction, given).until, 60)
    assert about(member(tom).barred_until, 60)
    assert log_of(harbour)[-1].action == "step_confirmed"
    with pytest.raises(Refused, match="nothing_to_confirm"):
        confirm_step(nia.membership, given.public_id)


def test_what_nobody_agreed_to_within_a_week_is_over(maya, nia, tom, freeze):
    sent_out(tom)
    looks_after(nia)
    given = ban(maya.membership, tom.membership, 3, 60)
    freeze.forward(days=8)
    with pytest.raises(Refused, match="nothing_to_confirm"):
        confirm_step(nia.membership, given.public_id)
    assert join(tom.account, tom.membership.group, "Tom")[0].is_current


def test_a_second_ban_while_one_is_in_force_is_refused_until_it_is_lifted(maya, nia, tom):
    sent_out(tom)
    looks_after(nia)
    given = ban(maya.membership, tom.membership, 3, 5)
    with pytest.raises(Refused, match="out_already") as refused:
        ban(nia.membership, tom.membership, 3, 30)
    assert refused.value.facts["until"] == given.until
    assert len(steps_about(tom)) == 4 and member(tom).barred_until == given.until
    lift(nia.membership, given.public_id)
    assert about(ban(nia.membership, tom.membership, 3, 3).until, 3)


def test_somebody_who_left_can_be_kept_out_too(maya, tom, freeze):
    sent_out(tom)
    leave(tom.membership)
    gone = member(tom).left_at
    freeze.forward(minutes=1)
    given = ban(maya.membership, tom.membership, 3, 5)
    assert member(tom).barred_until == given.until
    lift(maya.membership, given.public_id)
    assert (member(tom).left_at, member(tom).barred_until) == (gone, None), "whoever left by themselves stays away"


# --- nobody alone about a peer, nobody about themselves ------------------------------------------------


def test_nobody_acts_on_themselves(maya, nia, tom, harbour):
    looks_after(nia)
    for act in (lambda: warn(maya.membership, maya.membership, 1), lambda: ban(maya.membership, maya.membership, 1, 1)):
        with pytest.raises(Refused, match="not_oneself"):
            act()
    warning = warn(nia.membership, tom.membership, 1)
    looks_after(tom)
    for act in (confirm_step, lift):
        with pytest.raises(Refused, match="not_oneself"):
            act(tom.membership, warning.public_id)


def test_of_two_who_look_after_a_group_neither_can_act_on_the_other(maya, nia, harbour):
    looks_after(nia)
    sent_out(nia)
    before = len(log_of(harbour))
    for act in (lambda: warn(maya.membership, nia.membership, 1), lambda: ban(maya.membership, nia.membership, 1, 1)):
        with pytest.raises(Refused, match="two_for_a_peer"):
            act()
    assert len(log_of(harbour)) == before and member(nia).moderates


def test_a_step_about_a_peer_counts_once_two_agree(maya, nia, tom, harbour, told):
    looks_after(nia)
    looks_after(tom)
    sent_out(nia)
    given = ban(maya.membership, nia.membership, 1, 5)
    assert is_proposed(given) and not given.stands
    assert member(nia).is_current and member(nia).moderates and told == []
    with pytest.raises(Refused, match="not_oneself"):
        confirm_step(nia.membership, given.public_id)
    confirm_step(tom.membership, given.public_id)
    assert not member(nia).is_current and about(member(nia).barred_until, 5)
    lift(tom.membership, given.public_id)
    assert member(nia).is_current and member(nia).role == Role.MEMBER, "they come back as a member"


def test_a_proposal_about_a_peer_that_is_taken_back_never_counted(maya, nia, tom):
    looks_after(nia)
    looks_after(tom)
    given = warn(maya.membership, nia.membership, 1)
    lift(maya.membership, given.public_id)
    with pytest.raises(Refused, match="nothing_to_confirm"):
        confirm_step(tom.membership, given.public_id)


def test_a_proposal_does_not_make_the_next_step_possible(maya, nia, tom):
    looks_after(nia)
    looks_after(tom)
    warn(maya.membership, nia.membership, 1)
    with pytest.raises(Refused, match="step_first") as refused:
        ban(maya.membership, nia.membership, 1, 1)
    assert refused.value.facts == {"first": "a word of warning"}


# --- who ---------------------------------------------------------------------------------------------


def test_others_cannot(tom, nia, harbour):
    with pytest.raises(Refused, match="for_moderators"):
        warn(tom.membership, nia.membership, 1)
    with pytest.raises(Refused, match="for_moderators"):
        ban(tom.membership, nia.membership, 1, 1)
    assert log_of(harbour) == []


def test_a_step_of_another_group_is_not_there(maya, rosa, vera):
    warning = warn(rosa.membership, vera.membership, 1)
    for act in (lift, confirm_step):
        with pytest.raises(NotFound):
            act(maya.membership, warning.public_id)


def test_every_line_that_was_written_has_its_sentence(maya, nia, tom, harbour):
    sent_out(tom)
    looks_after(nia)
    given = ban(maya.membership, tom.membership, 3, 60)
    confirm_step(nia.membership, given.public_id)
    lift(maya.membership, given.public_id)
    assert {line.action for line in log_of(harbour)} <= set(LOG)
    assert ALONE == 7 * DAY
