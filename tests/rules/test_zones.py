"""Wall clocks against true time, over the dates on which clocks do something. The table is written
from the pinned zone rules; a change in them shows up here first."""

import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from importlib.metadata import version
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Form, SelectField

from groups.errors import Invalid
from groups.forms import Cities
from groups.schedule.places import by_region, where
from groups.schedule.wall_clock import start_of, what_was_taken
from groups.settings import ROOT
from groups.zones import all_names, city


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


STARTS = [
    # zone, day, wall time, the moment in UTC, what is said about it
    ("Europe/London", "2026-03-28", "19:00", "2026-03-28T19:00", None),
    ("Europe/London", "2026-03-29", "19:00", "2026-03-29T18:00", None),
    ("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30",
     "There is no 01:30 on 29 March in London: clocks jump to 02:00. We took 02:30."),
    ("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30",
     "On 25 October 01:30 comes twice in London: clocks go back. We took the first."),
    ("Europe/London", "2026-10-25", "02:00", "2026-10-25T02:00", None),
    ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00",
     "There is no 02:00 on 8 March in New York: clocks jump to 03:00. We took 03:00."),
    ("America/New_York", "2026-03-08", "03:00", "2026-03-08T07:00", None),
    ("America/New_York", "2026-11-01", "01:00", "2026-11-01T05:00",
     "On 1 November 01:00 comes twice in New York: clocks go back. We took the first."),
    ("America/New_York", "2026-11-01", "19:00", "2026-11-02T00:00", None),
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30",
     "There is no 02:30 on 29 March in Berlin: clocks jump to 03:00. We took 03:30."),
    ("Europe/Berlin", "2026-10-25", "02:59", "2026-10-25T00:59",
     "On 25 October 02:59 comes twice in Berlin: clocks go back. We took the first."),
    ("Australia/Sydney", "2026-10-04", "02:15", "2026-10-03T16:15",
     "There is no 02:15 on 4 October in Sydney: clocks jump to 03:00. We took 03:15."),
    ("Australia/Sydney", "2026-04-05", "02:15", "2026-04-04T15:15",
     "On 5 April 02:15 comes twice in Sydney: clocks go back. We took the first."),
    # Lord Howe moves by half an hour.
    ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:40",
     "There is no 02:10 on 4 October in Lord Howe: clocks jump to 02:30. We took 02:40."),
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30", None),
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45",
     "On 5 April 01:45 comes twice in Lord Howe: clocks go back. We took the first."),
    # Three quarters of an hour, and nothing ever happens.
    ("Asia/Kathmandu", "2026-03-29", "19:00", "2026-03-29T13:15", None),
    ("Asia/Kathmandu", "2026-10-25", "02:30", "2026-10-24T20:45", None),
    # Casablanca goes back for Ramadan, and back for good in September 2026.
    ("Africa/Casablanca", "2026-02-14", "19:00", "2026-02-14T18:00", None),
    ("Africa/Casablanca", "2026-02-15", "19:00", "2026-02-15T19:00", None),
    ("Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22T02:30",
     "There is no 02:30 on 22 March in Casablanca: clocks jump to 03:00. We took 03:30."),
    ("Africa/Casablanca", "2026-10-01", "19:00", "2026-10-01T19:00", None),
    # Clocks that jump at midnight.
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30",
     "There is no 00:30 on 6 September in Santiago: clocks jump to 01:00. We took 01:30."),
    # A whole day that was left out.
    ("Pacific/Apia", "2011-12-30", "19:00", "2011-12-31T05:00",
     "There is no 19:00 on 30 December in Apia: clocks jump to 00:00 on 31 December. We took 19:00."),
    # Clocks that jump over midnight.
    ("America/Nuuk", "2027-03-27", "23:30", "2027-03-28T01:30",
     "There is no 23:30 on 27 March in Nuuk: clocks jump to 00:00 on 28 March. We took 00:30."),
]


@pytest.mark.parametrize("name, day, wall, moment, said", STARTS)
def test_a_wall_time_becomes_the_right_moment_and_odd_ones_are_said(name, day, wall, moment, said):
    day, wall = date.fromisoformat(day), time.fromisoformat(wall)
    assert start_of(day, wall, where(name)) == utc(moment)
    assert what_was_taken(day, wall, name) == said


days = st.dates(date(2020, 1, 1), date(2036, 12, 31))
walls = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


@given(name=st.sampled_from(all_names()), day=days, wall=walls)
def test_every_start_shows_its_wall_time_unless_that_time_is_missing(name, day, wall):
    zone = where(name)
    shown = start_of(day, wall, zone).astimezone(zone).replace(tzinfo=None)
    wanted = datetime.combine(day, wall)
    if shown == wanted:
        assert "There is no" not in (what_was_taken(day, wall, name) or "")
    else:
        aware = wanted.replace(tzinfo=zone)
        jump = aware.replace(fold=1).utcoffset() - aware.utcoffset()
        assert jump > timedelta(0) and shown - wanted == jump, "moved on by exactly the jump"
        assert what_was_taken(day, wall, name).startswith("There is no")


@given(name=st.sampled_from(all_names()), day=days, wall=walls)
def test_of_a_time_that_comes_twice_the_first_is_taken(name, day, wall):
    zone = where(name)
    at = start_of(day, wall, zone)
    for earlier in (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)):
        shown = (at - earlier).astimezone(zone).replace(tzinfo=None)
        assert shown != datetime.combine(day, wall), "the same wall time was shown before"


