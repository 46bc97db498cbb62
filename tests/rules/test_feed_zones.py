"""A zone's rules as the feed spells them are the pinned rules themselves, in every zone there is."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.tz import tzical

from groups.schedule.places import where
from groups.subscribing.vtimezone import changes_of, vtimezone, yearly_rule
from groups.zones import all_names

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2028, 12, 1, tzinfo=UTC)


def spelt(name):
    return tzical(io.StringIO(vtimezone(name, 2025, 2026).to_ical().decode())).get()


def test_whoever_reads_them_finds_the_same_offset_before_and_after_every_change():
    kinds = {(*changes_of(where(name), START, END), START.astimezone(where(name)).utcoffset()): name for name in all_names()}
    assert len(kinds) > 40
    for changes, name in kinds.items():
        zone, read = where(name), spelt(name)
        around = [at + by for _, at in changes[:-1] for by in (-DAY, -4 * HOUR, 4 * HOUR, DAY)]
        for wall in [datetime(2025, 1, 2), datetime(2037, 1, 1), datetime(2037, 7, 1), *around]:
            assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), (name, wall)


def test_london_is_two_rules_and_every_summer_begins_at_what_clocks_show_before_the_jump():
    lines = vtimezone("Europe/London", 2026, 2026).to_ical().decode().split("\r\n")
    assert lines[9:13] == ["DTSTART:20260329T010000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "TZNAME:BST", "TZOFFSETFROM:+0000"]
    assert sum(line.startswith("RRULE") for line in lines) == 2


def test_a_zone_without_a_yearly_rule_lists_its_changes_one_by_one():
    text = vtimezone("Asia/Jerusalem", 2026, 2026).to_ical().decode()
    assert "RDATE" not in text, "some programs read only the first of a list"
    assert text.count("BEGIN:DAYLIGHT") > 10


def test_a_zone_that_gave_up_summer_time_is_told_so():
    changes = list(changes_of(where("Africa/Casablanca"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)))
    assert changes[-1][1].year == 2026


@pytest.mark.parametrize("days, rule", [
    (("2030-03-31", "2031-03-30", "2032-03-28"), "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    (("2030-03-10", "2031-03-09", "2032-03-14"), "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    (("2029-03-25", "2030-03-31", "2032-03-28"), None), (("2030-03-31", "2031-03-30"), None), (("2029-03-25", "2030-03-31", "2031-03-30"), None),
    (("2030-03-31", "2031-03-30", "2032-03-27"), None),
])
def test_a_yearly_rule_is_one_that_gives_every_date_to_the_end(days, rule):
    assert yearly_rule([datetime.fromisoformat(f"{day}T01:00") for day in days], 2032) == rule


def test_the_same_zone_is_made_once():
    assert vtimezone("Europe/London", 2026, 2026) is vtimezone("Europe/London", 2026, 2026)
