"""The guard measured: what is held of every way to be reached, and of what people really say."""

import pytest

from groups.guard.finding import find
from tests.rules.guarded import sentences

LEAST_HELD, MOST_FALSE = 0.95, 0.02


def share_held(file, strictness):
    lines = sentences(file)
    held = [line for line in lines if find(line, strictness)]
    return len(held) / len(lines), held


@pytest.mark.parametrize("file, strictness", [
    ("solicitation", "usual"), ("unseen-solicitation", "usual"), ("solicitation", "strict"), ("unseen-solicitation", "strict"), ("hints", "strict"), ("unseen-hints", "strict"),
])
def test_ways_to_be_reached_are_held(file, strictness):
    held, which = share_held(file, strictness)
    assert held >= LEAST_HELD, set(sentences(file)) - set(which)


@pytest.mark.parametrize("file", ["ordinary", "unseen-ordinary"])
@pytest.mark.parametrize("strictness", ["usual", "strict"])
def test_what_people_really_say_passes(file, strictness):
    held, which = share_held(file, strictness)
    assert held <= MOST_FALSE, which


def test_vague_hints_pass_the_usual_guard():
    held, _ = share_held("hints", "usual")
    assert held < 0.2


def test_the_corpora_are_as_large_as_they_claim():
    assert len(sentences("solicitation")) >= 400 and len(sentences("ordinary")) >= 700
    assert len(sentences("unseen-solicitation")) >= 60 and len(sentences("unseen-ordinary")) >= 60
    for seen in ("solicitation", "ordinary", "hints"):
        assert not set(sentences(seen)) & set(sentences(f"unseen-{seen}"))


@pytest.mark.parametrize("file", ["solicitation", "ordinary", "hints"])
def test_the_guard_that_is_off_finds_nothing(file):
    assert not any(find(line, "off") for line in sentences(file))