def test_zones_come_from_the_pinned_package_and_not_from_the_machine():
    assert zoneinfo.TZPATH == ()
    assert f"tzdata=={version('tzdata')}\n" in (ROOT / "requirements.in").read_text()
    # A machine with old rules would still let Casablanca change clocks in 2027.
    assert ZoneInfo("Africa/Casablanca").utcoffset(datetime(2027, 7, 1)) == timedelta(0)


def test_a_machine_with_zone_files_of_its_own_changes_nothing(tmp_path):
    """Its London here is really Tokyo; a Python that reads it would be nine hours off."""
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "London").write_bytes(files("tzdata.zoneinfo.Asia").joinpath("Tokyo").read_bytes())
    ask = "from datetime import datetime; {}; print(ZoneInfo('Europe/London').utcoffset(datetime(2026, 1, 1)))"
    theirs, ours = (
        subprocess.run(
            [sys.executable, "-c", ask.format(how)], cwd=ROOT, env={"PYTHONTZPATH": str(tmp_path)}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for how in ("from zoneinfo import ZoneInfo", "from groups.zones import zone as ZoneInfo")
    )
    assert (theirs, ours) == ("9:00:00", "0:00:00")


@pytest.mark.parametrize("name", ["", "Nowhere", "europe/london", "../../etc/passwd", "Etc/GMT+5", "Factory", "Europe/London\x00", "X" * 5000])
def test_a_zone_nobody_knows_is_refused_by_name(name):
    with pytest.raises(Invalid) as caught:
        where(name)
    assert (caught.value.field, caught.value.reason) == ("zone", "unknown_zone")


class Asked(Form):
    """The same list, drawn by WTForms and by us."""

    plain = SelectField(name="zone", id="zone", choices=by_region())
    ours = SelectField(name="zone", id="zone", choices=by_region(), widget=Cities())


@pytest.mark.parametrize("chosen", ["Europe/London", "America/Port-au-Prince", "Europe/London", "nowhere"])
def test_the_list_of_cities_is_drawn_as_any_other_whichever_was_chosen_before(chosen):
    asked = Asked(data={"plain": chosen, "ours": chosen})
    assert asked.ours() == asked.plain()
    assert asked.ours().count(" selected ") == (chosen in all_names())


def test_zones_are_offered_by_region_under_their_city():
    regions = by_region()
    assert regions["Europe"]["Europe/London"] == "London"
    assert regions["The Americas"]["America/Argentina/Buenos_Aires"] == "Buenos Aires"
    assert list(regions["Asia"].values())[:3] == ["Aden", "Almaty", "Amman"]
    order = list(regions["The Americas"].values())
    found = [order.index(name) for name in ("Belém", "Belize", "Bogotá", "Boise", "St. John’s", "St. Kitts")]
    assert found == sorted(found), "accents and dots aside"
    assert sum(len(names) for names in regions.values()) == len(all_names())
    assert city("America/New_York") == "New York"


OLDER = [
    ("Asia/Calcutta", "Asia/Kolkata", "Kolkata"), ("Europe/Kiev", "Europe/Kyiv", "Kyiv"), ("Asia/Saigon", "Asia/Ho_Chi_Minh", "Ho Chi Minh"),
    ("US/Pacific", "America/Los_Angeles", "Los Angeles"), ("America/Buenos_Aires", "America/Argentina/Buenos_Aires", "Buenos Aires"),
    ("Asia/Katmandu", "Asia/Kathmandu", "Kathmandu"), ("Atlantic/Faeroe", "Atlantic/Faroe", "Faroe Islands"), ("NZ", "Pacific/Auckland", "Auckland"),
    ("Canada/Newfoundland", "America/St_Johns", "St. John’s"), ("GB", "Europe/London", "London"), ("EST5EDT", "America/New_York", "New York"),
    # The tz database links these to places that keep the same time but are somewhere else.
    ("Iceland", "Atlantic/Reykjavik", "Reykjavík"), ("Africa/Asmera", "Africa/Asmara", "Asmara"),
    ("America/Coral_Harbour", "America/Atikokan", "Atikokan"), ("Pacific/Truk", "Pacific/Chuuk", "Chuuk"),
    ("GMT", "UTC", "UTC"), ("Etc/UTC", "UTC", "UTC"), ("Zulu", "UTC", "UTC"),
]


@pytest.mark.parametrize("older, name, called", OLDER)
def test_a_name_browsers_still_send_means_the_zone_of_today(older, name, called):
    assert (where(older).key, city(older), city(name)) == (name, called, called)


def test_every_name_there_is_leads_to_a_place_with_the_same_clock():
    for name in zoneinfo.available_timezones() - {"Factory"}:
        if name.startswith("Etc/GMT") and name[7:].lstrip("+-") not in ("", "0"):
            with pytest.raises(Invalid, match="unknown_zone"):  # an offset is nobody's city
                where(name)
            continue
        there = where(name)
        assert there.key in all_names() and where(there.key) is there
        for moment in (utc("2026-01-15T12:00"), utc("2026-07-15T12:00")):
            assert moment.astimezone(there).utcoffset() == moment.astimezone(ZoneInfo(name)).utcoffset(), name


def test_no_zone_is_called_by_an_offset_and_no_two_by_the_same_name():
    names = [city(name) for name in all_names()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if any(sign in name for sign in "+0123456789_/")]


def test_whoever_lives_by_an_older_name_finds_it_chosen_in_the_list():
    offered = {name for names in by_region().values() for name in names}
    assert offered == set(all_names()) and {where(older).key for older, _, _ in OLDER} <= offered
