"""The seven words: how they are made, typed, checked and hashed."""

import re
import threading
from collections import Counter
from statistics import NormalDist

import pytest
from argon2.low_level import Type, hash_secret_raw
from hypothesis import given
from hypothesis import strategies as st

from groups.accounts import passphrase
from groups.accounts.passphrase import KNOWN, WORDS, check, compare, generate, key_of, normalise, opens_an_account
from groups.errors import Crowded, Invalid
from groups.sealing import derived

SEVEN = ("abacus", "tshirt", "zoom", "yoyo", "dropdown", "ambulance", "felttip")
HARMLESS = {"unashamed", "cluster", "clustered", "clustering", "blustery", "lustrous", "ballistic"}
PEPPER = "a-secret-of-a-server-for-this-test-only"


def why_not(text):
    with pytest.raises(Invalid) as refusal:
        normalise(text)
    assert refusal.value.field == "words"
    return refusal.value.reason


# --- making ------------------------------------------------------------------------------------


def test_seven_words_of_the_list_are_at_least_ninety_bits():
    assert len(WORDS) == len(KNOWN) == 7636
    assert passphrase.bits(WORDS) >= 90


def test_a_hundred_thousand_accounts_never_share_their_words_and_no_word_is_favoured():
    made = [generate() for _ in range(100_000)]
    assert all(len(words) == 7 for words in made)
    assert len(set(made)) == len(made)
    counts = Counter(word for words in made for word in words)
    assert set(counts) == KNOWN
    expected = 700_000 / len(WORDS)
    chi_square = sum((counts[word] - expected) ** 2 / expected for word in WORDS)
    # Wilson and Hilferty: the cube root of chi square over its degrees of freedom is nearly normal.
    freedom = len(WORDS) - 1
    how_far = ((chi_square / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / (2 / (9 * freedom)) ** 0.5
    # A fair generator is refused once in ten million runs; one word drawn twice as often is always seen.
    assert 1e-7 < NormalDist().cdf(how_far) < 1 - 1e-7


@pytest.mark.parametrize("words, complaint", [
    (WORDS[:7_299], "too short"),
    ([*WORDS[:-1], WORDS[0]], "twice"),
    ([*WORDS[:-1], "café"], "three letters, a to z"),
    ([*WORDS[:-1], "Zebra"], "three letters, a to z"),
    ([*WORDS[:-1], "ab"], "three letters, a to z"),
    ([*WORDS[:-1], "two words"], "three letters, a to z"),
    ([*WORDS[:-1], "abacuses"], "how 'abacuses' begins"),
    (WORDS[:7_400], "bits"),
])
def test_a_weak_or_ambiguous_list_stops_the_start_with_a_sentence(words, complaint):
    with pytest.raises(SystemExit, match=complaint):
        check(words)


def test_no_word_hurts_or_says_what_the_card_is_for():
    telling = re.compile("sex|porn|addict|relaps|rehab|recover|chat|dating|flirt|seduc|lust|spous|marri|husband|wife|cheat|asham|shame")
    assert [word for word in WORDS if telling.search(word) and word not in HARMLESS] == []


# --- typing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [
    "abacus tshirt zoom yoyo dropdown ambulance felttip",
    "  Abacus   Tshirt Zoom\tYoyo\r\nDropdown Ambulance Felttip \n",
    "ABACUS TSHIRT ZOOM YOYO DROPDOWN AMBULANCE FELTTIP",
    "abacus-tshirt-zoom-yoyo-dropdown-ambulance-felttip",
    "Abacus, tshirt, zoom, yoyo, dropdown, ambulance, felttip.",
    "abacus.tshirt.zoom.yoyo.dropdown.ambulance.felttip",
    "abacus t-shirt zoom yo-yo drop-down ambulance felt-tip",
    "abacus t‑shirt zoom yo–yo drop—down ambulance felt tip",
    "1. abacus 2. tshirt 3. zoom 4. yoyo 5. dropdown 6. ambulance 7. felttip",
    "1 abacus\n2 tshirt\n3 zoom\n4 yoyo\n5 dropdown\n6 ambulance\n7 felttip",
    "abacustshirtzoomyoyodropdownambulancefelttip",
    "ａｂａｃｕｓ ｔｓｈｉｒｔ ｚｏｏｍ ｙｏｙｏ ｄｒｏｐｄｏｗｎ ａｍｂｕｌａｎｃｅ ｆｅｌｔｔｉｐ",
    "abacus\u00a0tshirt\u2003zoom\u200byoyo\ufeffdropdown\u00adambulance\u2060felttip",
    "abácus tshirt zoöm yoyo dropdown ambulance felttıp".replace("ı", "i"),
    "abacus tshİrt zoom yoyo dropdown ambulance felttİp",
    "“abacus tshirt zoom yoyo dropdown ambulance felttip”",
])
def test_words_are_known_again_however_a_phone_writes_them(typed):
    assert normalise(typed) == SEVEN


