"""Telling of a share or an hour, and what is stored of it: sealed words, one row, a line that names nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import announcements, clock
from groups.conduct.models import Signal
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.logbook.models import LogEntry
from groups.meeting import commands as c
from groups.membership.actions import leave
from groups.moderation.deciding import ReportDecided, decide_report, forget_reports
from groups.moderation.evidence import evidence_of
from groups.moderation.models import Report
from groups.moderation.reporting import (
    MOST_WAITING,
    ReportMade,
    key_of,
    report_hour,
    report_removal,
    report_share,
    whose_share,
)
from groups.moderation.reports import answers_for, open_report, own_reports, reports_of
from tests.hours import join
from tests.spoken import Spoken


@pytest.fixture
def hour(app, quay, maya, tom, nia):
    """Maya chairs, Tom and Nia are inside; seven shares, of which the fourth is Tom's."""
    hour = Spoken(app, quay, (maya, tom, nia))
    hour.numbers = [hour.says(name, f"share {n} of {name}") for n, name in enumerate(("Nia", "Maya", "Nia", "Tom", "Maya", "Nia", "Tom"), 1)]
    return hour


@pytest.fixture
def keyring(app):
    return app.extensions["keyring"]


@pytest.fixture
def told():
    """News of reports, as the live desk would hear it."""
    heard = []
    for kind in (ReportMade, ReportDecided):
        announcements.on(kind, heard.append)
    yield heard
    for kind in (ReportMade, ReportDecided):
        announcements.forget(kind, heard.append)


def rows(kind):
    with reading() as session:
        return session.scalars(select(kind).order_by(kind.id)).all()


def lines():
    return [(line.action, line.by, line.about, line.report, line.detail) for line in rows(LogEntry)]


def tell(hour, by, place=4, reason="contact", words="Please look.", **more):
    return report_share(hour.ledger, hour.keyring, by.membership, hour.meeting, hour.numbers[place - 1], reason, words, **more)


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
    assert lines() == [("report_made", None, None, report.public_id, "contact")], "nobody is named, on either side"
    assert told == [ReportMade(hour.meeting.id, nia.membership.group_id, report.public_id)]


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
    assert open_report(keyring, maya.membership, report.public_id).evidence[2].words == "share 4 of Tom"


# --- deciding --------------------------------------------------------------------------------------


def test_a_decision_destroys_the_key_and_empties_what_it_sealed(hour, keyring, nia, maya, tom, told):
    report = tell(hour, nia)
    file = keyring._file(key_of(report.public_id))
    assert file.exists()
    decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    assert not file.exists()
    (row,) = rows(Report)
    assert (row.sealed_words, row.sealed_evidence, row.outcome, row.decided_by_id) == (None, None, "spoken_to", maya.membership.id)
    opened = open_report(keyring, maya.membership, report.public_id)
    assert (opened.words, opened.evidence, opened.seen.is_open) == ("", [], False)
    assert lines()[-1] == ("report_decided", maya.membership.handle, tom.membership.handle, report.public_id, "spoken_to")
    assert told[-1] == ReportDecided(hour.meeting.id, maya.membership.group_id, report.public_id)
    with pytest.raises(Refused, match="report_decided"):
        decide_report(keyring, maya.membership, report.public_id, "nothing_needed")


def test_members_and_people_of_other_groups_decide_nothing(hour, keyring, nia, tom, rosa):
    report = tell(hour, nia)
    with pytest.raises(Refused, match="for_moderators"):
        decide_report(keyring, tom.membership, report.public_id, "nothing_needed")
    with pytest.raises(NotFound):
        decide_report(keyring, rosa.membership, report.public_id, "nothing_needed")
    with pytest.raises(NotFound):
        decide_report(keyring, rosa.membership, "nosuchreport", "nothing_needed")
    with pytest.raises(Invalid):
        decide_report(keyring, rosa.membership, report.public_id, "burn_it")


def moderate(person):
    with change() as (session, _):
        session.get(type(person.membership), person.membership.id).role = "moderator"
    person.membership.role = "moderator"


