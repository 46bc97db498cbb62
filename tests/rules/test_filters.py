"""Which hours somebody wants to see, as an address says it: nothing readable in it, nothing lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.schedule.filters import EVERYTHING, MINE, NAMES, Choices, Filter, Option, hidden, read, shown, sign, signed
from groups.text import folded

WHOM = signed(["partners and family", "women", "Partners and Family", "Frauen"])
CHOICES = Choices(
    languages={"en": Option("English", "en"), "de": Option("Deutsch", "de")}, kinds=signed(["sharing", "check-in"]), whom=WHOM,
    access={"open": Option("open to anybody"), "members": Option("for members")},
    groups={MINE: Option("my groups", frozenset([1, 2])), "harbour": Option("Harbour", frozenset([1]))},
    rooms={"quay": Option("The Quay", 7)}, can_serve=True,
)
EMPTY = st.just("")
filters = st.builds(
    Filter, words=EMPTY | st.sampled_from(["light", "Étape du soir", "двa", "a_b %"]), language=EMPTY | st.sampled_from(["en", "de"]),
    kind=EMPTY | st.sampled_from(list(CHOICES.kinds)), whom=EMPTY | st.sampled_from(list(WHOM)),
    access=EMPTY | st.sampled_from(["open", "members"]), group=EMPTY | st.sampled_from([MINE, "harbour"]),
    room=EMPTY | st.just("quay"), serving=st.booleans(),
)


@given(chosen=filters)
def test_what_was_chosen_is_read_again_from_its_own_address(chosen):
    assert read(chosen.query, CHOICES) == (chosen, None)
    assert chosen.is_on == bool(chosen.query) == (chosen != EVERYTHING)


@given(chosen=filters)
def test_one_thing_can_be_dropped_and_the_rest_stands(chosen):
    for name in chosen.parts(CHOICES):
        fewer = chosen.without(name)
        gone = {name, "room"} if name == "group" else {name}
        assert fewer.parts(CHOICES) == {one: words for one, words in chosen.parts(CHOICES).items() if one not in gone}


def test_an_address_says_nothing_the_eye_can_read():
    chosen = Filter(words="after a lapse", whom=sign("partners and family"), kind=sign("sharing"))
    address = "&".join(f"{name}={value}" for name, value in chosen.query.items())
    assert not re.search("lapse|partner|famil|shar", address)


def test_a_page_says_what_is_chosen():
    chosen = Filter(words="light", language="de", whom=sign("Women"), group=MINE, serving=True)
    assert list(chosen.parts(CHOICES).values()) == ["Deutsch", "for women", "my groups", "where I serve", "“light”"]
    assert EVERYTHING.parts(CHOICES) == {}


@pytest.mark.parametrize("name, value", [
    ("language", "xx"), ("language", "e" * 9000), ("kind", "sharing"), ("for", "partners and family"), ("for", "00000000"),
    ("who", "nobody"), ("room", "elsewhere"), ("serve", "0"), ("q", "%%%"), ("q", "ä"), ("q", hidden("x" * 61)), ("q", hidden("\x00 ")),
    ("q", "/w"), ("language", "de\x00"),
])
def test_what_nobody_knows_is_left_out_and_named_and_the_rest_stands(name, value):
    chosen, problem = read({"who": "open", name: value}, CHOICES)
    assert isinstance(problem, Invalid) and problem.field == name
    assert chosen == (Filter(access="open") if name != "who" else EVERYTHING)


def test_nobody_serves_where_nobody_is_signed_in():
    chosen, problem = read({"serve": "1"}, Choices())
    assert chosen == EVERYTHING and problem


def test_wordings_that_differ_in_case_or_accents_are_one_choice():
    assert [option.label for option in WHOM.values()] == ["Frauen", "partners and family", "women"]
    assert WHOM[sign("partners  AND family")].stands_for == ("partners and family", "Partners and Family")
    assert list(signed(["Angehörige", "", "angehorige"])) == [sign("ANGEHÖRIGE")]


@given(words=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=60))
def test_words_come_back_as_they_went(words):
    assert shown(hidden(words)) == words
    assert re.fullmatch(r"[\w-]+", hidden(words), re.ASCII)


@pytest.mark.parametrize("text, letters", [
    ("Étape du SOIR", "etape du soir"), ("Ångström", "angstrom"), ("İzmir", "izmir"), ("ПРИВЕТ", "привет"), ("ﬁn", "fin"), ("", ""),
])
def test_a_search_compares_letters_without_case_and_accents(text, letters):
    assert folded(text) == letters == folded(folded(text))


def test_at_most_six_words_are_looked_for():
    assert Filter(words="a B c d e f g h").looked_for == ["a", "b", "c", "d", "e", "f"]
    assert set(NAMES) == set(Filter.__dataclass_fields__)
