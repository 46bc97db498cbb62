"""Hours from elsewhere in the database: all or none, never twice, changed in place, history left alone."""

import json
from dataclasses import replace
from datetime import date, time, timedelta

import msgspec
import pytest
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.exchange.copying import archive_of
from groups.exchange.fitting import Wish
from groups.exchange.importing import Changed, bring_in, look_at_list
from groups.exchange.reckoning import CHANGED, NEW, NOT, SAME
from groups.membership.models import Group
from groups.rooms.actions import RoomSettings, make_room
from groups.rota.actions import serve
from groups.rota.models import Duty
from groups.schedule.actions import SERIES, schedule_series
from groups.schedule.models import DateChange, Meeting, Phase, RoomDay, Series
from groups.schedule.projection import reproject
from tests.evenings import EVENING, NOON, count, every_tuesday, meetings, set_to
from tests.exchanged import bmlt_meeting, guide_list

pytestmark = pytest.mark.usefixtures("noon_among_members")
TUESDAY = [{"name": "Evening", "slug": "evening", "day": 2, "time": "20:00", "conference_url": "https://x"}]


def wish(*rooms, **other):
    return replace(Wish(tuple(room.slug for room in rooms), "Europe/London", "sharing-60", "en"), **other)


def bring(by, text, *rooms, **other):
    """Look, then bring in what was seen."""
    text = text if isinstance(text, str) else json.dumps(text)
    seen = look_at_list(by.membership, text, wish(*rooms, **other)).seen
    return [one.outcome for one in bring_in(by.membership, text, wish(*rooms, **other), seen).verdicts]


def stored():
    with reading() as session:
        return session.scalars(select(Series).order_by(Series.id)).all()


def test_looking_writes_nothing_and_bringing_in_writes_what_was_seen(maya, quay):
    look = look_at_list(maya.membership, guide_list(), wish(quay))
    assert [one.outcome for one in look.verdicts] == [NEW, NEW, NOT] and count(Series) == count(Meeting) == 0
    assert bring(maya, guide_list(), quay) == [NEW, NEW, NOT]
    evening, late = stored()
    assert (evening.source, evening.source_id, evening.first_day, evening.rule) == (
        "meeting-guide", "evening-circle", date(2026, 11, 24), "FREQ=WEEKLY;BYDAY=TU"
    )
    assert (late.zone, late.wall_time, late.format) == ("Europe/Berlin", time(22), "sharing-60")
    rows = meetings(series_id=evening.id)
    assert len(rows) == 58 and rows[0].starts_at == NOON + timedelta(hours=8) and rows[0].is_listed


def test_bringing_the_same_in_again_changes_nothing(maya, quay, harbour):
    bring(maya, guide_list(), quay)
    before = [(row.id, row.public_id, row.sequence, row.changed_at) for row in stored()]
    attic = make_room(maya.membership, RoomSettings(name="The Attic"))
    assert bring(maya, guide_list(), attic) == [SAME, SAME, NOT], "also when another room is chosen"
    assert [(row.id, row.public_id, row.sequence, row.changed_at) for row in stored()] == before


def test_a_change_there_changes_what_is_here_and_leaves_the_past_and_ours_alone(maya, tom, quay, freeze):
    bring(maya, TUESDAY, quay)
    [series] = stored()
    set_to(series, format="check-in-45", needs="chair", places=8)
    freeze(NOON + timedelta(days=7, hours=3))
    with change() as (session, _):
        reproject(session, session.get(Series, series.id), clock.now())
    first, second, third = meetings(series_id=series.id)[:3]
    set_to(first, phase=Phase.SEALED, outcome="held")
    serve(tom.membership, third, "chair")
    assert bring(maya, [TUESDAY[0] | {"time": "20:30", "name": "Late evening"}], quay) == [CHANGED]
    [now] = stored()
    assert (now.id, now.public_id, now.sequence) == (series.id, series.public_id, 1)
    assert (now.title, now.wall_time, now.format, now.needs, now.places) == ("Late evening", time(20, 30), "check-in-45", "chair", 8)
    rows = meetings(series_id=series.id)
    assert (rows[0].id, rows[0].title, rows[0].starts_at) == (first.id, "Evening", NOON + timedelta(hours=8)), "history"
    assert (rows[1].id, rows[1].starts_at) == (second.id, NOON + timedelta(days=7, hours=8, minutes=30)) and count(Duty) == 1


