"""The table of `docs/time.md` against the pinned zone rules: when clocks change in twelve places, and what
a weekly hour does whose time is missing that day, or comes twice."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from groups.schedule.places import where
from groups.schedule.recurrence import days_between, starts_between
from groups.schedule.rules import weekly_rule
from groups.schedule.wall_clock import what_was_taken
from groups.settings import ROOT
from groups.zones import all_names, city
from tests.rules.choices import Hour

PAGE = (ROOT / "docs" / "time.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if re.match(r"\| \S+.* \| \d{4} \|", line)]
ZONES = {city(name): name for name in all_names()}
WEEK, STEP = timedelta(days=7), timedelta(minutes=15)
ASKED = {"London", "New York", "Berlin", "Sydney", "Lord Howe", "Chatham", "St. John’s", "Casablanca", "Vancouver", "Apia", "Kathmandu", "São Paulo"}


@dataclass
class Odd:
    """One odd time of the table: asked for on this day, taken as that (None: the first of two), in UTC."""

    zone: str
    day: date
    asked: time
    taken: time | None
    utc: time


def day_of(words, year):
    return datetime.strptime(f"{words} {year}", "%d %B %Y").date()


def odd(column):
    found = []
    for name, year, *cells in ROWS:
        for said in cells[column].split("; "):
            match = re.fullmatch(r"(\d+ \w+) (\d\d:\d\d) is (the first|\d\d:\d\d) \((\d\d:\d\d) UTC\)", said)
            assert match or said == "none", said
            if match:
                taken = None if match[3] == "the first" else time.fromisoformat(match[3])
                found.append(Odd(ZONES[name], day_of(match[1], year), time.fromisoformat(match[2]), taken, time.fromisoformat(match[4])))
    return found


MISSING, TWICE = odd(1), odd(2)


def named(one):
    return f"{one.zone}-{one.day}"


def test_the_table_has_all_the_places_that_were_asked_for():
    assert {row[0] for row in ROWS} == ASKED and len(MISSING) == 12 and len(TWICE) == 11


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_clocks_change_when_the_table_says_and_at_no_other_time(row):
    zone, year = where(ZONES[row[0]]), int(row[1])
    found, at = [], datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        before, at = at.astimezone(zone).utcoffset(), at + STEP
        if (after := at.astimezone(zone).utcoffset()) != before:
            old, new = (at + offset for offset in (before, after))
            day = "" if old.date() == new.date() else f" on {new.day} {new:%B}"
            found.append(f"{old.day} {old:%B} {old:%H:%M} to {new:%H:%M}{day}")
    assert "; ".join(found or ["none"]) == row[2]


def three_weeks(one):
    """The hour a week before the change, on its day, and a week after, in UTC."""
    hour = Hour(weekly_rule([one.day.weekday()]), one.day - WEEK, one.asked, one.zone)
    start = datetime.combine(hour.first_day - timedelta(days=2), time(), UTC)
    starts = list(starts_between(hour, start, start + 3 * WEEK))
    assert [day for day, _ in starts] == [one.day - WEEK, one.day, one.day + WEEK]
    return [at for _, at in starts]


@pytest.mark.parametrize("one", MISSING, ids=named)
def test_an_hour_whose_time_is_missing_moves_on_by_the_jump_that_day_only(one):
    before, at, after = three_weeks(one)
    zone = where(one.zone)
    assert (at.astimezone(zone).time(), at.time()) == (one.taken, one.utc)
    assert before.astimezone(zone).time() == after.astimezone(zone).time() == one.asked
    assert at - before == WEEK, "real time goes on evenly up to the change"
    said = what_was_taken(one.day, one.asked, one.zone)
    assert said.startswith(f"There is no {one.asked:%H:%M} on {one.day.day} {one.day:%B} in {city(one.zone)}: clocks jump to ")
    assert said.endswith(f"We took {one.taken:%H:%M}.")


@pytest.mark.parametrize("one", TWICE, ids=named)
def test_an_hour_whose_time_comes_twice_is_held_at_the_first_of_them(one):
    before, at, after = three_weeks(one)
    zone = where(one.zone)
    assert at.time() == one.utc and at - before == WEEK
    assert {moment.astimezone(zone).time() for moment in (before, at, after)} == {one.asked}
    again = [at + n * STEP for n in range(-12, 13) if n and (at + n * STEP).astimezone(zone).replace(tzinfo=None) == datetime.combine(one.day, one.asked)]
    assert len(again) == 1 and again[0] > at, "the other one is later"
    assert what_was_taken(one.day, one.asked, one.zone) == (
        f"On {one.day.day} {one.day:%B} {one.asked:%H:%M} comes twice in {city(one.zone)}: clocks go back. We took the first."
    )


def test_an_evening_in_apia_goes_over_the_day_that_was_left_out():
    """Every day of the last week of 2011: the 30th falls on the 31st, one real day after the 29th."""
    hour = Hour("FREQ=DAILY", date(2011, 12, 28), time(19), "Pacific/Apia")
    starts = dict(starts_between(hour, datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC)))
    assert [f"{at:%d %H:%M}" for at in starts.values()] == ["29 05:00", "30 05:00", "31 05:00", "31 05:00", "01 05:00"]
    assert list(days_between(hour, date(2011, 12, 29), date(2011, 12, 31))) == [date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 31)]


def test_what_the_page_says_of_rules_is_so():
    def first(rule, day):
        return next(days_between(Hour(rule, day), day, day + timedelta(days=200)))

    assert first("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 12, 1)) == date(2026, 12, 1)
    wednesdays = days_between(Hour("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9", date(2026, 1, 1)), date(2026, 1, 1), date(2035, 12, 31))
    assert {day.day for day in wednesdays} == {3, 4, 5, 6, 7, 8, 9}
    assert "from the 3rd to the 9th" in PAGE and "400 days ahead" in PAGE and "more than ten years ahead" in PAGE
