"""A group's own copy: everything it wrote down, and nobody's coming, going or words."""

import io
import json
import zipfile
from datetime import date, time

import msgspec
import pytest

from groups import clock
from groups.db import change
from groups.exchange.archive import VERSION, Archive
from groups.formats.actions import copy_format
from groups.formats.library import add_reading
from groups.formats.readings import Reading
from groups.membership.actions import invite, leave
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.models import DateChange, RoomDay, Series
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.evenings import NOON, every_tuesday
from tests.exchanged import guide_faults

pytestmark = pytest.mark.usefixtures("noon")


def opened(answer):
    """{name: content} of the zip that came."""
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as folder:
        return {entry.filename: folder.read(entry) for entry in folder.infolist()}


@pytest.fixture
def lived_in(maya, nia, quay):
    """Harbour with a little of everything. The link's token."""
    meeting = every_tuesday(maya, quay)
    copy_format(maya.membership, "sharing-60")
    add_reading(maya.membership, Reading(title="A text", text="Some words.", source="Our group"))
    make_room(maya.membership, RoomSettings(name="The Attic", door="members"))
    _, token = invite(maya.membership, 3, 7)
    with change() as (session, _):
        series = session.get(Series, meeting.series_id)
        session.add(DateChange(
            series_id=series.id, on_day=date(2026, 12, 1), to_time=time(20), why="A choir is next door.", by_id=maya.membership.id
        ))
        session.add(RoomDay(room_id=quay.id, day=date(2026, 12, 25), yearly=True, note="Closed for the day.", by_id=maya.membership.id))
    leave(nia.membership)
    return token


def test_the_page_says_what_is_in_it_and_what_is_not(maya, harbour):
    page = maya.get(of(harbour, "/export"))
    assert page.status_code == 200 and "What is in it" in page.text and "What is not" in page.text
    assert of(harbour, "/export") in maya.get(of(harbour)).text


def test_everything_the_group_wrote_down_comes_back_as_it_was(maya, harbour, lived_in):
    files = opened(maya.post(of(harbour, "/export")))
    assert set(files) == {"about.txt", "export.json", "meetings.json"}
    archive = msgspec.json.decode(files["export.json"], type=Archive)
    assert archive.version == VERSION and archive.made_at.date() == NOON.date() and archive.group.name == "Harbour"
    assert len(archive.group.agreements) == 3 and archive.group.zone == "Europe/London"
    assert [(one.name, one.role) for one in archive.members] == [("Maya", "moderator"), ("Tom", "member")]
    quay, attic = archive.rooms
    assert (quay.name, attic.name, attic.door) == ("The Quay", "The Attic", "members")
    [series] = quay.series
    assert (series.title, series.rule, series.wall_time, series.zone) == ("Evening harbour", "FREQ=WEEKLY;BYDAY=TU", time(19), "Europe/London")
    assert [(one.on_day, one.to_time, one.why) for one in series.decisions] == [(date(2026, 12, 1), time(20), "A choir is next door.")]
    assert [(one.day, one.yearly, one.note) for one in quay.days] == [(date(2026, 12, 25), True, "Closed for the day.")]
    assert [one.title for one in archive.readings] == ["A text"] and len(archive.formats[0].segments) > 2
    assert [(one.uses_left, one.until) for one in archive.invitations] == [(3, date(2026, 12, 1))]
    assert guide_faults(json.loads(files["meetings.json"])) == []


def test_nothing_in_it_leads_from_a_name_to_anything_else(maya, nia, harbour, lived_in):
    text = b"\n".join(opened(maya.post(of(harbour, "/export"))).values()).decode()
    assert lived_in not in text and "Nia" not in text
    for person in (maya, nia):
        assert person.membership.handle not in text
    for word in ("account", "token", "handle", "joined", "left_at", "seen", "by_id", "words_of"):
        assert f'"{word}' not in text and f'_{word}"' not in text


def test_the_file_has_a_neutral_name_and_is_not_kept_on_the_way(maya, harbour):
    answer = maya.post(of(harbour, "/export"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=calendar-export.zip"
    assert answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    assert "Harbour" not in str(answer.headers)


def test_members_are_told_it_is_for_moderators_and_others_find_nothing(tom, otto, visitor, vera, harbour):
    for answer in (tom.get(of(harbour, "/export")), tom.post(of(harbour, "/export"))):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    for person in (otto, visitor, vera):
        assert same_as_nothing(person.get(of(harbour, "/export")), person, "/export")
        assert person.post(of(harbour, "/export")).status_code == 404
    assert "/export" not in tom.get(of(harbour)).text


def test_it_needs_the_forms_token(app, maya, harbour):
    guard(app)
    assert maya.post(of(harbour, "/export")).status_code == 400
    page = maya.get(of(harbour, "/export"))
    assert maya.post(of(harbour, "/export"), csrf_token=token_in(page)).status_code == 200


def test_a_new_group_has_a_copy_too(rosa, willow):
    archive = msgspec.json.decode(opened(rosa.post(of(willow, "/export")))["export.json"], type=Archive)
    assert archive.rooms[0].series == [] and archive.made_at <= clock.now()
