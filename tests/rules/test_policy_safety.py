"""Every question about keeping rooms safe, asked of everybody there is: all cells. A question of
`policy/ladder.py` or `policy/safety.py` that has no row here fails the last test."""

import pytest

from groups import policy
from groups.conduct.models import Incident, Sanction
from groups.meeting.marks import ShareMark
from groups.meeting.state import Person
from groups.moderation.models import Appeal, StewardMatter
from groups.moderation.note_models import MemberNote
from groups.reports.models import Report
from tests.rules.everybody import (
    ACTED,
    BEFORE,
    FOR_ALL_WHO_BELONG,
    FOR_ALL_WHO_LOOK_AFTER,
    FORMER,
    FORMER_MODERATOR,
    LATER,
    MEMBER,
    MODERATOR,
    NOT_ACTED,
    NOT_OTHER,
    NOW,
    OTHER,
    PEER,
    STEWARD,
    STEWARD_ONLY,
    STRANGER,
    TARGET,
    TOM,
    WHO,
    cells,
    inside,
    of_account,
    of_member,
    questions_of,
    refused,
)

PARTS = frozenset({TOM, ACTED})
WAS_THERE = Person("m", "Whoever asks", standing="inside", was_inside=True)
NOBODY_FOUND = inside("for_moderators", "-")
NOT_THEIRS = inside("for_moderators", "yes", other="-")


def step(about=TOM, **facts):
    return Sanction(**{"membership_id": about, "by_id": ACTED, "until": LATER} | facts)


def report(about=TOM, by=MEMBER, group=1):
    return Report(group_id=group, about_id=about, by_id=by)


