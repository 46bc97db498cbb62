"""A group's own formats: who may write them, what is kept, and that an hour keeps what it began with."""

from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.actions import (
    MOST,
    change_format,
    copy_format,
    formats_of,
    look_after_format,
    look_at_format,
    put_format_away,
)
from groups.formats.checking import Unfit
from groups.formats.choosing import UNKNOWN, format_of
from groups.formats.models import OwnFormat
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS
from groups.membership.models import Membership
from groups.rooms.actions import RoomSettings, change_room, formats_for, make_room
from groups.schedule.actions import schedule_series
from groups.schedule.details import hours_with
from tests.evenings import EVENING, NOON, meetings


def stored(key):
    with reading() as session:
        return session.scalar(select(OwnFormat).where(OwnFormat.key == key))


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(OwnFormat))


@pytest.fixture
def ours(maya):
    """Harbour's own copy of the plain hour."""
    return copy_format(maya.membership, "sharing-60")


def changed(row, **changes):
    """The draft of a stored format, otherwise in some things."""
    return replace(row.draft, **changes)


def with_part(row, n, **changes):
    """The draft with one part otherwise."""
    parts = list(row.segments)
    parts[n] = msgspec.structs.replace(parts[n], **changes)
    return replace(row.draft, segments=tuple(parts))


def test_a_copy_is_the_groups_own_and_begins_as_the_original(maya, harbour, ours):
    assert (ours.group_id, ours.hour, ours.edition, ours.archived_at) == (harbour.id, 60, 1, None)
    assert stored(ours.key).segments == FORMATS["sharing-60"].segments and ours.title == "Sharing, one at a time (our own)"
    again = copy_format(maya.membership, ours.key)
    assert (again.title, again.key != ours.key, again.segments) == (ours.title, True, ours.segments)


@pytest.mark.parametrize("key", FORMATS)
def test_every_shipped_format_can_be_copied_and_saved_as_it_is(maya, key):
    row = copy_format(maya.membership, key)
    assert change_format(maya.membership, row.key, row.draft, 1).edition == 2
    assert stored(row.key).format.segments == FORMATS[key].segments
    assert (row.capacity, row.door_shuts) == (FORMATS[key].capacity, FORMATS[key].door_shuts)


def test_members_read_every_line_and_change_nothing(tom, ours):
    own, put_away, ready = formats_of(tom.membership)
    assert ([row.key for row in own], put_away, ready) == ([ours.key], [], list(FORMATS.values()))
    assert look_at_format(tom.membership, ours.key).form.steps == FORMATS["sharing-60"].steps
    for wish in (
        lambda: copy_format(tom.membership, "sharing-60"), lambda: look_after_format(tom.membership, ours.key),
        lambda: change_format(tom.membership, ours.key, changed(ours, title="Mine"), 1), lambda: put_format_away(tom.membership, ours.key),
    ):
        with pytest.raises(Refused, match="for_moderators"):
            wish()
    assert count() == 1 and stored(ours.key).title == ours.title


def test_another_group_finds_nothing_and_neither_does_who_left(maya, rosa, ours):
    def wishes(member):
        return (
            lambda: look_at_format(member, ours.key), lambda: copy_format(member, ours.key), lambda: look_after_format(member, ours.key),
            lambda: change_format(member, ours.key, ours.draft, 1), lambda: put_format_away(member, ours.key),
        )

    for wish in wishes(rosa.membership):
        with pytest.raises(NotFound):
            wish()
    assert ours.key not in formats_for(rosa.membership.group_id)
    assert format_of(rosa.membership.group_id, ours.key) == UNKNOWN
    with change() as (session, _):
        session.get(Membership, maya.membership.id).left_at = clock.now()
    with pytest.raises(NotFound):
        change_format(maya.membership, ours.key, ours.draft, 1)
    assert count() == 1


def test_a_change_is_tidied_stored_and_counted(maya, ours):
    draft = replace(with_part(ours, 1, title=" Hello\n", script="One.\r\nTwo."), title="Our evening", kind="quiet", hour=75, capacity=8)
    row = change_format(maya.membership, ours.key, draft, 1)
    row = stored(row.key)
    assert (row.title, row.kind, row.hour, row.capacity, row.edition) == ("Our evening", "quiet", 75, 8, 2)
    assert (row.segments[1].title, row.segments[1].script) == ("Hello", "One.\nTwo.")
    assert row.format.places(40) == 8


def test_what_cannot_be_lived_is_refused_with_every_reason_and_nothing_is_stored(maya, ours):
    draft = replace(with_part(ours, 2, turn=0), title="", segments=with_part(ours, 2, turn=0).segments[:-1])
    with pytest.raises(Unfit) as caught:
        change_format(maya.membership, ours.key, draft, 1)
    assert [problem.reason for problem in caught.value.problems] == ["empty", "turn_missing", "no_closing"]
    assert isinstance(caught.value, Invalid) and (caught.value.field, caught.value.reason) == ("title", "empty")
    assert (stored(ours.key).draft, stored(ours.key).edition) == (ours.draft, 1)


