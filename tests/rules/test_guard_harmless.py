"""The quick first look leaves nothing out: what it takes for harmless holds nothing when read closely."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groups.guard import apps, cues, english, languages, numerals, pictured
from groups.guard.finding import find, read_closely
from groups.guard.flat import flatten
from groups.guard.harmless import is_harmless
from tests.rules.guarded import sentences

FILES = ("ordinary", "solicitation", "hints", "unseen-ordinary", "unseen-hints", "unseen-solicitation")
OURS = " ".join(
    str(value) for module in (english, languages, cues, pictured) for name, value in vars(module).items() if name.isupper()
)  # every word our own phrases are made of
WORDS = sorted(set(re.findall("[a-z]{1,20}", flatten(OURS).text)))
SAID = sorted(word for word in {*apps.NAMES, *apps.WORDS, *apps.PROVIDERS, *apps.ORDINARY, *numerals.FIGURES} if word.isascii())
STOPS = st.sampled_from([" ", " ", " ", ". ", ", ", "? ", "! ", "; ", "\n", "-", "'", " - ", ": "])


@pytest.mark.parametrize("file", FILES)
def test_what_it_takes_for_harmless_is_so_in_every_sentence_we_know(file):
    assert [words for words in sentences(file) if is_harmless(words) and read_closely(words)] == []


def test_sentences_joined_are_as_harmless_as_they_look():
    plain = [words for words in sentences("ordinary") if is_harmless(words)]
    for one, other in zip(plain, plain[1:], strict=False):
        for joined in (f"{one} {other}", f"{one.rstrip('.!?')} {other.lower()}"):
            assert not (is_harmless(joined) and read_closely(joined)), joined


@settings(max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(WORDS) | st.sampled_from(SAID), STOPS), min_size=1, max_size=9))
@example([("write", " "), ("me", " "), ("there", ". ")])
@example([("tele", " "), ("gram", " "), ("me", " ")])
@example([("your", " "), ("number", "? ")])
@example([("what", " "), ("s", " "), ("app", " ")])
@example([("i", " "), ("n", " "), ("insta", " "), ("g", " "), ("r", " "), ("am", " ")])
@example([("wa", " "), ("s", " "), ("ap", " ")])
def test_whatever_is_made_of_the_words_we_look_for(pieces):
    words = "".join(word + stop for word, stop in pieces)
    assert not (is_harmless(words) and read_closely(words)), words


@settings(max_examples=200)
@given(st.text("abeghilmnoprstuw '.,!-", max_size=60))
def test_whatever_is_typed(words):
    assert not (is_harmless(words) and read_closely(words)), words


def test_much_of_even_what_was_chosen_to_provoke_is_harmless_at_first_sight():
    plain = [words for words in sentences("ordinary") if words.isascii() and re.fullmatch(r"[A-Za-z',. ]+", words)]
    assert sum(map(is_harmless, plain)) > len(plain) / 3
    assert is_harmless("It was a hard week. I was as tired as I have ever been, and it was all I could do to come.")
    assert is_harmless("I hear you, and I am glad that you came tonight. Take your time and say whatever feels right.")
    assert find("Write me there.") == read_closely("Write me there.") != ()
