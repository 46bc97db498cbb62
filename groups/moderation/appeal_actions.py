"""Asking for a step to be looked at again, and the answer: by somebody who had no part in it."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from groups import clock, policy
from groups.accounts.models import Account
from groups.conduct.ladder import LONGEST, REMEMBERED
from groups.conduct.models import Sanction, Step
from groups.db import change, fresh
from groups.errors import Invalid, NotFound, Refused
from groups.ids import public_id
from groups.membership.models import Group, Membership
from groups.membership.moderators import moderators_besides
from groups.moderation.models import Appeal
from groups.moderation.standing import lift_step, one_of_theirs, settle, write_step_log
from groups.sealing import Keyring, group_key
from groups.text import one_of, whole_number, written

LIMIT = 2000  # characters
OUTCOMES = ("stands", "shortened", "lifted")


def appeal(member: Membership, step: str, words: str | None, keyring: Keyring) -> Appeal:
    """Ask for a step to be looked at again; `member` may be out. step: its public id. The words are
    sealed under the group's key. Raises Invalid("words", …), Refused (appealed_once, lifted_already)."""
    with change() as (session, _):
        member = fresh(session, member)
        sanction = session.scalar(select(Sanction).where(Sanction.public_id == step, Sanction.membership_id == member.id))
        if sanction is None:
            raise NotFound()
        earlier = session.scalar(select(Appeal.id).where(Appeal.sanction_id == sanction.id))
        policy.may_appeal(member, sanction, earlier is not None)
        words = written("words", words, LIMIT)
        asked = Appeal(public_id=public_id(), group_id=member.group_id, sanction=sanction)
        asked.sealed_words = seal(keyring, member.group, place_of_words(asked), words)
        session.add(asked)
        write_step_log(session, sanction, None, "appeal_made")
        return asked


def decide_appeal(
    by: Membership, appeal_id: str, outcome: str | None, days: int | None, answer: str | None, keyring: Keyring
) -> Appeal:
    """Say whether the step stands, is shortened to so many days from now, or is lifted, and why.
    Raises Invalid("outcome" | "days" | "answer", …), Refused."""
    with change() as (session, announce):
        by, asked = fresh(session, by), appeal_in(session, by, appeal_id)
        policy.may_decide_appeal(by, asked)
        _decide(session, announce, asked, by, outcome, days, answer, keyring)
        return asked


def decide_appeal_as_steward(
    account: Account | None, appeal_id: str, outcome: str | None, days: int | None, answer: str | None, keyring: Keyring
) -> Appeal:
    """The same, where nobody in the group could read it."""
    with change() as (session, announce):
        account = fresh(session, account) if account else None
        policy.may_steward(account)
        asked = one_of_theirs(session, Appeal, None, appeal_id)
        policy.may_decide_for_group(
            account, concerned(session, asked.sanction), appeal_readers(session, asked.sanction), asked.decided_at
        )
        _decide(session, announce, asked, None, outcome, days, answer, keyring)
        return asked


def forget_words(now: datetime) -> int:
    """Blank what was written, thirty days after an answer. For the heartbeat. Returns how many appeals."""
    with change() as (session, _):
        old = update(Appeal).where(Appeal.decided_at < now - REMEMBERED, Appeal.sealed_answer.is_not(None))
        return session.execute(old.values(sealed_words=None, sealed_answer=None)).rowcount


def appeal_in(session, by: Membership, appeal_id: str) -> Appeal:
    """An appeal in this member's group. Raises NotFound."""
    return one_of_theirs(session, Appeal, by.group_id, appeal_id)


def appeal_readers(session, sanction: Sanction) -> int:
    """How many in the group could read an appeal against this step: nobody who had a part in it."""
    return moderators_besides(session, sanction.group_id, sanction.membership_id, sanction.by_id, sanction.confirmed_by_id)


def nobody_reads(session, sanction: Sanction) -> bool:
    """Whether an appeal against this step would wait for somebody who is not there yet: nobody in the
    group can read it, and no steward had no part in it."""
    if appeal_readers(session, sanction) > 0:
        return False
    able = select(Account.id).where(Account.steward_since.is_not(None), Account.id.not_in(concerned(session, sanction)))
    return session.scalar(able.limit(1)) is None


def concerned(session, sanction: Sanction) -> frozenset[int]:
    """The accounts of whoever had a part in a step, and whom it is about. They go no further."""
    rows = [one for one in (sanction.membership_id, sanction.by_id, sanction.confirmed_by_id) if one is not None]
    return frozenset(session.scalars(select(Membership.account_id).where(Membership.id.in_(rows))))


def seal(keyring: Keyring, group: Group, place: str, words: str) -> bytes:
    """Words under the group's own key, which is made when it is first needed."""
    key = group_key(group.slug)
    keyring.create(key)
    return keyring.seal(key, words.encode(), place.encode())


def place_of_words(asked: Appeal) -> str:
    """Where an appeal's words open, and nowhere else."""
    return f"appeal {asked.public_id}"


def place_of_answer(asked: Appeal) -> str:
    """Where the answer opens."""
    return f"answer {asked.public_id}"


def shorten(session, announce, sanction: Sanction, days: int | None) -> None:
    """A ban ends so many days from now, which is earlier; nothing more is asked of a second person."""
    if sanction.step != Step.BAN or not sanction.stands:
        raise Refused("nothing_to_change")
    ends = clock.now() + timedelta(days=whole_number("days", days, 1, LONGEST.days))
    if ends >= sanction.until:
        raise Invalid("days", "not_shorter")
    sanction.until, sanction.asked_until = ends, None
    settle(session, announce, sanction.member)


def _decide(session, announce, asked, by, outcome, days, answer, keyring):
    outcome, answer = one_of("outcome", outcome, OUTCOMES), written("answer", answer, LIMIT)
    sanction = asked.sanction
    if by is None:
        action, detail = "appeal_by_stewards", outcome
    else:
        action, detail = f"appeal_{outcome}", ""
    if outcome == "lifted" and sanction.lifted_at is None:
        lift_step(session, announce, sanction, by, action, detail)
    else:
        if outcome == "shortened":
            shorten(session, announce, sanction, days)
        write_step_log(session, sanction, by, action, until=sanction.until, detail=detail)
    asked.outcome, asked.decided_at, asked.decided_by_id = outcome, clock.now(), by and by.id
    group = session.get(Group, asked.group_id)
    asked.sealed_answer = seal(keyring, group, place_of_answer(asked), answer)