TABLE = {
    # question: [(how it is asked, the answer for each role in the order of ROLES)]
    "may_see_steps": [(of_member(policy.may_see_steps), FOR_ALL_WHO_LOOK_AFTER)],
    "may_take_step": [
        (of_member(policy.may_take_step, TARGET, 0), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_take_step, TARGET, 0, "a word of warning"), refused("step_first")),
        (of_member(policy.may_take_step, TARGET, 0, None, NOW), refused("out_already")),
        (of_member(policy.may_take_step, PEER, 1), NOT_OTHER),
        (of_member(policy.may_take_step, PEER, 0), inside("for_moderators", "two_for_a_peer", other="not_oneself")),
    ],
    "may_confirm_step": [
        (of_member(policy.may_confirm_step, step(), True), NOT_ACTED),
        (of_member(policy.may_confirm_step, step(OTHER), True), inside("for_moderators", "yes", acted="second_person", other="not_oneself")),
        (of_member(policy.may_confirm_step, step(by_id=None), False), refused("nothing_to_confirm")),
    ],
    "may_lift": [
        (of_member(policy.may_lift, step()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_lift, step(OTHER)), NOT_OTHER),
        (of_member(policy.may_lift, step(lifted_at=BEFORE)), refused("lifted_already")),
    ],
    "may_read_own_steps": [
        (of_member(policy.may_read_own_steps, True), ("-", "-", "yes", "yes", "yes", "yes", "yes", "yes", "-")),
        (of_member(policy.may_read_own_steps, False), inside("yes", "yes")),
    ],
    "may_appeal": [
        (of_member(policy.may_appeal, step(), False), ("-", "-", "-", "-", "yes", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(MEMBER), False), ("-", "-", "yes", "-", "-", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(FORMER), False), ("-", "-", "-", "yes", "-", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(), True), ("-", "-", "-", "-", "appealed_once", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(lifted_at=BEFORE), False), ("-", "-", "-", "-", "lifted_already", "-", "-", "-", "-")),
    ],
    "may_read_appeal": [
        (of_member(policy.may_read_appeal, step()), inside("for_moderators", "yes", acted="someone_else_reads")),
        (of_member(policy.may_read_appeal, step(confirmed_by_id=MODERATOR)),
         inside("for_moderators", "someone_else_reads", other="yes")),
        (of_member(policy.may_read_appeal, step(OTHER)), inside("for_moderators", "yes", acted="someone_else_reads", other="not_oneself")),
    ],
    "may_decide_appeal": [
        (of_member(policy.may_decide_appeal, Appeal(sanction=step())),
         inside("for_moderators", "yes", acted="someone_else_reads")),
        (of_member(policy.may_decide_appeal, Appeal(sanction=step(), decided_at=BEFORE)),
         inside("for_moderators", "decided_already", acted="someone_else_reads")),
    ],
    "may_review": [
        (of_member(policy.may_review, Incident(sanction=step())), NOT_ACTED),
        (of_member(policy.may_review, Incident(sanction=step(OTHER))),
         inside("for_moderators", "yes", acted="second_person", other="not_oneself")),
        (of_member(policy.may_review, Incident(sanction=step(by_id=None), reviewed_at=BEFORE)), refused("decided_already")),
    ],
    "may_refer": [
        (of_member(policy.may_refer, TARGET, False), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_refer, PEER, False), NOT_OTHER),
        (of_member(policy.may_refer, TARGET, True), refused("stewards_asked_already")),
    ],
    "may_steward": [(of_account(policy.may_steward), STEWARD_ONLY)],
    "may_decide_for_group": [
        (of_account(policy.may_decide_for_group, PARTS, 0, None), STEWARD_ONLY),
        (of_account(policy.may_decide_for_group, PARTS | {STEWARD}, 0, None), (*"--------", "stewards_own")),
        (of_account(policy.may_decide_for_group, PARTS, 1, None), (*"--------", "group_decides")),
        (of_account(policy.may_decide_for_group, PARTS, 0, BEFORE), (*"--------", "decided_already")),
    ],
    "may_propose_bar": [
        (of_account(policy.may_propose_bar, PARTS, StewardMatter()), STEWARD_ONLY),
        (of_account(policy.may_propose_bar, PARTS | {STEWARD}, StewardMatter()), (*"--------", "stewards_own")),
        (of_account(policy.may_propose_bar, PARTS, StewardMatter(first_at=BEFORE)), (*"--------", "proposed_already")),
        (of_account(policy.may_propose_bar, PARTS, StewardMatter(decided_at=BEFORE)), (*"--------", "decided_already")),
    ],
    "may_answer_bar": [
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(first_at=BEFORE, first_account_id=1)), STEWARD_ONLY),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(first_at=BEFORE, first_account_id=STEWARD)), (*"--------", "second_steward")),
        (of_account(policy.may_answer_bar, PARTS | {STEWARD}, StewardMatter(first_at=BEFORE)), (*"--------", "stewards_own")),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter()), (*"--------", "not_proposed")),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(decided_at=BEFORE)), (*"--------", "decided_already")),
    ],
    # Reports, notes, patterns, the log.
    "may_report_share": [
        (of_member(policy.may_report_share, WAS_THERE, ShareMark("n")), FOR_ALL_WHO_BELONG),
        (of_member(policy.may_report_share, WAS_THERE, ShareMark("m")), refused("report_own", member="report_own")),
        (of_member(policy.may_report_share, None, ShareMark("n")), refused("was_not_inside", member="was_not_inside")),
    ],
    "may_read_reports": [(of_member(policy.may_read_reports), FOR_ALL_WHO_LOOK_AFTER)],
    "may_read_report": [
        (of_member(policy.may_read_report, report()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_read_report, report(OTHER)), NOT_THEIRS),
        (of_member(policy.may_read_report, report(None)), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_read_report, report(group=2)), NOBODY_FOUND),
    ],
    "may_decide_report": [
        (of_member(policy.may_decide_report, report(), 1), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_decide_report, report(OTHER), 1), NOT_THEIRS),
        (of_member(policy.may_decide_report, report(by=ACTED), 1), inside("for_moderators", "yes", acted="report_by_you")),
        (of_member(policy.may_decide_report, report(by=ACTED), 0), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_decide_report, report(group=2), 1), NOBODY_FOUND),
    ],
    "may_pass_on": [
        (of_member(policy.may_pass_on, report(), "decided", False), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_pass_on, report(OTHER), "decided", True), NOT_THEIRS),
        (of_member(policy.may_pass_on, report(), None, True), refused("names_nobody")),
        (of_member(policy.may_pass_on, report(), "waits", False), refused("no_stewards")),
        (of_member(policy.may_pass_on, report(), "not", True), refused("stewards_first")),
        (of_member(policy.may_pass_on, report(), "waits", True), refused("stewards_decide_first")),
    ],
    "may_read_log": [(of_member(policy.may_read_log), FOR_ALL_WHO_LOOK_AFTER)],
    "may_note": [
        (of_member(policy.may_note, TARGET), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_note, PEER), NOT_THEIRS),
        (of_member(policy.may_note, STRANGER), NOBODY_FOUND),
    ],
    "may_remove_note": [
        (of_member(policy.may_remove_note, MemberNote(group_id=1, by_id=ACTED)),
         inside("for_moderators", "not_your_note", acted="yes")),
        (of_member(policy.may_remove_note, MemberNote(group_id=1, by_id=None)), refused("not_your_note")),
        (of_member(policy.may_remove_note, MemberNote(group_id=2, by_id=ACTED)), NOBODY_FOUND),
    ],
    "may_see_patterns": [(of_member(policy.may_see_patterns), FOR_ALL_WHO_LOOK_AFTER)],
    "may_see_pattern": [
        (of_member(policy.may_see_pattern, TARGET), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_see_pattern, PEER), NOT_THEIRS),
        (of_member(policy.may_see_pattern, STRANGER), NOBODY_FOUND),
    ],
}


@pytest.mark.parametrize("ask, role, answer", cells(TABLE))
def test_every_question_asked_of_everybody(ask, role, answer):
    assert ask(WHO[role]) == answer


@pytest.mark.parametrize("name", TABLE)
def test_whoever_looked_after_the_group_and_left_is_as_anybody_who_left(name):
    for ask, _ in TABLE[name]:
        assert ask(FORMER_MODERATOR) == ask(WHO["former"])


@pytest.mark.parametrize("file", ["ladder", "safety"])
def test_every_question_has_its_rows(file):
    assert questions_of(file) <= set(TABLE), f"no rows for {sorted(questions_of(file) - set(TABLE))}"
