"""What somebody typed, tidied; and how words begin a line."""

import pytest

from groups.errors import Invalid
from groups.meeting.shapes import LineNote, Note, Rewriting, Sharing
from groups.meeting.verbs import read
from groups.text import at_the_beginning, one_line, paragraphs, unturned, written

# As typed, and as kept; ⟨…⟩ names a sign nobody sees.
SIGNS = {
    "LRE": "\u202a", "RLE": "\u202b", "PDF": "\u202c", "LRO": "\u202d", "RLO": "\u202e", "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068",
    "PDI": "\u2069", "LRM": "\u200e", "RLM": "\u200f", "ALM": "\u061c", "ZWNJ": "\u200c", "ZWJ": "\u200d",
}
TURNED = (
    ("⟨RLO⟩abc", "abc"), ("a ⟨RLO⟩cb⟨PDF⟩ d", "a cb d"), ("a ⟨LRO⟩אב⟨PDF⟩", "a אב"), ("one⟨RLE⟩ two", "one two"), ("one⟨PDF⟩ two", "one two"),
    ("one⟨RLI⟩ two", "one two"), ("one⟨PDI⟩ two", "one two"), ("⟨RLE⟩one\ntwo⟨PDF⟩", "one\ntwo"), ("⟨FSI⟩a⟨RLO⟩b⟨PDI⟩c", "⟨FSI⟩ab⟨PDI⟩c"),
    ("⟨RLE⟩⟨FSI⟩a⟨PDF⟩b⟨PDI⟩", "⟨FSI⟩ab⟨PDI⟩"), ("⟨RLE⟩a⟨RLO⟩b⟨PDF⟩c⟨PDF⟩d⟨PDF⟩", "⟨RLE⟩abc⟨PDF⟩d"), ("⟨RLI⟩⟨RLI⟩a⟨PDI⟩", "⟨RLI⟩a⟨PDI⟩"),
)
WHOLE = (
    "שלום, Tom! (03-555)", "مرحبا بالجميع", "می⟨ZWNJ⟩خواهم", "אני כאן⟨RLM⟩!", "C++⟨LRM⟩ בערב", "⟨ALM⟩١٢ مساء", "👩⟨ZWJ⟩👧", "⟨RLE⟩אני כאן⟨PDF⟩ said Tom",
    "⟨FSI⟩תום⟨PDI⟩ and ⟨RLI⟩נועה ⟨LRI⟩Tom⟨PDI⟩⟨PDI⟩", "plain", "a\n\nb",
)


def signs(text):
    for name, sign in SIGNS.items():
        text = text.replace(f"⟨{name}⟩", sign)
    return text


@pytest.mark.parametrize(("typed", "kept"), TURNED + tuple((text, text) for text in WHOLE))
def test_nothing_turns_around_what_stands_beside_it_and_right_to_left_stays_whole(typed, kept):
    typed, kept = signs(typed), signs(kept)
    assert unturned(typed) == kept == unturned(kept)
    assert paragraphs("about", typed, 100) == kept
    assert one_line("title", typed, 100) == " ".join(unturned(" ".join(typed.split())).split())
    for shape, more in ((Sharing, {}), (Rewriting, {"number": 3}), (LineNote, {}), (Note, {})):
        assert read(shape, {"meeting": "m1", "client_id": "12345678", "words": typed} | more).words == kept


@pytest.mark.parametrize("nothing", ["⟨RLO⟩", "⟨RLE⟩ ⟨PDF⟩", "⟨RLM⟩\n⟨ZWJ⟩"])
def test_signs_alone_say_nothing(nothing):
    for tidy in (written, one_line):
        with pytest.raises(Invalid, match="empty"):
            tidy("answer", signs(nothing), 10)
    with pytest.raises(Invalid, match="empty"):
        read(Sharing, {"meeting": "m1", "client_id": "12345678", "words": signs(nothing)})


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
