"""What waits for a steward: on their desk, whether they look after a group or not. No group's name and
nobody's stand here."""

from sqlalchemy import select

from groups import policy
from groups.accounts.models import Account
from groups.conduct.models import Incident
from groups.desk.urgency import Line
from groups.moderation.appeal_actions import appeal_readers, concerned
from groups.moderation.incident_actions import reviewers
from groups.moderation.models import Appeal, StewardMatter
from groups.moderation.steward_actions import had_a_part, in_reports_about, not_gathered

PAGE = "/stewards"


def steward_lines(session, account: Account) -> list[Line]:
    """One line, which leads to the one thing where there is only one."""
    places = [f"{PAGE}/{one.public_id}" for one in _matters(session, account)]
    for kind, name, readers in ((Appeal, "appeals", appeal_readers), (Incident, "incidents", reviewers)):
        done = kind.decided_at if kind is Appeal else kind.reviewed_at
        places += [
            f"{PAGE}/{name}/{one.public_id}" for one in session.scalars(select(kind).where(done.is_(None)))
            if policy.allows(
                policy.may_decide_for_group, account, concerned(session, one.sanction), readers(session, one.sanction), None
            )
        ]
    places += [PAGE for about in not_gathered(session) if account.id not in in_reports_about(session, about)]
    if not places:
        return []
    several = len(places) > 1
    facts = {"sentence": "stewards" if several else "steward", "count": str(len(places))}
    return [Line("steward", "steward", PAGE if several else places[0], "", facts)]


def _matters(session, account):
    for one in session.scalars(select(StewardMatter).where(StewardMatter.decided_at.is_(None))):
        rule = policy.may_answer_bar if one.first_at else policy.may_propose_bar
        if policy.allows(rule, account, had_a_part(session, one), one):
            yield one