def test_a_change_of_the_name_alone_leaves_its_dates_where_they_were_counted_from(maya, quay, freeze):
    bring(maya, TUESDAY, quay)
    freeze(NOON + timedelta(days=20))
    assert bring(maya, [TUESDAY[0] | {"name": "Circle"}], quay) == [CHANGED]
    assert (stored()[0].title, stored()[0].first_day) == ("Circle", date(2026, 11, 24))


def test_what_was_ended_or_decided_here_stays(maya, quay, freeze):
    bring(maya, TUESDAY, quay)
    [series] = stored()
    set_to(series, last_day=date(2026, 11, 24))
    freeze(NOON + timedelta(days=3))
    verdict = look_at_list(maya.membership, json.dumps(TUESDAY), wish(quay)).verdicts[0]
    assert (verdict.outcome, verdict.reason) == (NOT, "import_ended")


def test_nothing_half_imported_when_one_row_is_not_as_it_was(maya, quay):
    seen = look_at_list(maya.membership, guide_list(), wish(quay)).seen
    with change() as (session, _):  # a row that is in the way of the second one alone, past every rule
        session.add(Series(
            room_id=quay.id, title="X", first_day=date(2020, 1, 1), last_day=date(2020, 1, 1), wall_time=time(1), zone="UTC",
            format="sharing-60", source="meeting-guide", source_id="late-one",
        ))
    with pytest.raises(Changed):
        bring_in(maya.membership, guide_list(), wish(quay), seen)
    assert count(Series) == 1 and count(Meeting) == 0


def test_what_changed_since_somebody_looked_is_not_brought_in(maya, quay):
    seen = look_at_list(maya.membership, guide_list(), wish(quay)).seen
    schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(19, 30)))
    with pytest.raises(Changed):
        bring_in(maya.membership, guide_list(), wish(quay), seen)
    assert [one.outcome for one in look_at_list(maya.membership, guide_list(), wish(quay)).verdicts] == [NOT, NEW, NOT]
    assert count(Series) == 1


def test_a_full_room_says_so_and_the_next_one_takes_the_rest(maya, quay):
    with change() as (session, _):
        session.add_all(
            Series(room_id=quay.id, title="T", first_day=date(2026, 1, 1), wall_time=time(1), zone="UTC", format="sharing-60")
            for _ in range(SERIES)
        )
    look = look_at_list(maya.membership, json.dumps(TUESDAY), wish(quay))
    assert (look.verdicts[0].reason, look.verdicts[0].facts) == ("enough_series", {"limit": SERIES})
    assert bring(maya, TUESDAY, quay, make_room(maya.membership, RoomSettings(name="The Attic"))) == [NEW]


def test_a_day_on_which_the_room_is_closed_counts_for_what_comes_in(maya, quay):
    with change() as (session, _):
        session.add(RoomDay(room_id=quay.id, day=date(2026, 12, 1), note="Closed."))
    bring(maya, TUESDAY, quay)
    assert [(row.phase, row.why) for row in meetings()[:2]] == [(Phase.PLANNED, ""), (Phase.CANCELLED, "Closed.")]


def test_dates_left_out_there_are_cancelled_here(maya, quay):
    event = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:Evening\nDTSTART;TZID=Europe/London:20200107T190000\nRRULE:FREQ=WEEKLY\n"
        "EXDATE;TZID=Europe/London:20261201T190000{more}\nEND:VEVENT\nEND:VCALENDAR"
    )
    bring(maya, event.format(more=""), quay)
    assert [row.phase for row in meetings()[:3]] == [Phase.PLANNED, Phase.CANCELLED, Phase.PLANNED] and count(DateChange) == 1
    assert bring(maya, event.format(more=",20261208T190000"), quay) == [CHANGED]
    assert [row.phase for row in meetings()[:3]] == [Phase.PLANNED, Phase.CANCELLED, Phase.CANCELLED] and count(DateChange) == 2
    assert bring(maya, event.format(more=",20261208T190000"), quay) == [SAME]


