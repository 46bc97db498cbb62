"""Quiet hours: on the wall clock of the device, across midnight, on the nights when clocks change."""

from datetime import UTC, datetime, time

import pytest

from groups.reminding.quiet import is_quiet
from groups.zones import zone

NIGHT, NOON = ("22:00", "07:00"), ("12:00", "14:30")


@pytest.mark.parametrize("hours, at, place, quiet", [
    (NIGHT, "2026-11-24T21:59Z", "UTC", False),
    (NIGHT, "2026-11-24T22:00Z", "UTC", True),
    (NIGHT, "2026-11-25T00:00Z", "UTC", True),
    (NIGHT, "2026-11-25T06:59Z", "UTC", True),
    (NIGHT, "2026-11-25T07:00Z", "UTC", False),
    (NOON, "2026-11-24T11:59Z", "UTC", False),
    (NOON, "2026-11-24T12:00Z", "UTC", True),
    (NOON, "2026-11-24T14:30Z", "UTC", False),
    (("00:00", "06:00"), "2026-11-24T00:00Z", "UTC", True),
    (("20:00", "00:00"), "2026-11-24T23:59Z", "UTC", True),
    (("20:00", "00:00"), "2026-11-24T00:00Z", "UTC", False),
    # the same moment, on different clocks
    (NIGHT, "2026-11-24T18:00Z", "Asia/Kathmandu", True),
    (NIGHT, "2026-11-24T18:00Z", "Europe/London", False),
    (NIGHT, "2026-11-25T03:30Z", "America/New_York", True),
    # spring, London: 01:00 becomes 02:00 on 29 March; seven o'clock is six in UTC from then on
    (NIGHT, "2026-03-28T06:30Z", "Europe/London", True),
    (NIGHT, "2026-03-29T05:59Z", "Europe/London", True),
    (NIGHT, "2026-03-29T06:00Z", "Europe/London", False),
    # quiet from half past one, which that night is never shown: it begins where the clock lands
    (("01:30", "01:45"), "2026-03-29T01:00Z", "Europe/London", False),
    (("01:30", "03:00"), "2026-03-29T01:00Z", "Europe/London", True),
    (("01:30", "03:00"), "2026-03-29T00:59Z", "Europe/London", False),
    # autumn, London: 01:30 comes twice on 25 October, and is quiet both times
    (("01:00", "01:45"), "2026-10-25T00:30Z", "Europe/London", True),
    (("01:00", "01:45"), "2026-10-25T01:30Z", "Europe/London", True),
    (("01:00", "01:45"), "2026-10-25T01:50Z", "Europe/London", False),
    # half an hour at Lord Howe
    (("01:00", "01:45"), "2026-04-04T14:40Z", "Australia/Lord_Howe", True),
    (("01:00", "01:45"), "2026-04-04T15:10Z", "Australia/Lord_Howe", True),
])
def test_when_it_is_quiet(hours, at, place, quiet):
    start, end = map(time.fromisoformat, hours)
    assert is_quiet(datetime.fromisoformat(at).astimezone(UTC), zone(place), start, end) is quiet


@pytest.mark.parametrize("hours", [(None, None), (time(22), None), (None, time(7))])
def test_without_both_times_it_never_is(hours):
    for hour in range(24):
        assert not is_quiet(datetime(2026, 11, 24, hour, tzinfo=UTC), zone("UTC"), *hours)
