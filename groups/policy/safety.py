"""Reports, notes, patterns, the log, asked about a *membership*."""

from groups.errors import NotFound
from groups.policy.asking import refuse_unless
from groups.policy.group import for_moderators, may_act

# --- reports, notes, patterns, the log -----------------------------------------------------------


def may_report_share(member, person, mark) -> None:
    """Tell of a share: for whoever was let into that meeting, wherever they are now; nobody of their own.
    person: the member as that meeting knows them, or None; mark: the share's."""
    may_act(member)
    refuse_unless(person is not None and person.was_inside, "was_not_inside")
    refuse_unless(mark.by != person.handle, "report_own")


def may_read_reports(member) -> None:
    """Reports are for moderators."""
    for_moderators(member)


def may_read_report(member, report) -> None:
    """One of them: for whoever it is about there is none."""
    may_read_reports(member)
    if report.group_id != member.group_id or report.about_id == member.id:
        raise NotFound()


def may_decide_report(member, report, others: int) -> None:
    """Say what came of it; its reporter leaves that to somebody else, where there is somebody.
    others: how many more moderators could decide this one."""
    may_read_report(member, report)
    refuse_unless(report.by_id != member.id or others == 0, "report_by_you")


def may_pass_on(member, report, asked: str | None, stewards: bool) -> None:
    """Say that a report went to the stewards: it is true once they were asked about that person and
    decided; before, the report stays open and can be read. asked: "decided", "waits", "not", or None where
    the report names nobody; stewards: whether there is any."""
    may_read_report(member, report)
    refuse_unless(asked is not None, "names_nobody")
    refuse_unless(stewards or asked == "decided", "no_stewards")
    refuse_unless(asked != "not", "stewards_first")
    refuse_unless(asked == "decided", "stewards_decide_first")


def may_read_log(member) -> None:
    """What was done in the group is for those who look after it."""
    for_moderators(member)


def may_note(member, about) -> None:
    """Remember something about somebody, and read what others remember; nobody about themselves."""
    for_moderators(member)
    if about.group_id != member.group_id or about.id == member.id:
        raise NotFound()


def may_remove_note(member, note) -> None:
    """Everybody their own."""
    for_moderators(member)
    if note.group_id != member.group_id:
        raise NotFound()
    refuse_unless(note.by_id == member.id, "not_your_note")


def may_see_patterns(member) -> None:
    """What repeats around somebody is for moderators to look at."""
    for_moderators(member)


def may_see_pattern(member, about) -> None:
    """One of them; nobody their own."""
    may_see_patterns(member)
    if about.group_id != member.group_id or about.id == member.id:
        raise NotFound()
