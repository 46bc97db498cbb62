"""Which agreement an emergency is about is known, or whoever acts says it; nobody is accused by a default."""

import pytest

from groups.conduct.ladder import EMERGENCIES
from groups.membership.agreements import FIRST_AGREEMENTS
from groups.rooms.agreements import fitting

AS_FOUNDED = list(enumerate(FIRST_AGREEMENTS, 1))
THEIR_OWN = list(enumerate(("Be here.", "Be kind.", "Stay in the room."), 1))


@pytest.mark.parametrize(("agreed", "contact", "known"), [
    (AS_FOUNDED, 3, {"solicitation": 3, "threats": 6, "exposing": 1}),
    (AS_FOUNDED, None, {"threats": 6, "exposing": 1}),
    (THEIR_OWN, 3, {"solicitation": 3}),
    (THEIR_OWN, None, {}),
    (THEIR_OWN, 4, {}),  # one that was added since this hour began cannot be named in it
    ([*THEIR_OWN, (4, FIRST_AGREEMENTS[0])], 3, {"solicitation": 3, "exposing": 4}),
])
def test_a_reason_goes_with_its_own_agreement_or_with_none(agreed, contact, known):
    assert fitting(agreed, contact) == known
    assert set(known) <= set(EMERGENCIES)


def test_what_the_first_agreements_are_taken_for_is_what_they_say():
    known = {why: FIRST_AGREEMENTS[number - 1] for why, number in fitting(AS_FOUNDED, 3).items()}
    assert "contact details" in known["solicitation"] and "kind" in known["threats"] and "stays here" in known["exposing"]
