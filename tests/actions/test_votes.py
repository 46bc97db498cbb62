"""Votes: once each, nobody's answer to be found again, nothing shown under five."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, select, text

from groups import clock
from groups.conscience import inventory, votes
from groups.conscience.keeping import forget_who_answered
from groups.conscience.models import InventoryBallot, InventoryCount, Vote, VoteBallot, VoteCount
from groups.conscience.publishing import QUESTIONS
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.logbook.models import LogEntry
from groups.membership.actions import leave
from groups.rota.models import Attended
from tests.evenings import NOON, been_here, count, set_to
from tests.hours import join

pytestmark = pytest.mark.usefixtures("noon_among_members")
TODAY = NOON.date()


def joined(number):
    """So many more people, who have been here for long."""
    people = join(*(f"Voter{n}" for n in range(number)))
    been_here()
    return people


@pytest.fixture
def vote(maya):
    """Maya asked the group something, until Friday."""
    return votes.open_vote(maya.membership, "Shall we begin later?", "Yes\nNo\n\n Not sure ", TODAY + timedelta(days=3))


def counts(vote):
    with reading() as session:
        return dict(session.execute(select(VoteCount.choice, VoteCount.times).where(VoteCount.vote_id == vote.id)).all())


def answer_all(vote, *choices):
    for number, (member, choice) in enumerate(zip(joined(len(choices)), choices, strict=True)):
        votes.answer_vote(member, vote.public_id, choice)
        assert sum(counts(vote).values()) == number + 1


def test_a_question_until_the_end_of_a_day_on_the_groups_clock(maya, tom, vote, freeze):
    assert votes.choices_of(vote) == ["Yes", "No", "Not sure"] and counts(vote) == {1: 0, 2: 0, 3: 0}
    assert vote.until == datetime(2026, 11, 28, tzinfo=UTC)
    freeze(vote.until - timedelta(minutes=1))
    votes.answer_vote(tom.membership, vote.public_id, 2)
    freeze(vote.until)
    with pytest.raises(Refused, match="vote_over"):
        votes.answer_vote(maya.membership, vote.public_id, 2)
    assert counts(vote) == {1: 0, 2: 1, 3: 0}


def test_before_the_end_nothing_is_shown_and_after_it_from_five_answers_on(maya, tom, vote, freeze):
    answer_all(vote, 1, 1, 2, 1)
    assert votes.vote_for(maya.membership, vote.public_id)[1:] == (False, None)
    freeze(vote.until)
    assert votes.vote_for(maya.membership, vote.public_id)[2] is None, "four are too few"
    freeze(NOON)
    votes.answer_vote(tom.membership, vote.public_id, 2)
    assert votes.vote_for(tom.membership, vote.public_id)[1:] == (True, None)
    freeze(vote.until)
    result = votes.vote_for(maya.membership, vote.public_id)[2]
    assert [(one.choice, one.times, one.leads) for one in result] == [("Yes", 3, True), ("No", 2, False), ("Not sure", 0, False)]


def test_an_answer_is_given_once_and_cannot_be_changed(tom, vote):
    votes.answer_vote(tom.membership, vote.public_id, 1)
    for choice in (1, 2):
        with pytest.raises(Refused, match="answered_already"):
            votes.answer_vote(tom.membership, vote.public_id, choice)
    assert counts(vote) == {1: 1, 2: 0, 3: 0} and count(VoteBallot) == 1


def test_who_came_in_a_minute_ago_answers_after_a_week_or_an_hour_with_the_group(maya, vote, freeze):
    early, met = join("Early", "Met")
    set_to(early, joined_at=NOON)
    set_to(met, joined_at=NOON)
    for answer in (lambda: votes.answer_vote(early, vote.public_id, 1), lambda: inventory.answer_inventory(early, dict.fromkeys(QUESTIONS, 4))):
        with pytest.raises(Refused, match="known_first"):
            answer()
    with change() as (session, _):
        session.add(Attended(membership_id=met.id, times=1))
    votes.answer_vote(met, vote.public_id, 1)
    set_to(early, joined_at=NOON - timedelta(days=7))
    votes.answer_vote(early, vote.public_id, 1)
    assert counts(vote) == {1: 2, 2: 0, 3: 0}


@pytest.mark.parametrize("choice", [0, 4, -1, None])
def test_a_choice_is_one_of_those_there_are_and_nothing_is_kept_of_another(tom, vote, choice):
    with pytest.raises(Invalid, match="choose_one"):
        votes.answer_vote(tom.membership, vote.public_id, choice)
    assert count(VoteBallot) == 0


def test_answers_that_arrive_at_once_all_count_and_the_same_persons_counts_once(tom, vote):
    people = [*joined(6), *[tom.membership] * 6]

    def answer(member):
        try:
            votes.answer_vote(member, vote.public_id, 1)
        except Refused as refusal:
            return refusal.reason
        return "counted"

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(answer, people))
    assert sorted(told) == ["answered_already"] * 5 + ["counted"] * 7
    assert counts(vote) == {1: 7, 2: 0, 3: 0} and count(VoteBallot) == 7


def test_the_tables_hold_nothing_by_which_a_person_and_an_answer_could_be_joined(tom, nia, vote):
    for ballots, tallies, shared in (
        (VoteBallot, VoteCount, {"vote_id"}), (InventoryBallot, InventoryCount, {"group_id", "month"}),
    ):
        ballot, tally = (inspect(kind).columns for kind in (ballots, tallies))
        assert {column.name for column in ballot} & {column.name for column in tally} == shared
        kinds = {str(column.type) for column in (*ballot, *tally) if column.name != "month"}
        assert not [kind for kind in kinds if "TIME" in kind or "DATE" in kind], "no moment anywhere"
    votes.answer_vote(nia.membership, vote.public_id, 3)
    votes.answer_vote(tom.membership, vote.public_id, 1)
    inventory.answer_inventory(tom.membership, {"safe": 4, "seen": 1, "supported": 2})
    with reading() as session:
        made = list(session.execute(text("SELECT choice FROM vote_counts ORDER BY rowid")).scalars())
        laid = session.execute(text("SELECT question, answer FROM inventory_counts ORDER BY rowid")).all()
    assert made == [1, 2, 3], "made before anybody answered, in the order of the choices"
    assert [tuple(row) for row in laid] == [(question, number) for question in QUESTIONS for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("question, choices, day, field, reason", [
    ("", "a\nb", 1, "question", "empty"), ("x" * 301, "a\nb", 1, "question", "too_long"), ("Q", "only one", 1, "choices", "two_to_five"),
    ("Q", "", 1, "choices", "two_to_five"), ("Q", "1\n2\n3\n4\n5\n6", 1, "choices", "two_to_five"), ("Q", "Yes\nyes", 1, "choices", "choices_alike"),
    ("Q", "a\n" + "b" * 121, 1, "choices", "too_long"), ("Q", "a\nb", -1, "until", "vote_day"), ("Q", "a\nb", 61, "until", "vote_day"),
    ("Q", "a\nb", None, "until", "bad_date"),
])
def test_what_makes_no_question(maya, question, choices, day, field, reason):
    until = None if day is None else TODAY + timedelta(days=day)
    with pytest.raises(Invalid) as wrong:
        votes.open_vote(maya.membership, question, choices, until)
    assert (wrong.value.field, wrong.value.reason) == (field, reason)
    assert count(Vote) == count(VoteCount) == 0


def test_moderators_ask_and_take_back_and_the_log_says_so_without_the_words(maya, tom, vote, freeze):
    for act in (lambda: votes.open_vote(tom.membership, "Q", "a\nb", TODAY), lambda: votes.withdraw_vote(tom.membership, vote.public_id)):
        with pytest.raises(Refused, match="for_moderators"):
            act()
    votes.answer_vote(tom.membership, vote.public_id, 1)
    votes.withdraw_vote(maya.membership, vote.public_id)
    assert count(Vote) == count(VoteCount) == count(VoteBallot) == 0
    with reading() as session:
        rows = session.scalars(select(LogEntry).order_by(LogEntry.id)).all()
    assert [(row.action, row.by, row.about, row.detail) for row in rows] == [
        ("vote_opened", maya.membership.handle, None, ""), ("vote_withdrawn", maya.membership.handle, None, ""),
    ]
    over = votes.open_vote(maya.membership, "Q", "a\nb", TODAY)
    freeze(over.until)
    with pytest.raises(Refused, match="vote_over"):
        votes.withdraw_vote(maya.membership, over.public_id)


def test_five_questions_at_once_are_enough(maya):
    for _ in range(5):
        votes.open_vote(maya.membership, "Q", "a\nb", TODAY)
    with pytest.raises(Refused, match="enough_questions"):
        votes.open_vote(maya.membership, "Q", "a\nb", TODAY)


def test_another_groups_question_is_not_there_and_who_left_answers_nothing(vote, rosa, tom):
    with pytest.raises(NotFound):
        votes.answer_vote(rosa.membership, vote.public_id, 1)
    leave(tom.membership)
    with pytest.raises(NotFound):
        votes.answer_vote(tom.membership, vote.public_id, 1)


def test_once_it_is_over_who_answered_is_forgotten_and_so_is_what_too_few_said(maya, vote, freeze):
    few = votes.open_vote(maya.membership, "Q", "a\nb", TODAY)
    answer_all(vote, 1, 1, 2, 1, 1)
    votes.answer_vote(maya.membership, few.public_id, 1)
    forget_who_answered(clock.now())
    assert count(VoteBallot) == 6, "while it is open they are kept, or somebody could answer twice"
    freeze(vote.until)
    for _ in range(2):
        forget_who_answered(clock.now())
        assert count(VoteBallot) == 0 and counts(vote) == {1: 4, 2: 1, 3: 0} and counts(few) == {}
    assert votes.vote_for(maya.membership, few.public_id)[2] is None
