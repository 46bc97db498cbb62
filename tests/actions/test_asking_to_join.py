"""Asking to belong to a screened group: sealed, answered, used once, forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.accounts.models import Account
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership import asking
from groups.membership.actions import join, leave
from groups.membership.asking import KEPT_FOR, MOST_WAITING, answer_request, ask_to_join, forget_requests, request_of, requests_for
from groups.membership.models import Access, Group, JoinRequest, Membership
from tests.actions.logged import logged

SECRET = "Because I am tired of hiding it."


@pytest.fixture
def screened(willow):
    with change() as (session, _):
        group = session.get(Group, willow.id)
        group.access, group.questions = Access.SCREENED, "What brings you?\nIs it a safe place to read?"
    return group


@pytest.fixture
def keyring(app):
    return app.extensions["keyring"]


@pytest.fixture
def ask(screened, keyring):
    def ask(account, name="Otto", answers=(SECRET, "Yes.")):
        return ask_to_join(account, screened, name, answers, keyring)

    return ask


def count(kind=JoinRequest):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_somebody_asks_and_moderators_read_the_answers_to_their_questions(otto, rosa, ask, keyring):
    account, is_new = ask(otto.account)
    assert (account.id, is_new) == (otto.account.id, False)
    [waiting], answered = requests_for(rosa.membership, keyring)
    assert waiting.request.name == "Otto" and answered == []
    assert waiting.answers == [("What brings you?", SECRET), ("Is it a safe place to read?", "Yes.")]


def test_what_they_wrote_is_stored_nowhere_in_the_clear(otto, ask, tmp_path):
    ask(otto.account)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    assert SECRET.encode() not in stored and count() == 1


def test_somebody_without_an_account_gets_one(ask):
    before = count(Account)
    account, is_new = ask(None)
    assert is_new and count(Account) == before + 1 and account.key is None


def test_asking_again_changes_nothing(otto, rosa, ask, keyring):
    ask(otto.account)
    ask(otto.account, "Other", ("Something else.", "No."))
    [waiting], _ = requests_for(rosa.membership, keyring)
    assert (waiting.request.name, waiting.answers[0][1]) == ("Otto", SECRET)


@pytest.mark.parametrize("name, answers, field, reason", [
    ("Otto", ("", "Yes."), "answer_1", "empty"), ("Otto", (" \n ", "Yes."), "answer_1", "empty"), ("Otto", ("Yes.",), "answer_2", "empty"),
    ("Otto", ("x" * 1001, "Yes."), "answer_1", "too_long"), ("Mod", ("a", "b"), "name", "name_reserved"), ("", ("a", "b"), "name", "name_unclear"),
])
def test_what_will_not_do_is_refused_by_field_and_nothing_is_kept(otto, ask, name, answers, field, reason):
    for account in (otto.account, None):
        before = count(Account)
        with pytest.raises(Invalid) as wrong:
            ask(account, name, answers)
        assert (wrong.value.field, wrong.value.reason) == (field, reason)
        assert (count(), count(Account)) == (0, before)


def test_groups_that_do_not_ask_have_no_such_page_and_members_need_none(otto, vera, harbour, willow, keyring, ask):
    with pytest.raises(Refused, match="here_already"):
        ask(vera.account)
    with change() as (session, _):
        session.get(Group, willow.id).access = Access.CLOSED
    for group in (harbour, willow):
        with pytest.raises(NotFound):
            ask_to_join(otto.account, group, "Otto", ("a",), keyring)
    assert count() == 0


def test_a_group_that_has_written_no_questions_asks_one(otto, rosa, screened, keyring):
    with change() as (session, _):
        session.get(Group, screened.id).questions = ""
    ask_to_join(otto.account, screened, "Otto", ("Company.",), keyring)
    [waiting], _ = requests_for(rosa.membership, keyring)
    assert waiting.answers == [(asking.USUAL_QUESTION, "Company.")]


def test_a_yes_lets_them_in_once_and_the_request_goes(otto, rosa, ask, screened, keyring):
    ask(otto.account)
    with pytest.raises(Refused, match="by_invitation"):
        join(otto.account, screened, "Otto")
    answer_request(rosa.membership, request_of(otto.account.id, screened).public_id, True)
    member, _ = join(otto.account, screened, "Otto")
    assert member.group_id == screened.id and count() == 0
    leave(member)
    with pytest.raises(Refused, match="by_invitation"):
        join(otto.account, screened, "Otto")
    assert logged(screened) == ["request_accepted"]


def test_a_no_lets_nobody_in_and_can_be_taken_back_and_a_yes_too(otto, rosa, ask, screened):
    ask(otto.account)
    asked = request_of(otto.account.id, screened).public_id
    for answer, lets_in in ((False, False), (False, False), (True, True), (False, False)):
        answer_request(rosa.membership, asked, answer, seen=request_of(otto.account.id, screened).accepted)
        assert request_of(otto.account.id, screened).lets_in is lets_in
        if not lets_in:
            with pytest.raises(Refused, match="by_invitation"):
                join(otto.account, screened, "Otto")
    assert logged(screened) == ["request_declined", "request_accepted", "request_declined"]


def test_a_yes_to_one_person_lets_nobody_else_in(otto, rosa, tom, ask, screened):
    ask(otto.account)
    answer_request(rosa.membership, request_of(otto.account.id, screened).public_id, True)
    for account in (tom.account, None):
        with pytest.raises(Refused, match="by_invitation"):
            join(account, screened, "Otto")


def test_who_is_banned_cannot_ask(vera, ask):
    with change() as (session, _):
        member = session.get(Membership, vera.membership.id)
        member.left_at, member.barred_until = clock.now(), clock.now() + timedelta(days=3)
    with pytest.raises(Refused, match="barred_until"):
        ask(vera.account)


def test_only_moderators_of_the_group_read_and_answer(otto, vera, maya, rosa, ask, screened, keyring):
    ask(otto.account)
    asked = request_of(otto.account.id, screened).public_id
    with pytest.raises(Refused, match="for_moderators"):
        requests_for(vera.membership, keyring)
    with pytest.raises(Refused, match="for_moderators"):
        answer_request(vera.membership, asked, True)
    with pytest.raises(NotFound):
        answer_request(maya.membership, asked, True)
    with pytest.raises(NotFound):
        answer_request(rosa.membership, "nosuchone", True)
    assert requests_for(maya.membership, keyring) == ([], [])
    assert request_of(otto.account.id, screened).accepted is None


def test_it_is_forgotten_after_two_weeks_and_taken_back_at_once(otto, rosa, ask, screened, freeze, keyring):
    account, _ = ask(None, "Ann")
    asking.withdraw_request(account.id, screened)
    asking.withdraw_request(account.id, screened)
    assert count() == 0
    ask(otto.account)
    freeze(clock.now() + KEPT_FOR - timedelta(minutes=1))
    assert forget_requests(clock.now()) == 0 and request_of(otto.account.id, screened)
    freeze(clock.now() + timedelta(minutes=1))
    assert request_of(otto.account.id, screened) is None and requests_for(rosa.membership, keyring) == ([], [])
    ask(otto.account)  # before the heartbeat came by
    assert count() == 1
    freeze(clock.now() + KEPT_FOR)
    assert forget_requests(clock.now()) == 1 and forget_requests(clock.now()) == 0


def test_a_late_yes_stands_for_two_weeks_of_its_own(otto, rosa, ask, screened, freeze):
    ask(otto.account)
    freeze(clock.now() + KEPT_FOR - timedelta(hours=1))
    answer_request(rosa.membership, request_of(otto.account.id, screened).public_id, True)
    freeze(clock.now() + timedelta(days=13))
    assert request_of(otto.account.id, screened).lets_in
    freeze(clock.now() + timedelta(days=2))
    with pytest.raises(Refused, match="by_invitation"):
        join(otto.account, screened, "Otto")


def test_a_group_is_not_flooded(otto, ask, screened):
    with change() as (session, _):
        for _ in range(MOST_WAITING):
            account = Account()
            session.add(account)
            session.flush()
            session.add(JoinRequest(
                group_id=screened.id, account_id=account.id, name="Ann", sealed_answers=b"", until=clock.now() + KEPT_FOR
            ))
    with pytest.raises(Refused, match="enough_requests"):
        ask(otto.account)