def test_nobody_overwrites_a_change_they_have_not_seen(maya, ours):
    change_format(maya.membership, ours.key, changed(ours, title="Hers"), 1)
    for edition in (1, None, 99):
        with pytest.raises(Refused, match="changed_meanwhile"):
            change_format(maya.membership, ours.key, changed(ours, title="Mine"), edition)
    assert stored(ours.key).title == "Hers"
    change_format(maya.membership, ours.key, changed(ours, title="Mine"), 2)
    assert stored(ours.key).title == "Mine"


def test_a_group_has_a_bounded_number_of_its_own_in_use(maya, ours):
    for _ in range(MOST - 1):
        copy_format(maya.membership, "reading-15")
    with pytest.raises(Refused, match="enough_formats"):
        copy_format(maya.membership, "reading-15")
    put_format_away(maya.membership, ours.key)
    copy_format(maya.membership, "reading-15")


def test_put_away_it_is_not_offered_and_keeps_working_for_what_uses_it(maya, harbour, quay, freeze, ours):
    freeze(NOON)
    change_room(maya.membership, quay, RoomSettings(name="The Quay", format=ours.key))
    schedule_series(maya.membership, quay, replace(EVENING, format=ours.key))
    put_format_away(maya.membership, ours.key)
    put_format_away(maya.membership, ours.key)
    assert ours.key not in formats_for(harbour.id) and ours.key in formats_for(harbour.id, ours.key)
    with pytest.raises(Invalid, match="choose_one"):
        make_room(maya.membership, RoomSettings(name="Another", format=ours.key))
    quay = change_room(maya.membership, quay, RoomSettings(name="Still the Quay", format=ours.key))
    assert (quay.name, quay.format) == ("Still the Quay", ours.key)
    assert format_of(harbour.id, ours.key).segments == FORMATS["sharing-60"].segments
    with pytest.raises(Refused, match="format_put_away"):
        change_format(maya.membership, ours.key, ours.draft, 1)
    assert copy_format(maya.membership, ours.key).archived_at is None


def test_rooms_and_hours_take_the_groups_own_but_no_other_groups(maya, rosa, quay, grove, freeze, ours):
    freeze(NOON)
    change_format(maya.membership, ours.key, changed(ours, kind="our kind", hour=70), 1)
    with pytest.raises(Invalid) as caught:
        schedule_series(maya.membership, quay, replace(EVENING, format=ours.key, minutes=25))
    assert (caught.value.field, caught.value.reason, caught.value.facts["needed"]) == ("minutes", "hour_too_short", 26)
    schedule_series(maya.membership, quay, replace(EVENING, format=ours.key))
    for wish in (
        lambda: make_room(rosa.membership, RoomSettings(name="A room", format=ours.key)),
        lambda: schedule_series(rosa.membership, grove, replace(EVENING, format=ours.key)),
    ):
        with pytest.raises(Invalid, match="choose_one"):
            wish()


def test_the_calendar_shows_the_words_of_the_groups_own_format(maya, harbour, quay, freeze, ours):
    freeze(NOON)
    change_format(maya.membership, ours.key, changed(ours, title="Our evening", kind="our kind"), 1)
    schedule_series(maya.membership, quay, replace(EVENING, format=ours.key))
    meeting = meetings()[0]
    page = maya.get(f"/g/{harbour.slug}/m/{meeting.public_id}").text
    assert "Our evening" in page and "For those not yet heard" in page
    assert "Our kind" in maya.get("/").text and "Our kind" in maya.get("/calendar?view=agenda").text


def test_a_weekly_hour_that_has_become_too_short_is_named(maya, harbour, quay, rosa, freeze, ours):
    freeze(NOON)
    schedule_series(maya.membership, quay, replace(EVENING, format=ours.key, minutes=30))
    with reading() as session:
        assert hours_with(session, harbour.id, ours.key) == [("Evening harbour", 30)]
        assert hours_with(session, harbour.id, "sharing-60") == hours_with(session, rosa.membership.group_id, ours.key) == []
    assert "would run over" not in maya.get(f"/g/{harbour.slug}/formats/{ours.key}").text
    change_format(maya.membership, ours.key, with_part(ours, 3, least=30), 1)
    assert "“<bdi>Evening harbour</bdi>” has 30 minutes, and this needs 44" in maya.get(f"/g/{harbour.slug}/formats/{ours.key}").text


def test_parts_that_are_none_are_refused_on_the_way_in_and_out(app, maya, ours):
    with pytest.raises(StatementError, match="karaoke"), change() as (session, _):
        session.get(OwnFormat, ours.id).segments = (Segment("A", "karaoke", 1, 1),)
        session.flush()
    with change() as (session, _):
        session.execute(text("UPDATE formats SET segments = '[{\"title\": 1}]'"))
    with pytest.raises(msgspec.ValidationError):
        stored(ours.key)
