"""NaN and Infinity come neither in nor out: one of them in a broadcast makes every official client drop."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.wirejson import WireJson

ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=20,
)


def strict(text):
    """JSON as a browser reads it. Raises ValueError at NaN and Infinity."""

    def refuse(word):
        raise ValueError(word)

    return json.loads(text, parse_constant=refuse)


@given(ANY)
def test_whatever_is_sent_a_browser_can_read(value):
    read = strict(WireJson.dumps(value))
    assert read == value or "null" in WireJson.dumps(value), "what is no number is nothing"


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e999, {"seconds": math.nan}, [[math.inf]]])
def test_no_number_that_is_none_ever_leaves(odd):
    said = WireJson.dumps(odd)
    assert "NaN" not in said and "Infinity" not in said and strict(said) is not odd


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", '{"a":NaN}', "[1e999]", "[" * 50_000, '{"a":' * 50_000, "", "\x00", "1 2"])
def test_none_comes_in_either(text):
    with pytest.raises(ValueError):
        WireJson.loads(text)
