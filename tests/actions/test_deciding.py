"""Deciding what people told of: by whom, what is gone with it, who hears back, and what time ends by itself."""

from datetime import UTC, timedelta

import pytest

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.moderation.log_reading import log_page, whole_log
from groups.moderation.steward_actions import leave_matter, refer
from groups.reports.deciding import ReportDecided, decide_report, forget_reports
from groups.reports.looking import answers_for, open_report, own_reports, reports_of, waiting_for
from groups.reports.models import Report
from groups.reports.reporting import key_of, report_hour, report_share
from tests.actions.telling import lines, moderate, rows, tell
from tests.laddered import made_steward


def waiting(person):
    """The reports on this moderator's desk."""
    with reading() as session:
        return waiting_for(session, {person.membership.group_id: person.membership})


def test_a_decision_destroys_the_key_and_empties_what_it_sealed(hour, keyring, nia, maya, tom, told):
    report = tell(hour, nia)
    assert [one.public_id for one in waiting(maya)] == [report.public_id]
    file = keyring._file(key_of(report.public_id))
    assert file.exists()
    decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    assert not file.exists() and waiting(maya) == []
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


def test_nobody_reads_or_decides_what_is_about_themselves(hour, keyring, nia, tom, maya):
    moderate(tom)
    report = tell(hour, nia)
    assert reports_of(tom.membership) == ([], [])
    for trying in (lambda: open_report(keyring, tom.membership, report.public_id),
                   lambda: decide_report(keyring, tom.membership, report.public_id, "nothing_needed")):
        with pytest.raises(NotFound):
            trying()
    decide_report(keyring, maya.membership, report.public_id, "spoken_to")
    assert whole_log(tom.membership) == [], "the log does not say it to Tom, who may read it"
    assert [line.about for line in whole_log(maya.membership)] == [tom.membership.handle] * 2
    assert [line.number for _, those in log_page(tom.membership, UTC, who=tom.membership.handle).days for line in those] == []


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


# --- passed on -------------------------------------------------------------------------------------


def refused(keyring, by, report):
    with pytest.raises(Refused) as no:
        decide_report(keyring, by.membership, report.public_id, "passed_on")
    assert open_report(keyring, by.membership, report.public_id).evidence, "what was said can still be read"
    return no.value.reason


def test_passed_on_is_said_once_the_stewards_were_asked_and_decided(hour, keyring, nia, maya, tom, otto):
    report = tell(hour, nia)
    assert refused(keyring, maya, report) == "no_stewards"
    steward = made_steward(otto)
    assert refused(keyring, maya, report) == "stewards_first"
    matter = refer(maya.membership, tom.membership, "threats")
    assert refused(keyring, maya, report) == "stewards_decide_first"
    leave_matter(steward, matter.public_id)
    assert decide_report(keyring, maya.membership, report.public_id, "passed_on").outcome == "passed_on"
    assert refused(keyring, maya, tell(hour, nia, place=7)) == "stewards_first", "what was decided before is not about this"


def test_an_hour_is_passed_on_to_nobody(app, keyring, nia, maya, otto):
    made_steward(otto)
    report = report_hour(keyring, nia.membership, "worried")
    with pytest.raises(Refused, match="names_nobody"):
        decide_report(keyring, maya.membership, report.public_id, "passed_on")


def test_a_fortnight_that_ends_while_the_stewards_decide_is_no_neglect(hour, keyring, nia, maya, tom, otto):
    made_steward(otto)
    tell(hour, nia)
    refer(maya.membership, tom.membership, "threats")
    assert forget_reports(keyring, clock.now() + timedelta(days=15)) == 1
    (row,) = rows(Report)
    assert (row.outcome, row.sealed_evidence) == ("passed_on", None)


# --- forgetting ------------------------------------------------------------------------------------


def test_after_a_fortnight_it_is_gone_decided_or_not(hour, keyring, nia, maya, tom, freeze, told):
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
    assert lines()[-1] == ("report_lapsed", None, tom.membership.handle, report.public_id, "")
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
