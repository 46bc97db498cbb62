"""In the log there is no line about a report for whom the report is about, whatever became of it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from groups import clock
from groups.db import change
from groups.desk.lately import lately
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.moderation.log_reading import log_page, whole_log
from groups.reports.deciding import decide_report, forget_reports
from groups.reports.models import Report
from tests.actions.telling import moderate, tell

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def tom_looks_after_the_group(hour, tom):
    moderate(tom)


def said(person):
    """(number, action) of every line this person is shown; on the desk there are the same, the newest first."""
    whole = [(line.number, line.entry.action) for line in whole_log(person.membership)]
    with change() as (session, _):
        member = session.get(Membership, person.membership.id)
        on_desk = [one.text for one in lately(session, {member.group_id: member}, LONDON, clock.now())]
    assert on_desk == [line.text for line in whole_log(person.membership)][::-1]
    page = log_page(person.membership, LONDON)
    assert [line.number for _, lines in page.days for line in lines] == [number for number, _ in whole][::-1]
    assert set(page.kinds) == {action for _, action in whole}, "nor is it among the kinds to choose from"
    return whole


def write(hour, action, **more):
    with change() as (session, _):
        write_log(session, hour.meeting.room.group_id, action, by=None, **more)


def forget_every_report():
    with change() as (session, _):
        session.execute(delete(Report))


@pytest.mark.parametrize("forgotten", [False, True])
@pytest.mark.parametrize("ends", ["waits", "decided", "lapsed"])
def test_whom_it_is_about_is_shown_no_line_of_it_and_no_gap(hour, keyring, nia, maya, tom, ends, forgotten):
    write(hour, "raid_began", detail="joins")
    report = tell(hour, nia)
    if ends == "decided":
        decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    if ends == "lapsed":
        forget_reports(keyring, clock.now() + timedelta(days=15))
    if forgotten:
        forget_every_report()
    write(hour, "raid_ended")
    assert said(tom) == [(1, "raid_began"), (2, "raid_ended")]
    more = {"decided": ["report_decided"], "lapsed": ["report_lapsed"]}.get(ends, [])
    assert [action for _, action in said(maya)] == ["raid_began", "report_made", *more, "raid_ended"]


def test_what_is_told_of_others_they_are_shown(hour, nia, tom):
    tell(hour, nia, place=5)
    assert said(tom) == [(1, "report_made")]


def test_a_line_of_an_older_house_is_kept_from_them_by_the_report_or_by_its_decision(hour, keyring, nia, maya, tom):
    """It did not say whom a report was about."""
    report = tell(hour, nia)
    tell(hour, nia, place=5)
    write(hour, "report_made", report=report.public_id)
    write(hour, "report_made")
    assert said(tom) == [(1, "report_made"), (2, "report_made")], "the other one, and one that is tied to nothing"
    decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    forget_every_report()
    assert said(tom) == [(1, "report_made"), (2, "report_made")]