@given(st.lists(st.sampled_from(WORDS), min_size=7, max_size=7), st.sampled_from(["", " ", "-", ", ", "\n", ". ", " / ", "\u00a0"]),
       st.sampled_from([str.lower, str.upper, str.title, str.capitalize]))
def test_any_seven_words_survive_any_way_of_writing_them(words, between, case):
    assert normalise(case(between.join(words))) == tuple(words)


@pytest.mark.parametrize("typed, reason, fact", [
    ("", "words_missing", {"count": 0}),
    ("   ", "words_missing", {"count": 0}),
    ("abacus", "words_missing", {"count": 1}),
    ("abacus tshirt zoom yoyo dropdown ambulance", "words_missing", {"count": 6}),
    ("abacus tshirt zoom yoyo dropdown ambulance felttip zoom", "words_missing", {"count": 8}),
    ("abacus hello", "words_missing", {"count": 2}),
    ("abacus tshirt zoom yoyo dropdown ambulance feltip", "word_not_ours", {"number": 7}),
    ("abacuss tshirt zoom yoyo dropdown ambulance felttip", "word_not_ours", {"number": 1}),
    ("abacus, tshirt, zoom, jojo, drop-down, ambulance, felt-tip", "word_not_ours", {"number": 4}),
    ("abacus-tshirt-zoom-jojo-dropdown-ambulance-felttip", "word_not_ours", {"number": 4}),
    ("абакус", "words_missing", {"count": 0}),
    ("\x00\x01", "words_missing", {"count": 0}),
    ("a" * 201, "too_long", {"limit": 200}),
])
def test_what_cannot_be_seven_words_is_said_kindly(typed, reason, fact):
    with pytest.raises(Invalid) as refusal:
        normalise(typed)
    assert refusal.value.reason == reason
    assert fact.items() <= refusal.value.facts.items()


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_words(text):
    try:
        assert len(normalise(text)) == 7
    except Invalid as refusal:
        assert refusal.field == "words"


@pytest.mark.parametrize("text, so", [
    (" ".join(SEVEN), True), ("-".join(SEVEN).upper(), True), (" ".join(SEVEN[:6]), False), (" ".join(SEVEN) + " again", False),
    ("I was tired and went for a walk by the water.", False), ("", False), ("rain " * 800, False),
])
def test_what_was_typed_in_the_wrong_field_is_known(text, so):
    assert opens_an_account(text) == so


def test_length_is_looked_at_before_anything_else():
    assert why_not(" ".join(SEVEN) + " " * 200) == "too_long"


def test_typing_back_compares_words_and_not_how_they_are_written():
    compare(SEVEN, "Abacus, t-shirt, zoom, yo-yo, drop-down, ambulance, felt-tip")
    for other in (" ".join(SEVEN[:6]), " ".join(reversed(SEVEN)), "nonsense", " ".join([*SEVEN[:6], "zebra"])):
        with pytest.raises(Invalid, match="words_differ"):
            compare(SEVEN, other)
    with pytest.raises(Invalid, match="too_long"):
        compare(SEVEN, "x" * 201)


# --- hashing -----------------------------------------------------------------------------------


def test_the_key_is_argon2id_at_the_least_cost_owasp_allows():
    salt = derived(PEPPER, "passphrase look-up")[:16]
    typed = "".join(SEVEN).encode()
    by_hand = hash_secret_raw(typed, salt, time_cost=2, memory_cost=19_456, parallelism=1, hash_len=32, type=Type.ID)
    assert key_of(SEVEN, PEPPER) == by_hand


def test_the_same_words_give_the_same_key_and_everything_else_another():
    key = key_of(SEVEN, PEPPER, fast=True)
    assert len(key) == 32
    assert key_of(SEVEN, PEPPER, fast=True) == key
    assert key_of(" ".join(SEVEN), PEPPER, fast=True) == key
    assert key_of(SEVEN[::-1], PEPPER, fast=True) != key
    assert key_of(SEVEN, PEPPER + "!", fast=True) != key


def test_a_crowd_at_the_door_is_told_to_wait_and_the_next_one_gets_in(monkeypatch):
    held, inside = threading.Event(), threading.Semaphore(0)

    def slow_hash(*_, **__):
        inside.release()
        held.wait(10)
        return b"k" * 32

    monkeypatch.setattr(passphrase, "hash_secret_raw", slow_hash)
    answers = []
    crowd = [threading.Thread(target=lambda: answers.append(key_of(SEVEN, PEPPER))) for _ in range(passphrase.HASHING + passphrase.WAITING)]
    for one in crowd:
        one.start()
    for _ in range(passphrase.HASHING):
        assert inside.acquire(timeout=10)
    deadline = threading.Event()
    while passphrase._places._value:  # the others are on their way into the queue
        deadline.wait(0.01)
    assert not inside.acquire(blocking=False), "more hashed at once than there are turns"
    with pytest.raises(Crowded):
        key_of(SEVEN, PEPPER)
    held.set()
    for one in crowd:
        one.join(10)
    assert answers == [b"k" * 32] * len(crowd)
    assert key_of(SEVEN, PEPPER) == b"k" * 32