def test_nobody_reads_or_decides_what_is_about_themselves(hour, keyring, nia, tom, maya):
    moderate(tom)
    report = tell(hour, nia)
    assert reports_of(tom.membership) == ([], [])
    for trying in (lambda: open_report(keyring, tom.membership, report.public_id),
                   lambda: decide_report(keyring, tom.membership, report.public_id, "nothing_needed")):
        with pytest.raises(NotFound):
            trying()
    decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    assert lines()[-1][2] is None, "the log, which Tom reads, does not say whom it was about"


def test_whoever_told_leaves_it_to_another_if_there_is_one(hour, keyring, nia, maya):
    report = tell(hour, maya)
    assert open_report(keyring, maya.membership, report.public_id).refusal is None, "Maya is alone"
    moderate(nia)
    assert open_report(keyring, maya.membership, report.public_id).refusal == "report_by_you"
    with pytest.raises(Refused, match="report_by_you"):
        decide_report(keyring, maya.membership, report.public_id, "nothing_needed")
    decide_report(keyring, nia.membership, report.public_id, "nothing_needed")


def test_whoever_told_hears_back_until_they_have_read_it(hour, keyring, nia, maya):
    report = tell(hour, nia)
    assert answers_for(nia.membership) == 0
    assert [one.report.outcome for one in own_reports(nia.membership)] == [None]
    decide_report(keyring, maya.membership, report.public_id, "step_taken")
    assert (answers_for(nia.membership), answers_for(maya.membership)) == (1, 0)
    assert [one.report.outcome for one in own_reports(nia.membership)] == ["step_taken"]
    assert answers_for(nia.membership) == 0


# --- forgetting ------------------------------------------------------------------------------------


def test_after_a_fortnight_it_is_gone_decided_or_not(hour, keyring, nia, maya, freeze, told):
    report, start = tell(hour, nia), clock.now()
    file = keyring._file(key_of(report.public_id))
    assert forget_reports(keyring, start + timedelta(days=13, hours=23)) == 0 and file.exists()
    freeze(start + timedelta(days=14, minutes=1))
    assert open_report(keyring, maya.membership, report.public_id).evidence == [], "also before the beat comes by"
    with pytest.raises(Refused, match="report_decided"):
        decide_report(keyring, maya.membership, report.public_id, "nothing_needed")
    assert forget_reports(keyring, clock.now()) == 1 and not file.exists()
    (row,) = rows(Report)
    assert (row.outcome, row.sealed_words, row.sealed_evidence) == ("lapsed", None, None)
    assert lines()[-1] == ("report_lapsed", None, None, report.public_id, "")
    assert answers_for(nia.membership) == 1
    assert isinstance(told[-1], ReportDecided)
    assert forget_reports(keyring, clock.now()) == 0


def test_the_row_goes_a_fortnight_after_it_was_heard_or_after_ninety_days(hour, keyring, nia, maya):
    heard, unheard = tell(hour, nia), tell(hour, nia, place=7)
    for report in (heard, unheard):
        decide_report(keyring, maya.membership, report.public_id, "nothing_needed")
    with change() as (session, _):
        session.get(Report, heard.id).heard_back_at = clock.now()
    forget_reports(keyring, clock.now() + timedelta(days=15))
    assert [row.id for row in rows(Report)] == [unheard.id]
    forget_reports(keyring, clock.now() + timedelta(days=91))
    assert rows(Report) == []


def test_a_key_that_a_decision_was_interrupted_before_destroying_goes_at_the_next_beat(hour, keyring, nia):
    report = tell(hour, nia)
    with change() as (session, _):  # committed, and then the power failed
        row = session.get(Report, report.id)
        row.decided_at, row.outcome = clock.now() - timedelta(days=3), "spoken_to"
    forget_reports(keyring, clock.now())
    assert not keyring._file(key_of(report.public_id)).exists()


def test_no_word_lies_in_any_table_or_log(hour, keyring, nia, maya, tmp_path, caplog):
    hour.says("Tom", "zebrawords in the room")
    number = hour.says("Nia", "quaggawords beside them")
    report = report_share(hour.ledger, keyring, maya.membership, hour.meeting, number, "worried", "okapiwords of a reporter")
    with reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = (tmp_path / "lamplight.db").read_bytes()
    assert report.public_id.encode() in stored
    for word in ("zebrawords", "quaggawords", "okapiwords"):
        assert word.encode() not in stored and word not in caplog.text
