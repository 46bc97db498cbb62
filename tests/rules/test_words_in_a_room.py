"""The seven words of an account, typed into the wrong field of a room, are read by nobody there."""

import pytest

from groups.errors import Invalid
from groups.meeting.shapes import LineNote, Note, Rewriting, Sharing
from groups.meeting.verbs import read

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
SENT = {"meeting": "m1", "client_id": "12345678"}


@pytest.mark.parametrize("shape, more", [(Sharing, {}), (Rewriting, {"number": 3}), (LineNote, {}), (Note, {})])
def test_the_words_of_an_account_are_not_said_in_a_room(shape, more):
    with pytest.raises(Invalid) as refusal:
        read(shape, SENT | more | {"words": SEVEN.title()})
    assert (refusal.value.field, refusal.value.reason) == ("words", "words_in_a_room")
    assert read(shape, SENT | more | {"words": f"What is {SEVEN}?"}).words.endswith("?")
