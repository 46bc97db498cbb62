"""When the lobby opens the meeting takes its agenda over, readings and all, and keeps it."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from groups import clock
from groups.db import change, reading
from groups.formats.actions import change_format, copy_format, put_format_away
from groups.formats.checking import Unfit
from groups.formats.choosing import UNKNOWN, format_of, offered
from groups.formats.library import add_reading, change_reading, put_reading_away
from groups.formats.modes import Mode
from groups.formats.readings import Reading
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS, READINGS
from groups.meeting.actions import open_lobby
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.actions import add_one_meeting
from groups.schedule.models import Meeting

POEM = Reading("A poem", "Two lines.\n\nOr three.", "Our Tuesday group", "own")


@pytest.fixture
def ours(maya):
    """Harbour's own copy of the plain hour."""
    return copy_format(maya.membership, "sharing-60")


def with_part(row, n, **changes):
    """The draft with one part otherwise."""
    parts = list(row.segments)
    parts[n] = msgspec.structs.replace(parts[n], **changes)
    return replace(row.draft, segments=tuple(parts))


def lobby(app, meeting):
    """Open the lobby; the meeting as the log knows it."""
    ledger = app.extensions["ledger"]
    open_lobby(ledger, meeting)
    return ledger.look(meeting.id).state


def tonight(by, room, key, minutes=60):
    """An hour that begins in ten minutes."""
    starts = clock.now() + timedelta(minutes=10)
    meeting = add_one_meeting(
        by.membership, room, title="Tonight", starts_at=starts, zone="Europe/London", minutes=minutes, format=key
    )
    with reading() as session:
        return session.get(Meeting, meeting.id)


def test_the_lobby_copies_the_agenda_with_the_words_of_its_readings_and_nothing_changes_it_any_more(app, maya, quay, ours):
    poem = add_reading(maya.membership, POEM)
    parts = list(ours.segments)
    parts[1:1] = [
        Segment("Ours", Mode.READING, 2, 1, reading=poem.key), Segment("Theirs", Mode.READING, 2, 1, reading="arriving"),
    ]
    row = change_format(maya.membership, ours.key, replace(ours.draft, segments=tuple(parts), hour=64), 1)
    meeting = tonight(maya, quay, row.key, 64)
    state = lobby(app, meeting)
    assert [segment.title for segment in state.agenda] == [segment.title for segment in parts]
    assert (state.agenda[1].text, state.agenda[1].source) == (POEM.text, "“A poem”. Our Tuesday group · Written by our group")
    assert (state.agenda[2].text, state.agenda[2].source) == (READINGS["arriving"].text, "“Arriving”. Written for Lamplight")
    assert {segment.reading for segment in state.agenda} == {""}
    change_reading(maya.membership, poem.key, replace(POEM, text="Other words."))
    change_format(maya.membership, row.key, replace(row.draft, title="Otherwise", segments=ours.segments), 2)
    put_format_away(maya.membership, row.key)
    open_lobby(app.extensions["ledger"], meeting)
    assert app.extensions["ledger"].look(meeting.id).state == state


def test_a_reading_put_away_is_still_read_where_it_is_named(maya, harbour, ours):
    poem = add_reading(maya.membership, POEM)
    row = change_format(
        maya.membership, ours.key, with_part(ours, 1, mode=Mode.READING, reading=poem.key), 1
    )
    put_reading_away(maya.membership, poem.key)
    assert format_of(harbour.id, row.key).segments[1].text == POEM.text
    assert change_format(maya.membership, row.key, row.draft, 2).edition == 3, "what is named may stay"
    other = copy_format(maya.membership, "sharing-60")
    with pytest.raises(Unfit) as caught:
        change_format(maya.membership, other.key, with_part(other, 1, mode=Mode.READING, reading=poem.key), 1)
    assert caught.value.field == "parts-1-reading"


def test_the_small_circle_has_as_many_places_as_fit_in_the_room(app, maya, quay):
    assert lobby(app, tonight(maya, quay, "circle-90", 90)).capacity == 5
    small = make_room(maya.membership, RoomSettings(name="Nook", capacity=3))
    assert lobby(app, tonight(maya, small, "circle-90", 90)).capacity == 3


def test_a_key_nobody_knows_any_more_can_still_be_held(app, maya, harbour, quay):
    meeting = tonight(maya, quay, "sharing-60")
    with change() as (session, _):
        session.get(Meeting, meeting.id).format = "gone"
    with reading() as session:
        meeting = session.get(Meeting, meeting.id)
        assert "gone" not in offered(session, harbour.id, "gone")
    assert (UNKNOWN.title, UNKNOWN.kind) == ("A meeting", "meeting")
    assert lobby(app, meeting).agenda == FORMATS["sharing-60"].segments
