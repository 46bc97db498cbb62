"""What somebody typed, tidied; and how words begin a line."""

import pytest

from groups.errors import Invalid
from groups.text import at_the_beginning, written


@pytest.mark.parametrize(("words", "line"), [("on Saturday", "On Saturday"), ("tomorrow", "Tomorrow"), ("", ""), ("über Nacht", "Über Nacht")])
def test_only_the_first_letter_is_made_large(words, line):
    assert at_the_beginning(words) == line


@pytest.mark.parametrize(("text", "reason"), [(None, "empty"), (" \r\n\t", "empty"), ("x" * 11, "too_long")])
def test_what_has_to_be_there_is_asked_for_beside_its_field(text, reason):
    with pytest.raises(Invalid, match=reason) as refused:
        written("answer", text, 10)
    assert refused.value.field == "answer"


def test_what_is_there_keeps_its_lines():
    assert written("answer", " one\r\n two ", 20) == "one\n two"