def test_a_copy_of_one_group_becomes_hours_of_another_with_the_same_dates(maya, rosa, quay, grove, harbour):
    every_tuesday(maya, quay)
    monthly = replace(EVENING, title="First Sunday", rule="FREQ=MONTHLY;BYDAY=1SU", pauses="07-15/08-31", needs="chair", places=8, language="de")
    schedule_series(maya.membership, quay, monthly)
    with change() as (session, _):
        series = session.scalars(select(Series).order_by(Series.id)).first()
        session.add(DateChange(series_id=series.id, on_day=date(2026, 12, 1), to_time=time(20), why="A choir."))
        session.flush()
        reproject(session, series, clock.now())
    with reading() as session:
        archive = archive_of(session, session.get(Group, harbour.id), clock.now())
    text = msgspec.json.encode(archive).decode()
    assert bring(rosa, text, grove) == [NEW, NEW]
    kept = [[(row.title, row.starts_at, row.ends_at, row.needs, row.places, row.language, row.why) for row in meetings(room_id=room.id)]
            for room in (quay, grove)]
    assert kept[0] == kept[1] and len(kept[0]) > 60
    assert bring(rosa, text, grove) == [SAME, SAME] and bring(maya, text, quay) == [SAME, SAME]


def test_only_those_who_look_after_the_group_and_only_into_their_own_rooms(maya, tom, rosa, quay, grove):
    for by, room, refusal in ((tom, quay, Refused), (rosa, quay, NotFound), (maya, grove, NotFound)):
        with pytest.raises(refusal):
            look_at_list(by.membership, guide_list(), wish(room))
        with pytest.raises(refusal):
            bring_in(by.membership, guide_list(), wish(room), "")
    set_to(quay, locked_at=clock.now())
    with pytest.raises(Refused, match="room_locked"):
        look_at_list(maya.membership, guide_list(), wish(quay))
    with pytest.raises(Invalid, match="import_choose_room"):
        look_at_list(maya.membership, guide_list(), wish())
    assert count(Series) == 0


def test_a_messy_list_is_taken_as_far_as_it_goes(maya, quay):
    messy = [
        bmlt_meeting(), bmlt_meeting(
            id_bigint="2", venue_type="1", formats="O", location_street="12 Mill Lane", virtual_meeting_link="", weekday_tinyint="5"
        ),
        bmlt_meeting(id_bigint="3", published="0"), bmlt_meeting(id_bigint="4", duration_time="12:00:00"),
        bmlt_meeting(id_bigint="5", start_time="20:00:00"), bmlt_meeting(id_bigint="6", weekday_tinyint="7"),
        bmlt_meeting(id_bigint="7", weekday_tinyint="1", time_zone="America/New_York"), bmlt_meeting(), None, "nonsense",
        bmlt_meeting(id_bigint="8", meeting_name=""), bmlt_meeting(id_bigint="9", weekday_tinyint="2", meeting_name="M" * 200),
    ]
    verdicts = look_at_list(maya.membership, json.dumps(messy), wish(quay)).verdicts
    assert [one.reason for one in verdicts] == [
        "", "import_in_person", "import_unpublished", "import_length", "room_in_use", "", "", "import_twice", "import_no_hour",
        "import_no_hour", "import_no_name", "",
    ]
    assert bring(maya, messy, quay).count(NEW) == count(Series) == 4
    outcomes = bring(maya, messy, quay, offline=True)
    assert (outcomes.count(SAME), outcomes.count(NEW)) == (4, 1), "the one in the hall, too, where somebody wants it"
