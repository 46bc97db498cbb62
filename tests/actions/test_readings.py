"""The texts a group reads together: who may add them, and that each says whose it is."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.library import (
    MOST,
    add_reading,
    change_reading,
    library_of,
    look_after_reading,
    plan_reading,
    put_reading_away,
)
from groups.formats.models import OwnReading
from groups.formats.readings import Reading
from groups.formats.shipped import READINGS
from groups.membership.models import Membership

POEM = Reading("A poem", "Two lines.\n\nOr three.", "Ann B.", "permission", "Ann B., by letter")


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(OwnReading))


def stored(row):
    with reading() as session:
        return session.get(OwnReading, row.id)


@pytest.fixture
def poem(maya):
    """A text of Harbour's."""
    return add_reading(maya.membership, POEM)


def test_a_moderator_adds_a_text_with_its_source_and_the_right_to_read_it(maya, harbour, poem):
    row = stored(poem)
    assert (row.group_id, row.added_by, row.title, row.text) == (harbour.id, maya.membership.id, "A poem", POEM.text)
    assert row.reading.credit == "Ann B. · Used with permission from Ann B., by letter"
    own, ready = library_of(maya.membership)
    assert ([text.key for text in own], ready) == ([poem.key], list(READINGS.values()))


def test_words_that_are_for_a_permission_only_are_not_kept_for_the_rest(maya):
    assert add_reading(maya.membership, replace(POEM, licence="public")).licence_words == ""


@pytest.mark.parametrize("changes, field, reason", [
    ({"title": ""}, "title", "empty"), ({"title": None}, "title", "empty"), ({"title": "x" * 61}, "title", "too_long"),
    ({"text": " \n "}, "text", "empty"), ({"text": None}, "text", "empty"), ({"text": "x" * 3001}, "text", "too_long"),
    ({"source": ""}, "source", "empty"), ({"source": "x" * 121}, "source", "too_long"),
    ({"licence": "mine"}, "licence", "choose_one"), ({"licence": None}, "licence", "choose_one"),
    ({"licence_words": ""}, "licence_words", "empty"), ({"licence": "licence", "licence_words": " "}, "licence_words", "empty"),
])
def test_a_text_without_its_source_or_right_is_refused(maya, poem, changes, field, reason):
    text = replace(POEM, **changes)
    for wish in (lambda: add_reading(maya.membership, text), lambda: change_reading(maya.membership, poem.key, text)):
        with pytest.raises(Invalid) as caught:
            wish()
        assert (caught.value.field, caught.value.reason) == (field, reason)
    assert count() == 1 and stored(poem).reading == replace(POEM, key=poem.key)


def test_members_do_not_look_after_the_library(tom, poem):
    for wish in (
        lambda: library_of(tom.membership), lambda: plan_reading(tom.membership), lambda: add_reading(tom.membership, POEM),
        lambda: look_after_reading(tom.membership, poem.key), lambda: change_reading(tom.membership, poem.key, POEM),
        lambda: put_reading_away(tom.membership, poem.key),
    ):
        with pytest.raises(Refused, match="for_moderators"):
            wish()
    assert count() == 1 and stored(poem).archived_at is None


def test_another_groups_text_is_not_there_and_neither_is_a_shipped_one_to_change(maya, rosa, poem):
    for member, key in ((rosa.membership, poem.key), (maya.membership, "arriving"), (maya.membership, "")):
        for wish in (
            lambda: look_after_reading(member, key), lambda: change_reading(member, key, POEM), lambda: put_reading_away(member, key)  # noqa: B023
        ):
            with pytest.raises(NotFound):
                wish()
    assert library_of(rosa.membership)[0] == []


def test_a_text_is_changed_and_put_away(maya, poem):
    change_reading(maya.membership, poem.key, replace(POEM, title="Another", licence="own"))
    assert look_after_reading(maya.membership, poem.key).title == "Another"
    put_reading_away(maya.membership, poem.key)
    assert library_of(maya.membership)[0] == [] and stored(poem).archived_at is not None
    with pytest.raises(NotFound):
        look_after_reading(maya.membership, poem.key)


def test_who_left_adds_nothing(maya):
    with change() as (session, _):
        session.get(Membership, maya.membership.id).left_at = clock.now()
    with pytest.raises(NotFound):
        add_reading(maya.membership, POEM)


def test_a_library_is_bounded(maya, harbour):
    with change() as (session, _):
        session.add_all(
            OwnReading(group_id=harbour.id, title=f"Text {n}", text="Words.", source="Us", licence="own") for n in range(MOST)
        )
    with pytest.raises(Refused) as caught:
        add_reading(maya.membership, POEM)
    assert (caught.value.reason, caught.value.facts) == ("enough_readings", {"limit": MOST})
