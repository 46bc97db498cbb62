"""Offering a duty of one's own for somebody's, and the answer."""

import pytest

from groups.db import reading
from groups.errors import NotFound
from groups.rota.actions import ask_for_cover, keep_duty, serve, set_rules, step_down
from groups.rota.coming import plan_to_come
from groups.rota.models import Coming, SwapOffer
from groups.rota.swaps import accept_swap, decline_swap, offer_swap, withdraw_swap
from tests.actions.test_duties import fails
from tests.evenings import NOON, count, duties, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def tuesday(maya, quay, tom):
    """Tom chairs, and asks for cover."""
    hour = one(maya, quay)
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    return hour


@pytest.fixture
def thursday(maya, quay, nia):
    """Nia keeps the door."""
    hour = one(maya, quay, hours=7 + 48)
    serve(nia.membership, hour, "door")
    return hour


@pytest.fixture
def offered(nia, tuesday, thursday):
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    assert count(SwapOffer) == 1


def test_both_sides_take_what_the_other_had(tom, nia, tuesday, thursday, offered):
    accept_swap(tom.membership, tuesday, thursday.public_id, "door")
    assert (duties(tuesday), duties(thursday)) == ({"chair": "Nia"}, {"door": "Tom"})
    assert count(SwapOffer) == 0
    fails("swap_gone", accept_swap, tom.membership, tuesday, thursday.public_id, "door")


def test_saying_no_and_taking_it_back_leave_everything_as_it_was(tom, nia, tuesday, thursday, offered):
    decline_swap(tom.membership, tuesday, thursday.public_id, "door")
    decline_swap(tom.membership, tuesday, thursday.public_id, "door")
    assert count(SwapOffer) == 0
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    withdraw_swap(nia.membership, tuesday, "chair")
    withdraw_swap(nia.membership, tuesday, "chair")
    assert count(SwapOffer) == 0
    assert (duties(tuesday), duties(thursday)) == ({"chair": "Tom"}, {"door": "Nia"})


def test_an_offer_is_gone_with_what_it_was_about(tom, nia, maya, tuesday, thursday, offered):
    keep_duty(tom.membership, tuesday)
    assert count(SwapOffer) == 0
    ask_for_cover(tom.membership, tuesday)
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    step_down(nia.membership, thursday)
    assert count(SwapOffer) == 0
    serve(nia.membership, thursday, "door")
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    serve(maya.membership, tuesday, "chair")
    assert count(SwapOffer) == 0 and duties(tuesday) == {"chair": "Maya"}


def test_only_what_is_asked_for_and_ones_own_is_swapped(tom, nia, maya, tuesday, thursday, freeze):
    fails("not_yours_to_swap", offer_swap, maya.membership, tuesday, "chair", thursday.public_id)
    fails("not_yours_to_swap", offer_swap, nia.membership, tuesday, "chair", "nosuchhour")
    fails("not_yours_to_swap", offer_swap, nia.membership, tuesday, "chair", "%\x00")
    fails("cover_not_asked", offer_swap, nia.membership, tuesday, "door", thursday.public_id)
    fails("cover_not_asked", offer_swap, tom.membership, tuesday, "chair", tuesday.public_id)
    keep_duty(tom.membership, tuesday)
    fails("cover_not_asked", offer_swap, nia.membership, tuesday, "chair", thursday.public_id)
    freeze(thursday.starts_at)
    ask_for_cover(tom.membership, tuesday)
    fails("not_yours_to_swap", offer_swap, nia.membership, tuesday, "chair", thursday.public_id)


def test_both_must_be_able_to_do_what_they_get(tom, nia, maya, tuesday, thursday, offered):
    set_rules(maya.membership, 365, 0, False)
    fails("days_first", accept_swap, tom.membership, tuesday, thursday.public_id, "door")
    set_rules(maya.membership, 0, 0, False)
    set_to(tuesday, needs="door")
    fails("swap_not_possible", accept_swap, tom.membership, tuesday, thursday.public_id, "door")
    set_to(tuesday, needs="chair")
    set_to(thursday, phase="cancelled")
    fails("meeting_cancelled", accept_swap, tom.membership, tuesday, thursday.public_id, "door")
    assert (duties(tuesday), duties(thursday)) == ({"chair": "Tom"}, {"door": "Nia"})


def test_what_one_gives_away_does_not_count_against_one(maya, tom, nia, quay, tuesday, thursday):
    """Nia serves three times that week; she can still swap one of the three."""
    for n in (1, 3):
        serve(nia.membership, one(maya, quay, hours=7 + 24 * n), "second")
    fails("three_shifts", serve, nia.membership, tuesday, "chair")
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    accept_swap(tom.membership, tuesday, thursday.public_id, "door")
    assert duties(tuesday) == {"chair": "Nia"}


def test_two_at_one_hour_may_change_duties(tom, nia, tuesday):
    serve(nia.membership, tuesday, "door")
    offer_swap(nia.membership, tuesday, "chair", tuesday.public_id)
    accept_swap(tom.membership, tuesday, tuesday.public_id, "door")
    assert duties(tuesday) == {"chair": "Nia", "door": "Tom"}


def test_who_serves_at_that_hour_already_offers_nothing_else(nia, tuesday, thursday):
    serve(nia.membership, tuesday, "second")
    fails("one_duty", offer_swap, nia.membership, tuesday, "chair", thursday.public_id)


def test_whoever_serves_by_a_swap_needs_no_place_there(tom, nia, tuesday, thursday):
    plan_to_come(nia.membership, tuesday)
    offer_swap(nia.membership, tuesday, "chair", thursday.public_id)
    accept_swap(tom.membership, tuesday, thursday.public_id, "door")
    with reading() as session:
        assert session.query(Coming).count() == 0


def test_nobody_of_another_group_is_part_of_it(rosa, vera, tom, tuesday, thursday, offered):
    for wish in (
        lambda: offer_swap(rosa.membership, tuesday, "chair", thursday.public_id),
        lambda: withdraw_swap(vera.membership, tuesday, "chair"),
        lambda: decline_swap(rosa.membership, tuesday, thursday.public_id, "door"),
        lambda: accept_swap(rosa.membership, tuesday, thursday.public_id, "door"),
    ):
        with pytest.raises(NotFound):
            wish()
    set_to(tom.membership, left_at=NOON)
    with pytest.raises(NotFound):
        accept_swap(tom.membership, tuesday, thursday.public_id, "door")
    assert count(SwapOffer) == 1
