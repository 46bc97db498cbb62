"""Keeping rooms safe: the ladder, reports, appeals, the log, asked about a *membership*; and what is
decided for every group at once, asked about an *account*."""

from groups.errors import NotFound
from groups.policy.asking import refuse_unless
from groups.policy.group import for_moderators

# --- the ladder ---------------------------------------------------------------------------------


def may_see_steps(member) -> None:
    """The pages of those who look after the group: somebody's steps, appeals, incidents."""
    for_moderators(member)


def may_take_step(by, target, others, first=None, out_until=None) -> None:
    """Put somebody on a step. others: how many look after the group besides these two; a step about
    somebody who looks after it too counts once one of them agrees. first: the step that comes before
    this one and was not taken lately, in words; None where the order is kept. out_until: the end of a
    ban that is in force; None where there is none."""
    may_see_steps(by)
    refuse_unless(by.id != target.id, "not_oneself")
    refuse_unless(not target.moderates or others > 0, "two_for_a_peer")
    refuse_unless(out_until is None, "out_already", until=out_until)
    refuse_unless(first is None, "step_first", first=first)


def may_confirm_step(by, sanction, waits) -> None:
    """Be the second one who agrees. waits: whether anything waits for a second one still."""
    may_see_steps(by)
    refuse_unless(sanction.membership_id != by.id, "not_oneself")
    refuse_unless(sanction.by_id != by.id, "second_person")
    refuse_unless(waits, "nothing_to_confirm")


def may_lift(by, sanction) -> None:
    """Take a step back: anybody who looks after the group, but for their own."""
    may_see_steps(by)
    refuse_unless(sanction.membership_id != by.id, "not_oneself")
    refuse_unless(sanction.lifted_at is None, "lifted_already")


# --- looked at again ----------------------------------------------------------------------------


def may_read_own_steps(member, anything) -> None:
    """What the group did about oneself. anything: whether there is something to read; somebody who
    left and about whom nothing was done finds nothing."""
    if member is None or not (member.is_current or anything):
        raise NotFound()


def may_appeal(member, sanction, appealed) -> None:
    """Ask for a step of one's own to be looked at again, once; whether one still belongs or not."""
    if member is None or sanction.membership_id != member.id:
        raise NotFound()
    refuse_unless(sanction.lifted_at is None, "lifted_already")
    refuse_unless(not appealed, "appealed_once")


def may_read_appeal(by, sanction) -> None:
    """Somebody's words against a step are for those who had no part in it."""
    may_see_steps(by)
    refuse_unless(sanction.membership_id != by.id, "not_oneself")
    refuse_unless(by.id not in (sanction.by_id, sanction.confirmed_by_id), "someone_else_reads")


def may_decide_appeal(by, appeal) -> None:
    """Say whether a step stands."""
    may_read_appeal(by, appeal.sanction)
    refuse_unless(appeal.decided_at is None, "decided_already")


def may_review(by, incident) -> None:
    """Look at an emergency a second time: not whoever acted, nor whom it is about."""
    may_see_steps(by)
    refuse_unless(incident.sanction.membership_id != by.id, "not_oneself")
    refuse_unless(incident.sanction.by_id != by.id, "second_person")
    refuse_unless(incident.reviewed_at is None, "decided_already")


# --- stewards -----------------------------------------------------------------------------------


def may_refer(by, target, waits) -> None:
    """Ask the stewards to keep somebody out of every group. waits: whether they were asked already."""
    may_see_steps(by)
    refuse_unless(by.id != target.id, "not_oneself")
    refuse_unless(not waits, "stewards_asked_already")


def may_steward(account) -> None:
    """What concerns more than one group is for the stewards; nobody else finds it."""
    if account is None or account.steward_since is None:
        raise NotFound()


def may_decide_for_group(account, concerned, others, decided_at) -> None:
    """A steward in a group's place. concerned: the accounts of whoever acted and whom it is about;
    others: how many in the group could decide it themselves."""
    may_steward(account)
    refuse_unless(account.id not in concerned, "stewards_own")
    refuse_unless(decided_at is None, "decided_already")
    refuse_unless(others == 0, "group_decides")


def may_propose_bar(account, concerned, matter) -> None:
    """Be the first of two stewards: say until when no group takes this person, or leave it."""
    may_steward(account)
    refuse_unless(account.id not in concerned, "stewards_own")
    refuse_unless(matter.decided_at is None, "decided_already")
    refuse_unless(matter.first_at is None, "proposed_already")


def may_answer_bar(account, concerned, matter) -> None:
    """Be the second one: agree, or not."""
    may_steward(account)
    refuse_unless(account.id not in concerned, "stewards_own")
    refuse_unless(matter.decided_at is None, "decided_already")
    refuse_unless(matter.first_at is not None, "not_proposed")
    refuse_unless(matter.first_account_id != account.id, "second_steward")
