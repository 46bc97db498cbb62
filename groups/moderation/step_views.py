"""Steps as pages show them: to those who look after the group, with who did what; to whom it happened,
as the group's and nobody's."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from groups import clock, policy
from groups.accounts.models import Account
from groups.conduct.ladder import REMEMBERED
from groups.conduct.models import Incident, Sanction, Step
from groups.db import reading
from groups.errors import NotFound
from groups.membership.models import Group, Membership
from groups.membership.moderators import moderators_besides
from groups.moderation.appeal_actions import nobody_reads, place_of_answer, place_of_words
from groups.moderation.models import Appeal, StewardMatter
from groups.moderation.standing import is_proposed, waits_for_second
from groups.moderation.step_actions import first_missing, step_in
from groups.moderation.steward_actions import REPORTED
from groups.reports import deciding
from groups.schedule.models import Meeting, Phase
from groups.schedule.words import clock_words, dated_words
from groups.sealing import KeyGone, Keyring, group_key


@dataclass(frozen=True)
class ShownStep:
    """One step. Times are in words, in the reader's zone; names are those in the group, empty where
    whoever it was is gone. own: what the person wrote, and what they were answered."""

    id: str
    step: str
    agreement: int
    text: str
    emergency: str | None
    made: str
    until: str
    asked: str  # the end that waits for a second person
    stands: bool
    proposed: bool
    waits: bool
    lifted: str
    by: str
    second: str
    lifted_by: str
    appeal: "ShownAppeal | None" = None
    review: str | None = None  # the outcome of an emergency's second look; "open" before
    nobody_reads: bool = False  # of one's own: an appeal waits for somebody who is not there yet


@dataclass(frozen=True)
class ShownAppeal:
    """What somebody wrote against a step, and the answer."""

    id: str
    outcome: str | None
    words: str
    answer: str


@dataclass(frozen=True)
class MemberPage:
    """Somebody, as those who look after the group see them."""

    target: Membership
    steps: list[ShownStep]
    comes_first: str | None  # before a ban
    can_be_decided: bool  # somebody who looks after the group too, with a second person there
    matter: StewardMatter | None


def moment_words(moment: datetime | None, zone: ZoneInfo) -> str:
    """'Thursday 3 December, 19:40', in that zone; nothing for None."""
    if moment is None:
        return ""
    local, today = moment.astimezone(zone), clock.now().astimezone(zone).date()
    return f"{dated_words(local.date(), today, weekday=True)}, {clock_words(local)}"


def member_at(by: Membership, handle: str) -> Membership:
    """Anybody who is or was in the group. Raises NotFound, Refused("for_moderators")."""
    policy.may_see_steps(by)
    with reading() as session:
        target = session.scalar(select(Membership).where(Membership.group_id == by.group_id, Membership.handle == handle))
    if target is None:
        raise NotFound()
    return target


def whose_step(by: Membership, step: str) -> str:
    """The handle of whom a step of this group is about. Raises NotFound, Refused("for_moderators")."""
    policy.may_see_steps(by)
    with reading() as session:
        return step_in(session, by, step).member.handle


def member_page(by: Membership, handle: str, zone: ZoneInfo) -> MemberPage:
    """Everything on somebody's page but the forms. Raises as member_at."""
    target = member_at(by, handle)
    with reading() as session:
        others = moderators_besides(session, by.group_id, by.id, target.id)
        asked = select(StewardMatter).where(StewardMatter.membership_id == target.id, StewardMatter.why != REPORTED)
        return MemberPage(
            target, [shown(session, one, zone) for one in _lately(session, target)], first_missing(session, target),
            not target.moderates or others > 0, session.scalar(asked),
        )


def own_membership(account_id: int | None, slug: str) -> Membership:
    """This account's membership in a group, current or not. Raises NotFound."""
    mine = select(Membership).join(Group).where(Membership.account_id == account_id, Group.slug == slug)
    with reading() as session:
        found = session.scalar(mine) if account_id is not None else None
    if found is None:
        raise NotFound()
    return found


