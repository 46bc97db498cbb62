"""Appeals and incidents as pages show them, to the group and, where nobody there can, to the stewards."""

from dataclasses import dataclass
from operator import attrgetter
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups import clock, policy
from groups.accounts.models import Account
from groups.conduct.ladder import REMEMBERED
from groups.conduct.models import Incident, Sanction, Step
from groups.db import reading
from groups.errors import NotFound
from groups.membership.models import Membership
from groups.moderation.appeal_actions import appeal_in, appeal_readers, concerned
from groups.moderation.incident_actions import incident_in, reviewers
from groups.moderation.models import Appeal, StewardMatter
from groups.moderation.step_views import ShownStep, moment_words, shown
from groups.moderation.steward_actions import REPORTED, gather_reported, had_a_part, matter_at, reported
from groups.reports.models import Report
from groups.sealing import Keyring


@dataclass(frozen=True)
class Shown:
    """An appeal or an incident. name: whom it is about, empty for stewards. mine: whether whoever reads
    may decide it. with_stewards: nobody in the group can. about: which of the two."""

    id: str
    about: str
    name: str
    handle: str
    step: ShownStep
    made: str
    due: str
    overdue: bool
    outcome: str | None
    mine: bool
    with_stewards: bool
    report: str | None = None
    readable: bool = True  # by whoever looks at the list


    @property
    def has_time_left(self) -> bool:
        """Whether there is something to make shorter: a ban in force."""
        return self.step.step == Step.BAN and self.step.stands


@dataclass(frozen=True)
class ShownMatter:
    """Somebody who may be kept out of every group; by nobody's name, in no group's name."""

    id: str
    why: str
    made: str
    people: int
    groups: int
    steps: list[ShownStep]
    proposed: str  # until when, where a first steward said so
    mine: bool  # whoever reads proposed it
    part: bool  # whoever reads had a part in it
    outcome: str | None

    @property
    def is_kept(self) -> bool:
        """Whether it is not there for whoever reads: it is about them, or they reported, and it would tell them of
        groups that know nothing of one another."""
        return self.part and self.why == REPORTED


def appeals(by: Membership, zone: ZoneInfo) -> list[Shown]:
    """Those that wait, oldest first, then those decided lately. Asks policy.may_look_after."""
    policy.may_see_steps(by)
    with reading() as session:
        theirs = select(Appeal).where(Appeal.group_id == by.group_id).order_by(Appeal.made_at, Appeal.id)
        return [_appeal(session, one, zone, by) for one in _lately(session.scalars(theirs).all(), "decided_at")]


def appeal_page(by: Membership, appeal_id: str, zone: ZoneInfo, keyring: Keyring) -> Shown:
    """One, with its words, for whoever had no part in the step. Raises NotFound, Refused."""
    with reading() as session:
        policy.may_see_steps(by)
        asked = appeal_in(session, by, appeal_id)
        policy.may_read_appeal(by, asked.sanction)
        return _appeal(session, asked, zone, by, keyring)


def incidents(by: Membership, zone: ZoneInfo) -> list[Shown]:
    """Those nobody has looked at yet, the most urgent first, then the others of late."""
    policy.may_see_steps(by)
    with reading() as session:
        theirs = select(Incident).where(Incident.group_id == by.group_id).order_by(Incident.due_at, Incident.id)
        return [_incident(session, one, zone, by) for one in _lately(session.scalars(theirs).all(), "reviewed_at")]


def incident_page(by: Membership, incident_id: str, zone: ZoneInfo) -> Shown:
    """One, for anybody who looks after the group. Raises NotFound, Refused."""
    policy.may_see_steps(by)
    with reading() as session:
        return _incident(session, incident_in(session, by, incident_id), zone, by)


def for_stewards(account: Account | None, zone: ZoneInfo) -> tuple[list[ShownMatter], list[Shown]]:
    """What waits for stewards: whom to keep out everywhere, and what nobody in a group can decide.
    Raises NotFound for everybody else."""
    policy.may_steward(account)
    gather_reported()
    with reading() as session:
        counts = reported(session)
        matters = select(StewardMatter).where(StewardMatter.decided_at.is_(None)).order_by(StewardMatter.made_at)
        waiting = [_matter(session, one, zone, account, counts) for one in session.scalars(matters).all()]
        asked = session.scalars(select(Appeal).where(Appeal.decided_at.is_(None)).order_by(Appeal.made_at)).all()
        happened = session.scalars(select(Incident).where(Incident.reviewed_at.is_(None)).order_by(Incident.due_at)).all()
        return [one for one in waiting if not one.is_kept], [
            *(_incident(session, one, zone, account=account) for one in happened if not reviewers(session, one.sanction)),
            *(_appeal(session, one, zone, account=account) for one in asked if not appeal_readers(session, one.sanction)),
        ]


