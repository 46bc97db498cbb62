"""The monthly inventory: once a month each, in words from five answers on, and a talk after two poor months."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.conscience import inventory
from groups.conscience.keeping import forget_who_answered
from groups.conscience.models import InventoryBallot, InventoryCount
from groups.conscience.publishing import QUESTIONS
from groups.db import change, reading
from groups.errors import Invalid, Refused
from groups.logbook.models import LogEntry
from tests.evenings import NOON, been_here, count
from tests.hours import join

pytestmark = pytest.mark.usefixtures("noon_among_members")
WELL = dict.fromkeys(QUESTIONS, 4)


def joined(number):
    """So many more people, who have been here for long."""
    people = join(*(f"Voter{n}" for n in range(number)))
    been_here()
    return people


def store(group, month, good, bad):
    """So many answers for a month, all three alike."""
    with change() as (session, _):
        for question in QUESTIONS:
            for answer, times in ((1, bad), (2, 0), (3, good), (4, 0)):
                session.add(InventoryCount(group_id=group.id, month=month, question=question, answer=answer, times=times))


def moods(person):
    return [(one.month, dict(one.moods)) for one in inventory.months_of(person.membership)[0]]


def test_three_questions_once_a_month_on_the_groups_clock(tom, freeze):
    inventory.answer_inventory(tom.membership, WELL)
    assert inventory.has_answered(tom.membership)
    with pytest.raises(Refused, match="answered_already"):
        inventory.answer_inventory(tom.membership, WELL)
    assert count(InventoryCount) == 12
    freeze(datetime(2026, 12, 1, 0, 1, tzinfo=UTC))
    inventory.answer_inventory(tom.membership, dict.fromkeys(QUESTIONS, 1))
    assert count(InventoryCount) == 24 and count(InventoryBallot) == 2


@pytest.mark.parametrize("answers", [{}, WELL | {"seen": None}, WELL | {"safe": 0}, WELL | {"supported": 5}])
def test_all_three_are_answered_in_one_of_four_words_or_nothing_is_kept(tom, answers):
    with pytest.raises(Invalid, match="choose_one"):
        inventory.answer_inventory(tom.membership, answers)
    assert count(InventoryBallot) == count(InventoryCount) == 0


def test_a_month_is_shown_when_it_is_over_and_five_answered(tom, freeze):
    people = joined(5)
    for member in people[:4]:
        inventory.answer_inventory(member, WELL)
    assert moods(tom) == []
    freeze(NOON + timedelta(days=8))
    assert moods(tom) == [(date(2026, 11, 1), dict.fromkeys(QUESTIONS))]
    freeze(NOON)
    inventory.answer_inventory(people[4], WELL | {"seen": 1})
    freeze(NOON + timedelta(days=8))
    assert moods(tom) == [(date(2026, 11, 1), {"safe": "nearly_all", "seen": "nearly_all", "supported": "nearly_all"})]
    freeze(NOON + timedelta(days=10))
    forget_who_answered(clock.now())
    assert count(InventoryBallot) == 0 and moods(tom)[0][1]["safe"] == "nearly_all"


def test_what_too_few_said_in_a_month_is_forgotten_after_it(tom, freeze):
    inventory.answer_inventory(tom.membership, WELL)
    forget_who_answered(clock.now())
    assert count(InventoryBallot) == 1
    freeze(NOON + timedelta(days=10))
    forget_who_answered(clock.now())
    assert count(InventoryBallot) == count(InventoryCount) == 0


def test_it_is_asked_in_the_first_week_of_a_month_only_and_once(tom, freeze):
    assert not inventory.is_asked(tom.membership), "the 24th"
    for day, asked in ((1, True), (7, True), (8, False)):
        freeze(datetime(2026, 12, day, 12, tzinfo=UTC))
        assert inventory.is_asked(tom.membership) is asked
    freeze(datetime(2026, 12, 2, 12, tzinfo=UTC))
    inventory.answer_inventory(tom.membership, WELL)
    assert not inventory.is_asked(tom.membership)


@pytest.mark.parametrize("october, september, poor", [
    ((2, 4), (3, 3), True), ((2, 4), (6, 0), False), ((6, 0), (2, 4), False), ((2, 4), (1, 3), False), ((2, 4), None, False),
])
def test_two_poor_months_in_a_row_ask_for_a_talk_until_somebody_says_it_took_place(maya, tom, harbour, freeze, october, september, poor):
    store(harbour, date(2026, 10, 1), *october)
    if september:
        store(harbour, date(2026, 9, 1), *september)
    assert inventory.months_of(maya.membership)[1] is poor
    assert inventory.months_of(tom.membership)[1] is False, "only those who look after the group are asked"
    if poor:
        with pytest.raises(Refused, match="for_moderators"):
            inventory.review_inventory(tom.membership)
        for _ in range(2):
            inventory.review_inventory(maya.membership)
        assert inventory.months_of(maya.membership)[1] is False and count(LogEntry) == 1
        store(harbour, date(2026, 11, 1), 0, 6)
        freeze(NOON + timedelta(days=8))
        assert inventory.months_of(maya.membership)[1] is True, "the next poor month asks again"


def test_answers_that_arrive_at_once_all_count_once(tom):
    people = [*joined(5), *[tom.membership] * 4]

    def answer(member):
        try:
            inventory.answer_inventory(member, WELL)
        except Refused as refusal:
            return refusal.reason
        return "counted"

    with ThreadPoolExecutor(9) as pool:
        assert sorted(pool.map(answer, people)) == ["answered_already"] * 3 + ["counted"] * 6
    with reading() as session:
        times = session.scalars(select(InventoryCount.times).where(InventoryCount.answer == 4)).all()
    assert times == [6, 6, 6] and count(InventoryCount) == 12