def own_steps(account_id: int | None, slug: str, zone: ZoneInfo, keyring: Keyring) -> tuple[Membership, list[ShownStep]]:
    """What a group did lately about whoever is asking, also where they are out. What only waits for a
    second person is not among it: it may never count. Raises NotFound."""
    mine = own_membership(account_id, slug)
    with reading() as session:
        found = [one for one in _lately(session, mine) if not is_proposed(one)]
        policy.may_read_own_steps(mine, bool(found))
        return mine, [shown(session, one, zone, keyring, as_own=True) for one in found]


def has_own_steps(account_id: int | None, group: Group) -> bool:
    """Whether there is something to read about oneself and this group."""
    if account_id is None:
        return False
    with reading() as session:
        mine = session.scalar(select(Membership).where(Membership.account_id == account_id, Membership.group_id == group.id))
        return mine is not None and any(not is_proposed(one) for one in _lately(session, mine))


def has_stewards() -> bool:
    """Whether anybody decides what concerns more than one group."""
    with reading() as session:
        return deciding.has_stewards(session)


def appealed_to_nobody(step: Sanction) -> bool:
    """Whether an appeal against this step waits for somebody who is not there yet."""
    with reading() as session:
        return nobody_reads(session, step)


def barred_words(account: Account | None, zone: ZoneInfo) -> str:
    """Until when no group takes this account, in words; nothing where any may."""
    barred = account is not None and account.barred_until is not None and account.barred_until > clock.now()
    return moment_words(account.barred_until, zone) if barred else ""


def shown(session, sanction: Sanction, zone: ZoneInfo, keyring: Keyring | None = None, as_own: bool = False) -> ShownStep:
    """A step in words. as_own: for whom it is about, without anybody's name. keyring: to open what was
    written; without it nothing is."""
    group = session.get(Group, sanction.group_id)
    texts = {agreement.number: agreement.text for agreement in group.agreements}
    incident = session.scalar(select(Incident).where(Incident.sanction_id == sanction.id))
    waits = waits_for_second(sanction)
    names = ("", "", "") if as_own else [
        _name(session, one) for one in (sanction.by_id, sanction.confirmed_by_id, sanction.lifted_by_id)
    ]
    return ShownStep(
        sanction.public_id, sanction.step, sanction.agreement, texts.get(sanction.agreement, ""), sanction.emergency,
        moment_words(sanction.made_at, zone), moment_words(sanction.until, zone),
        moment_words(sanction.asked_until, zone) if waits else "", stands(session, sanction), is_proposed(sanction), waits,
        moment_words(sanction.lifted_at, zone), *names,
        appeal=_appeal(session, sanction, group, keyring), review=incident and (incident.outcome or "open"),
        nobody_reads=as_own and nobody_reads(session, sanction),
    )


def stands(session, sanction: Sanction) -> bool:
    """Whether it is in force: where no end is written down, a word of warning is for as long as it is
    remembered, and what was asked in a meeting is for that meeting."""
    if sanction.until is not None or sanction.lifted_at is not None:
        return sanction.stands
    if sanction.step == Step.WARN:
        return clock.now() < sanction.made_at + REMEMBERED
    meeting = sanction.meeting_id and session.get(Meeting, sanction.meeting_id)
    return bool(meeting) and meeting.phase in (Phase.LOBBY, Phase.OPEN, Phase.CLOSING)


def opened(keyring: Keyring | None, group: Group, sealed: bytes | None, place: str) -> str:
    """Words sealed under the group's key; nothing where the key is gone."""
    if keyring is None or sealed is None:
        return ""
    try:
        return keyring.open(group_key(group.slug), sealed, place.encode()).decode()
    except KeyGone:
        return ""


def _lately(session, member) -> list[Sanction]:
    """What stands or ended within the time steps are remembered, the newest first."""
    since = clock.now() - REMEMBERED
    mine = select(Sanction).where(Sanction.membership_id == member.id, or_(Sanction.made_at > since, Sanction.until > since))
    return list(session.scalars(mine.order_by(Sanction.made_at.desc(), Sanction.id.desc())))


def _name(session, membership_id):
    found = membership_id and session.get(Membership, membership_id)
    return found.name if found else ""


def _appeal(session, sanction, group, keyring):
    asked = session.scalar(select(Appeal).where(Appeal.sanction_id == sanction.id))
    return asked and ShownAppeal(
        asked.public_id, asked.outcome, opened(keyring, group, asked.sealed_words, place_of_words(asked)),
        opened(keyring, group, asked.sealed_answer, place_of_answer(asked)),
    )