def matter_page(account: Account | None, matter_id: str, zone: ZoneInfo) -> ShownMatter:
    """One matter, open or decided. Raises NotFound."""
    policy.may_steward(account)
    with reading() as session:
        found = _matter(session, matter_at(session, matter_id), zone, account, reported(session))
    if found.is_kept:
        raise NotFound()
    return found


def for_steward(account: Account | None, kind: type, public_id: str, zone: ZoneInfo, keyring: Keyring) -> Shown:
    """An appeal or an incident in a group's place. kind: Appeal or Incident. Raises NotFound, Refused."""
    policy.may_steward(account)
    with reading() as session:
        found = session.scalar(select(kind).where(kind.public_id == public_id))
        if found is None:
            raise NotFound()
        readers = appeal_readers if kind is Appeal else reviewers
        policy.may_decide_for_group(account, concerned(session, found.sanction), readers(session, found.sanction), None)
        if kind is Appeal:
            return _appeal(session, found, zone, account=account, keyring=keyring)
        return _incident(session, found, zone, account=account)


def _appeal(session, asked, zone, by=None, keyring=None, account=None) -> Shown:
    readers = appeal_readers(session, asked.sanction)
    mine = policy.allows(policy.may_decide_appeal, by, asked) if by else policy.allows(
        policy.may_decide_for_group, account, concerned(session, asked.sanction), readers, asked.decided_at
    )
    readable = policy.allows(policy.may_read_appeal, by, asked.sanction) if by else mine
    return _shown(session, "appeal", asked, zone, by, mine, readers, made=asked.made_at, keyring=keyring, readable=readable)


def _incident(session, incident, zone, by=None, account=None) -> Shown:
    sanction = incident.sanction
    readers = reviewers(session, sanction)
    mine = policy.allows(policy.may_review, by, incident) if by else policy.allows(
        policy.may_decide_for_group, account, concerned(session, sanction), readers, incident.reviewed_at
    )
    return _shown(
        session, "incident", incident, zone, by, mine, readers, made=incident.opened_at, due=incident.due_at,
        report=_report(session, sanction) if by else None,
    )


def _shown(session, about, thing, zone, by, mine, readers, made, keyring=None, due=None, report=None, readable=True):
    member = thing.sanction.member
    step = shown(session, thing.sanction, zone, keyring, as_own=by is None)
    return Shown(
        thing.public_id, about, member.name if by else "", member.handle if by else "", step, moment_words(made, zone),
        moment_words(due, zone), due is not None and thing.outcome is None and due < clock.now(), thing.outcome, mine,
        readers == 0 and thing.outcome is None, report, readable,
    )


def _report(session, sanction: Sanction) -> str | None:
    """What was reported about the same person in the same meeting, if anything was."""
    if sanction.meeting_id is None:
        return None
    same = select(Report.public_id).where(
        Report.group_id == sanction.group_id, Report.about_id == sanction.membership_id, Report.meeting_id == sanction.meeting_id
    )
    return session.scalar(same.order_by(Report.made_at.desc()).limit(1))


def _matter(session, matter, zone, account, counts) -> ShownMatter:
    """For a steward who had a part in it, only that there is one: they know a name, and would learn what the
    account behind it did elsewhere."""
    member = session.get(Membership, matter.membership_id)
    part = account.id in had_a_part(session, matter)
    people, groups = (0, 0) if part else counts.get(member.account_id, (0, 0))
    steps = [] if part or matter.why == REPORTED else session.scalars(
        select(Sanction).where(Sanction.membership_id == member.id).order_by(Sanction.made_at.desc()).limit(10)
    )
    several = min(people, groups) > 1
    proposed = moment_words(matter.asked_until, zone) if matter.first_at else ""
    return ShownMatter(
        matter.public_id, matter.why, moment_words(matter.made_at, zone), people if several else 0, groups if several else 0,
        [shown(session, one, zone, as_own=True) for one in steps], proposed,
        matter.first_account_id == account.id, part, matter.outcome,
    )


def _lately(found, decided):
    """Those that wait first; then those decided within the time steps are remembered, the newest first."""
    since, when = clock.now() - REMEMBERED, attrgetter(decided)
    done = [one for one in found if when(one) and when(one) > since]
    return [one for one in found if when(one) is None] + sorted(done, key=when, reverse=True)

