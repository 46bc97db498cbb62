"""Telling of a share or an hour, and what is stored of it: sealed words, one row, a line that does not name who told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from groups import clock
from groups.conduct.models import Signal
from groups.db import change
from groups.errors import Invalid, NotFound, Refused
from groups.meeting import commands as c
from groups.membership.actions import leave
from groups.reports.evidence import evidence_of
from groups.reports.looking import open_report
from groups.reports.models import Report
from groups.reports.reporting import (
    MOST_WAITING,
    ReportMade,
    key_of,
    report_hour,
    report_removal,
    report_share,
    whose_share,
)
from tests.actions.telling import lines, moderate, rows, tell
from tests.hours import join


def test_a_share_is_told_of_with_the_four_around_it(hour, keyring, nia, maya, tom):
    report = tell(hour, nia)
    assert (report.what, report.reason, report.about_id, report.by_id) == ("share", "contact", tom.membership.id, nia.membership.id)
    assert report.until - clock.now() > timedelta(days=13, hours=23)
    opened = open_report(keyring, maya.membership, report.public_id)
    assert opened.words == "Please look."
    assert [(one.name, one.words) for one in opened.evidence] == [
        ("Maya", "share 2 of Maya"), ("Nia", "share 3 of Nia"), ("Tom", "share 4 of Tom"), ("Maya", "share 5 of Maya"),
        ("Nia", "share 6 of Nia"),
    ]
    assert [one.handle for one in opened.evidence if one.reported] == [tom.membership.handle]


def test_it_is_one_row_one_signal_one_line_and_one_piece_of_news(hour, nia, tom, told):
    report = tell(hour, nia, about_person=True)
    assert report.what == "person"
    again = tell(hour, nia, reason="threats", words="And again.")
    assert (again.id, again.reason) == (report.id, "contact")
    assert len(rows(Report)) == 1
    assert [(one.membership_id, one.kind, one.other) for one in rows(Signal)] == [
        (tom.membership.id, "reported", nia.membership.handle)
    ]
    assert lines() == [("report_made", None, tom.membership.handle, report.public_id, "contact")], "nobody who told is named"
    assert told == [ReportMade(hour.meeting.id, nia.membership.group_id, report.public_id, tom.membership.handle)]


def test_pressed_twice_at_the_same_moment_it_is_still_one(hour, keyring, nia):
    with ThreadPoolExecutor(4) as pool:
        made = [one.result(30) for one in [pool.submit(tell, hour, nia) for _ in range(4)]]
    assert len({report.id for report in made}) == len(rows(Report)) == 1
    assert [name for name in keyring.names() if name.startswith("r") and len(name) == 11] == [key_of(made[0].public_id)]


def test_somebody_else_may_tell_of_the_same_share(hour, nia, maya):
    assert tell(hour, nia).id != tell(hour, maya).id


def test_a_share_that_was_taken_out_has_no_words_any_more(hour, keyring, nia, maya):
    hour.take_out(hour.numbers[2])
    hour.take_out(hour.numbers[3])
    opened = open_report(keyring, maya.membership, tell(hour, nia).public_id)
    assert [one.words for one in opened.evidence] == ["share 2 of Maya", None, None, "share 5 of Maya", "share 6 of Nia"]


def test_whoever_left_the_hour_or_was_put_out_may_tell_of_it_still(hour, nia, maya):
    hour.do(c.Leave(by=hour.by["Nia"]))
    assert whose_share(hour.ledger, nia.membership, hour.meeting, hour.numbers[3]) == "Tom"
    assert tell(hour, nia)


def test_whoever_was_never_let_in_may_not(app, hour, maya):
    (ida,) = join("Ida")
    with pytest.raises(Refused, match="was_not_inside"):
        report_share(hour.ledger, hour.keyring, ida, hour.meeting, hour.numbers[3], "contact")
    hour.do(c.Knock(by=ida.handle, name="Ida"))
    with pytest.raises(Refused, match="was_not_inside"):
        report_share(hour.ledger, hour.keyring, ida, hour.meeting, hour.numbers[3], "contact")
    assert rows(Report) == [] and not [key for key in hour.keyring.names() if key.startswith("r") and len(key) == 11]


@pytest.mark.parametrize("number", [1, 2, 10_000])
def test_what_is_no_share_cannot_be_told_of(hour, nia, number):
    with pytest.raises(Refused, match="no_such_share"):
        report_share(hour.ledger, hour.keyring, nia.membership, hour.meeting, number, "contact")


def test_nor_ones_own(hour, tom):
    with pytest.raises(Refused, match="report_own"):
        tell(hour, tom)


def test_what_only_the_person_it_is_about_could_read_is_said_at_once(hour, nia, tom):
    with pytest.raises(Refused, match="nobody_to_read"):
        tell(hour, nia, place=5)
    assert rows(Report) == []
    moderate(tom)
    assert tell(hour, nia, place=5)


@pytest.mark.parametrize("wrong", [{"reason": "because"}, {"reason": ""}, {"reason": None}, {"words": "x" * 601}])
def test_what_makes_no_sense_is_named(hour, nia, wrong):
    with pytest.raises(Invalid):
        tell(hour, nia, **wrong)
    assert rows(Report) == []


def test_once_the_words_are_gone_only_the_hour_can_be_told_of(hour, keyring, nia, maya):
    hour.purge()
    with pytest.raises(Refused, match="said_is_gone"):
        tell(hour, nia)
    report = report_hour(keyring, nia.membership, "worried", "It was yesterday's hour.")
    opened = open_report(keyring, maya.membership, report.public_id)
    assert (opened.words, opened.evidence, opened.seen.about) == ("It was yesterday's hour.", [], None)
    assert rows(Signal) == []


def test_evidence_outlives_the_meetings_own_words(hour, keyring, nia, maya):
    report = tell(hour, nia)
    hour.purge()
    assert open_report(keyring, maya.membership, report.public_id).evidence[2].words == "share 4 of Tom"


def test_one_person_cannot_bury_the_reports_of_others(app, keyring, nia):
    for _ in range(MOST_WAITING):
        report_hour(keyring, nia.membership, "other")
    with pytest.raises(Refused, match="reports_wait"):
        report_hour(keyring, nia.membership, "other")
    assert len([key for key in keyring.names() if len(key) == 11]) == MOST_WAITING, "no key without its report"


def test_who_belongs_no_longer_tells_of_nothing(hour, keyring, nia):
    leave(nia.membership)
    for telling in (lambda: tell(hour, nia), lambda: report_hour(keyring, nia.membership, "other")):
        with pytest.raises(NotFound):
            telling()


def test_an_emergency_removal_keeps_what_it_was_about(hour, keyring, maya, tom, told):
    _, evidence = evidence_of(hour.ledger, hour.meeting.id, hour.numbers[3])
    hour.take_out(hour.numbers[3])
    with change() as (session, announce):
        report = report_removal(
            session, announce, keyring, evidence, by=maya.membership, about=tom.membership, meeting=hour.meeting,
            emergency="solicitation",
        )
    assert (report.reason, report.what, report.share) == ("contact", "person", hour.numbers[3])
    assert told[-1].public_id == report.public_id
    assert rows(Signal) == [], "one person's step, not one more person's report"
    assert open_report(keyring, maya.membership, report.public_id).evidence[2].words == "share 4 of Tom"
