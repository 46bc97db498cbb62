"""Questions to the open data: each part read as what it is, everything else refused by name; and the
OpenAPI document says the same, because it is made of the same types."""

import json
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.exchange import asking
from groups.exchange.asking import BmltAsked, GroupsAsked, MeetingsAsked, NothingAsked, SeriesAsked, from_place, place, read
from groups.exchange.openapi import ADDRESSES, document
from groups.sentences import SENTENCES

ID = "24tmm3tncm"
BASE = "https://meet.example.org"


def test_nothing_asked_is_a_week_of_everything():
    assert read(MeetingsAsked, {}) == MeetingsAsked(None, None, "UTC", None, None, 50, None)


def test_every_part_is_read_as_what_it_is():
    sent = {"from": "2026-11-24", "to": "2026-12-01", "zone": "Asia/Kathmandu", "language": "de", "group": ID, "limit": "7", "cursor": f"1-{ID}"}
    assert read(MeetingsAsked, {name: [value] for name, value in sent.items()}) == MeetingsAsked(
        date(2026, 11, 24), date(2026, 12, 1), "Asia/Kathmandu", "de", ID, 7, f"1-{ID}"
    )


@pytest.mark.parametrize("kind, name, values, reason", [
    (MeetingsAsked, "from", ["tomorrow"], "bad_date"), (MeetingsAsked, "from", [""], "bad_date"),
    (MeetingsAsked, "to", ["2026-02-30"], "bad_date"), (MeetingsAsked, "to", ["2026-11-24T10:00:00"], "bad_date"),
    (MeetingsAsked, "zone", ["Mars/Olympus"], "unknown_zone"), (MeetingsAsked, "zone", ["+01:00"], "unknown_zone"),
    (MeetingsAsked, "language", ["xx"], "choose_one"), (MeetingsAsked, "group", ["Harbour"], "not_listed"),
    (MeetingsAsked, "group", ["aeiouaeiou"], "not_listed"), (MeetingsAsked, "limit", ["0"], "out_of_range"),
    (MeetingsAsked, "limit", ["101"], "out_of_range"), (MeetingsAsked, "limit", ["9" * 400], "out_of_range"),
    (MeetingsAsked, "limit", ["many"], "out_of_range"), (MeetingsAsked, "limit", ["1.5"], "out_of_range"),
    (MeetingsAsked, "cursor", ["next"], "bad_cursor"), (MeetingsAsked, "cursor", [f"{'9' * 17}-{ID}"], "bad_cursor"),
    (SeriesAsked, "cursor", [f"1-{ID}"], "bad_cursor"), (GroupsAsked, "language", ["de"], "unknown_question"),
    (MeetingsAsked, "limit", ["1", "2"], "bad_shape"), (MeetingsAsked, "from_day", ["2026-11-24"], "unknown_question"),
    (NothingAsked, "x", ["1"], "unknown_question"), (BmltAsked, "switcher", ["DeleteAll"], "unknown_switcher"),
    (BmltAsked, "get_used_formats", ["yes"], "choose_one"),
])
def test_what_cannot_be_asked_is_refused_by_its_name(kind, name, values, reason):
    with pytest.raises(Invalid) as caught:
        read(kind, {"switcher": ["GetFormats"], name: values} if kind is BmltAsked else {name: values})
    assert (caught.value.field, caught.value.reason) == (name, reason)


def test_a_question_that_has_to_be_asked_is_asked_for_and_others_of_theirs_are_passed_over():
    with pytest.raises(Invalid, match="unknown_switcher"):
        read(BmltAsked, {"weekdays": ["2"]}, strictly=False)
    assert read(BmltAsked, {"switcher": ["GetFormats"], "weekdays": ["2", "3"]}, strictly=False).switcher == "GetFormats"


def test_each_part_has_a_reason_with_a_sentence():
    parts = {field.encode_name for address in ADDRESSES for field in msgspec.structs.fields(address.asked)}
    assert parts == asking.REASONS.keys() and set(asking.REASONS.values()) <= SENTENCES.keys()


@given(st.datetimes(datetime(1970, 1, 1), datetime(2280, 1, 1), timezones=st.just(UTC)))
def test_a_place_in_time_leads_back_to_the_moment(at):
    assert from_place(place(at, ID)) == (at, ID)


@pytest.mark.parametrize("cursor", [f"0-{ID}", f"{'9' * 16}-{ID}"])
def test_every_place_of_that_shape_is_one(cursor):
    assert from_place(read(MeetingsAsked, {"cursor": [cursor]}).cursor)[1] == ID


def test_the_document_knows_every_address_and_refers_only_to_what_is_in_it():
    told = document(BASE)
    assert told["openapi"] == "3.1.0" and told["servers"] == [{"url": BASE}]
    assert set(told["paths"]) == {address.path for address in ADDRESSES}
    text = json.dumps(told)
    for kind in ("schemas", "responses"):
        for name in told["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text, f"{name} is said and never used"
    for reference in {piece.split('"')[0] for piece in text.split('"$ref": "#/components/')[1:]}:
        kind, name = reference.split("/")
        assert name in told["components"][kind], reference


def test_the_document_says_what_may_be_asked_as_the_addresses_read_it():
    asked = {one["name"]: one for one in document(BASE)["paths"]["/api/v1/meetings"]["get"]["parameters"]}
    assert asked["from"]["schema"] == {"type": "string", "format": "date"} and not asked["from"]["required"]
    assert asked["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}
    assert "Europe/London" in asked["zone"]["schema"]["enum"] and asked["zone"]["schema"]["default"] == "UTC"
    assert all(one["description"] for one in asked.values())
