"""Who may tell, read and decide: one table per question, every kind of person against it."""

from datetime import UTC, datetime

import pytest

from groups import policy
from groups.meeting.marks import ShareMark
from groups.meeting.person import Person
from groups.membership.models import Membership, Role
from groups.moderation.note_models import MemberNote
from groups.reports.models import Report
from tests.rules.test_policy_groups import outcome

THEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOD, MEMBER, FORMER, ELSEWHERE = (
    Membership(id=1, group_id=1, role=Role.MODERATOR), Membership(id=2, group_id=1, role=Role.MEMBER),
    Membership(id=3, group_id=1, role=Role.MEMBER, left_at=THEN), Membership(id=4, group_id=2, role=Role.MODERATOR),
)
SECOND = Membership(id=5, group_id=1, role=Role.MODERATOR)
FOR_MODERATORS = (policy.may_read_reports, policy.may_read_log, policy.may_see_patterns)


@pytest.mark.parametrize("rule", FOR_MODERATORS)
@pytest.mark.parametrize("who, answer", [(MOD, "yes"), (MEMBER, "for_moderators"), (FORMER, "not_found")])
def test_what_those_who_look_after_the_group_read(rule, who, answer):
    assert outcome(rule, who) == answer


@pytest.mark.parametrize("who, person, by, answer", [
    (MEMBER, Person("t", "Tom", standing="inside", was_inside=True), "n", "yes"),
    (MEMBER, Person("t", "Tom", standing="left", was_inside=True), "n", "yes"),
    (MEMBER, Person("t", "Tom", standing="out", was_inside=True), "n", "yes"),
    (MEMBER, Person("t", "Tom", standing="inside", was_inside=True), "t", "report_own"),
    (MEMBER, Person("t", "Tom"), "n", "was_not_inside"),
    (MEMBER, Person("t", "Tom", standing="declined"), "n", "was_not_inside"),
    (MEMBER, None, "n", "was_not_inside"),
    (MOD, None, "n", "was_not_inside"),
    (FORMER, Person("t", "Tom", standing="inside", was_inside=True), "n", "not_found"),
])
def test_who_may_tell_of_a_share(who, person, by, answer):
    assert outcome(policy.may_report_share, who, person, ShareMark(by)) == answer


@pytest.mark.parametrize("who, about, by, others, reads, decides", [
    (MOD, 2, 3, 0, "yes", "yes"),
    (MOD, None, 3, 1, "yes", "yes"),
    (MOD, 1, 3, 1, "not_found", "not_found"),
    (MOD, 2, 1, 1, "yes", "report_by_you"),
    (MOD, 2, 1, 0, "yes", "yes"),
    (MEMBER, 3, 2, 1, "for_moderators", "for_moderators"),
    (FORMER, 2, 3, 1, "not_found", "not_found"),
    (ELSEWHERE, 2, 3, 1, "not_found", "not_found"),
])
def test_who_reads_and_decides_a_report(who, about, by, others, reads, decides):
    report = Report(group_id=1, about_id=about, by_id=by)
    assert outcome(policy.may_read_report, who, report) == reads
    assert outcome(policy.may_decide_report, who, report, others) == decides


@pytest.mark.parametrize("rule", [policy.may_note, policy.may_see_pattern])
@pytest.mark.parametrize("who, about, answer", [
    (MOD, MEMBER, "yes"), (MOD, FORMER, "yes"), (MOD, SECOND, "yes"), (MOD, MOD, "not_found"), (MOD, ELSEWHERE, "not_found"),
    (MEMBER, MOD, "for_moderators"), (MEMBER, MEMBER, "for_moderators"), (FORMER, MEMBER, "not_found"),
    (ELSEWHERE, MEMBER, "not_found"),
])
def test_who_keeps_something_about_whom(rule, who, about, answer):
    assert outcome(rule, who, about) == answer


@pytest.mark.parametrize("who, by, answer", [
    (MOD, 1, "yes"), (MOD, 5, "not_your_note"), (MOD, None, "not_your_note"), (MEMBER, 2, "for_moderators"),
    (FORMER, 3, "not_found"), (ELSEWHERE, 4, "not_found"),
])
def test_who_takes_a_note_back(who, by, answer):
    assert outcome(policy.may_remove_note, who, MemberNote(group_id=1, by_id=by)) == answer
