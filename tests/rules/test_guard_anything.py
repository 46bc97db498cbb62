"""Whatever is typed: the guard answers, in order and inside the text, and does not tire."""

import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.guard.finding import KINDS, STRICTNESS, find
from tests.rules.guarded import sentences

PIECES = st.sampled_from([
    "telegram", "find me on", "@", ".", "com", " dot ", " at ", "gmail", "0", "7", "seven ", "oh ", "\u200b", "\u0301", "\n", " ", "-", "(", "٣", "𝓽", "а", "微信", "💡", "t e l e ", "12:30",
])
DISGUISED = st.sampled_from([
    "tom77@gmail.com", "tom77 (at) gmail (dot) com", "t o m @ g m a i l . c o m", "tom77＠ｇｍａｉｌ．ｃｏｍ", "tom77@gm\u200bail.com", "tom arroba hotmail punto com", "+44 7700 900123",
    "0 7 7 0 0 9 0 0 1 2 3", "٠٧٧٠٠٩٠٠١٢٣", "find me on t3l3gr4m", "insta: quiet_tom77", "www.nightroom.org", "nightroom dot com",
])


@given(st.text(max_size=300) | st.lists(PIECES, max_size=60).map("".join), st.sampled_from(STRICTNESS))
def test_any_text_gives_findings_inside_it_in_order_and_apart(words, strictness):
    found = find(words, strictness)
    end = 0
    for one in found:
        assert one.kind in KINDS
        assert end <= one.start < one.end <= len(words)
        end = one.end
    assert find(words, strictness) == found


@given(st.sampled_from(sentences("ordinary") + sentences("unseen-ordinary")), DISGUISED, st.booleans())
def test_an_address_beside_any_ordinary_sentence_is_found(ordinary, address, first):
    both = f"{address}. {ordinary}" if first else f"{ordinary} {address}"
    at = both.index(address)
    assert any(one.start < at + len(address) and one.end > at for one in find(both))


@given(st.lists(PIECES, max_size=60).map("".join))
def test_the_strict_guard_holds_whatever_the_usual_one_does(words):
    assert not find(words) or find(words, "strict")


def work(words):
    """How many lines of Python the guard runs for these words."""
    counted = Counter()

    def watch(frame, event, argument):
        counted[event] += 1
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        find(words, "strict")
    finally:
        sys.settrace(before)
    return counted["line"]


@pytest.mark.parametrize("piece", [
    "a", "a ", "1", "1 ", "0-", ".", "@", "a@", ".com", "telegram ", "find me on ", "my telegram ", "let s talk this it on ", "oh ", "dot com ", "微信", "aа", "é", "t e l e ", "a . b ", "1,000,", "( ", "12:",
    "on the telegram and then ", "can we you talk ",
])
def test_the_work_grows_with_the_length_of_the_text_and_no_faster(piece):
    small, large = (piece * (letters // len(piece)) for letters in (500, 4000))
    assert work(large) <= 8 * 1.5 * work(small) + 2000
