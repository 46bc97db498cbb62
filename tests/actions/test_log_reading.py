"""Reading the group's log: newest first, some at a time, each line with its own lasting number."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.errors import Refused
from groups.logbook.models import LogEntry
from groups.logbook.writing import write_log
from groups.membership.actions import leave
from groups.membership.models import Membership
from groups.moderation.log_reading import PAGE, log_page, whole_log

LONDON, NOON = ZoneInfo("Europe/London"), datetime(2026, 11, 24, 12, tzinfo=UTC)


def wrote(person, action, about=None, **more):
    with change() as (session, _):
        write_log(session, person.membership.group_id, action, by=person.membership.handle, about=about and about.membership.handle, **more)


def numbers(page):
    return [line.number for _, lines in page.days for line in lines]


def test_only_those_who_look_after_the_group_read_it(app, tom):
    with pytest.raises(Refused, match="for_moderators"):
        log_page(tom.membership, LONDON)
    with pytest.raises(Refused, match="for_moderators"):
        whole_log(tom.membership)


def test_newest_first_by_days_on_the_readers_clock(app, freeze, maya, tom):
    freeze(NOON)
    wrote(maya, "step_warn", tom)
    freeze.forward(hours=11, minutes=30)  # in London still the same day, in Berlin the next
    wrote(maya, "step_listen", tom)
    freeze.forward(days=1)
    wrote(maya, "step_leave", tom)
    page = log_page(maya.membership, LONDON)
    assert [(str(day), [line.text for line in lines]) for day, lines in page.days] == [
        ("2026-11-25", ["Maya asked Tom to leave for the day."]),
        ("2026-11-24", ["Maya asked Tom to listen only.", "Maya gave Tom a word of warning."]),
    ]
    assert [str(day) for day, _ in log_page(maya.membership, ZoneInfo("Europe/Berlin")).days] == ["2026-11-26", "2026-11-25", "2026-11-24"]


def test_lines_of_other_groups_are_not_counted_even(app, maya, tom, rosa, vera):
    for by, about in ((rosa, vera), (maya, tom), (rosa, vera), (maya, tom)):
        wrote(by, "step_warn", about)
    assert numbers(log_page(maya.membership, LONDON)) == [2, 1]


def test_page_after_page_every_line_is_seen_once(app, maya, tom):
    for _ in range(2 * PAGE + 3):
        wrote(maya, "step_warn", tom)
    first = log_page(maya.membership, LONDON)
    second = log_page(maya.membership, LONDON, before=first.older)
    third = log_page(maya.membership, LONDON, before=second.older)
    assert numbers(first) + numbers(second) + numbers(third) == list(range(2 * PAGE + 3, 0, -1))
    assert third.older is None
    assert [line.number for line in whole_log(maya.membership)] == list(range(1, 2 * PAGE + 4))


def test_by_person_and_by_kind(app, maya, tom, nia):
    wrote(maya, "step_warn", tom)
    wrote(maya, "step_warn", nia)
    wrote(nia, "step_leave", maya)
    page = log_page(maya.membership, LONDON, who=nia.membership.handle)
    assert numbers(page) == [3, 2], "about her, and by her; with the numbers they always have"
    assert numbers(log_page(maya.membership, LONDON, who=nia.membership.handle, kind="step_warn")) == [2]
    assert numbers(log_page(maya.membership, LONDON, kind="no_such_kind")) == []
    assert sorted(page.people.values()) == ["Maya", "Nia", "Tom"]
    assert page.kinds["step_warn"] == "Somebody gave somebody a word of warning"


def test_whoever_left_is_not_named_but_whoever_is_kept_out_is(app, maya, tom, nia):
    wrote(maya, "step_warn", tom)
    wrote(maya, "step_ban", nia, agreement=3, until=NOON)
    leave(tom.membership)
    leave(nia.membership)
    with change() as (session, _):
        session.get(Membership, nia.membership.id).barred_until = datetime.now(UTC) + timedelta(days=3)
    texts = [line.text for line in whole_log(maya.membership)]
    assert texts == ["Maya gave somebody who left a word of warning.", "Maya banned Nia."]


def test_what_was_undone_says_so(app, maya, tom, nia):
    wrote(maya, "step_listen", tom)
    with reading() as session:
        first = session.scalar(select(LogEntry.id))
    wrote(nia, "step_warn", tom, undoes_id=first)
    newest, oldest = (line for _, lines in log_page(maya.membership, LONDON).days for line in lines)
    assert oldest.undone[0] == "Nia" and newest.undone is None
    assert whole_log(maya.membership)[0].undone[0] == "Nia"
