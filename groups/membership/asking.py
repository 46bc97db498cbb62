"""Asking to belong to a screened group. Whoever asked reads the same words whether nobody has looked
yet or somebody said no; a yes lets them in. What they wrote is sealed under the group's own key, and
is gone when they come in, take it back, or after two weeks."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from groups import clock, policy
from groups.accounts.models import Account
from groups.db import change, fresh, reading
from groups.errors import NotFound, Refused
from groups.ids import public_id
from groups.logbook.writing import write_log
from groups.membership import names, own_names
from groups.membership.models import Access, Group, JoinRequest, Membership
from groups.retention.deletions import remember_deleted
from groups.sealing import KeyGone, Keyring, group_key
from groups.text import written

KEPT_FOR = timedelta(days=14)
ANSWER_LIMIT = 1000  # characters
MOST_WAITING = 100  # in one group
USUAL_QUESTION = "What would you like from this group?"  # where the group has written none of its own


@dataclass(frozen=True)
class Asked:
    """A request as moderators read it: with the questions and what was answered to each."""

    request: JoinRequest
    answers: list[tuple[str, str]]


def questions_of(group: Group) -> list[str]:
    """What is asked of whoever wants to belong: one question to three."""
    return group.questions.split("\n") if group.questions else [USUAL_QUESTION]


def ask_to_join(
    account: Account | None, group: Group, name: str, answers: Sequence[str], keyring: Keyring, told: str = ""
) -> tuple[Account, bool]:
    """Ask to belong, under a name and with an answer to each of the group's questions; somebody without
    an account gets one. Returns the account and whether it is new. Asking again while one asks already
    changes nothing. told: as `own_names.ask_once` has it.

    Raises NotFound for a group that does not ask, Invalid("name" or "answer_<n>", …), Refused."""
    keyring.create(group_key(group.slug))
    with change() as (session, _):
        group = fresh(session, group)
        mine = _of(session, account, group, Membership)
        policy.may_ask_to_join(group, mine)
        policy.may_come_back(mine, account and fresh(session, account), clock.now())
        named, words = names.checked(name), _answered(questions_of(group), answers)
        before = _of(session, account, group, JoinRequest)
        if before is not None and clock.now() < before.until:
            return account, False
        if before is not None:
            session.delete(before)
            session.flush()
        if session.scalar(_waiting(select(func.count()).select_from(JoinRequest), group.id)) >= MOST_WAITING:
            raise Refused("enough_requests")
        own_names.ask_once(session, account, group, named, told)
        whose, public = fresh(session, account) if account else Account(), public_id()
        session.add(whose)
        session.flush()
        session.add(JoinRequest(
            public_id=public, group_id=group.id, account_id=whose.id, name=named, until=clock.now() + KEPT_FOR,
            sealed_answers=keyring.seal(group_key(group.slug), json.dumps(words).encode(), public.encode()),
        ))
        try:
            session.flush()
        except IntegrityError:  # the button was pressed twice: the first one stands
            session.rollback()
    return account or whose, account is None


def withdraw_request(account_id: int | None, group: Group) -> None:
    """Ask no longer: it is deleted. Doing it twice is harmless."""
    with change() as (session, _):
        mine = delete(JoinRequest).where(JoinRequest.account_id == account_id, JoinRequest.group_id == group.id)
        for public in session.scalars(mine.returning(JoinRequest.public_id)).all():
            remember_deleted(session, "request", public)


def request_of(account_id: int | None, group: Group) -> JoinRequest | None:
    """What this account asked of this group, while it is kept. Pages that show it to whoever asked tell
    nothing from it but `lets_in`."""
    if account_id is None or group.access != Access.SCREENED:
        return None
    mine = JoinRequest.account_id == account_id, JoinRequest.group_id == group.id
    with reading() as session:
        return session.scalar(select(JoinRequest).where(*mine, JoinRequest.until > clock.now()))


def requests_by(account_id: int) -> list[JoinRequest]:
    """Everything this account asked, of groups that still ask first."""
    mine = select(JoinRequest).join(Group).where(
        JoinRequest.account_id == account_id, JoinRequest.until > clock.now(), Group.access == Access.SCREENED
    )
    with reading() as session:
        return list(session.scalars(mine.order_by(JoinRequest.id)))


def requests_for(by: Membership, keyring: Keyring) -> tuple[list[Asked], list[Asked]]:
    """Who asks to belong, first come first, and who was answered already. Raises Refused."""
    policy.may_answer_requests(by)
    there = select(JoinRequest).where(JoinRequest.group_id == by.group_id, JoinRequest.until > clock.now())
    with reading() as session:
        found = [Asked(one, opened_answers(one, keyring)) for one in session.scalars(there.order_by(JoinRequest.id))]
    return [one for one in found if one.request.accepted is None], [one for one in found if one.request.accepted is not None]


def count_waiting(group_id: int) -> int:
    """How many requests nobody has answered yet."""
    with reading() as session:
        return session.scalar(_waiting(select(func.count()).select_from(JoinRequest), group_id))


def waiting_in(session, group_ids: Iterable[int]) -> list:
    """(group, how many requests wait, since when), of those groups in which any do."""
    there = select(JoinRequest.group_id, func.count(), func.min(JoinRequest.made_at)).where(
        JoinRequest.group_id.in_(group_ids), JoinRequest.accepted.is_(None), JoinRequest.until > clock.now()
    )
    return session.execute(there.group_by(JoinRequest.group_id)).all()


def answer_request(by: Membership, public_id: str, accepted: bool, seen: bool | None = None) -> JoinRequest:
    """Say yes or no. It can be said anew until they came in; a yes stands for two weeks from then on. seen:
    the answer whoever says it has read, where there was one. Raises NotFound, Refused (answered_yes,
    answered_no: somebody else said it meanwhile)."""
    now = clock.now()
    with change() as (session, _):
        by = fresh(session, by)
        mine = JoinRequest.public_id == public_id, JoinRequest.group_id == by.group_id, JoinRequest.until > now
        found = session.scalar(select(JoinRequest).where(*mine).with_for_update(of=JoinRequest))
        if found is None:
            raise NotFound()
        policy.may_answer_anew(by, found.accepted, accepted, seen)
        if found.accepted != accepted:
            found.accepted, found.answered_at, found.answered_by_id = accepted, now, by.id
            found.until = now + KEPT_FOR if accepted else found.made_at + KEPT_FOR
            write_log(session, by.group_id, "request_accepted" if accepted else "request_declined", by=by.handle)
        return found


def forget_requests(now: datetime) -> int:
    """Delete what was asked and answered too long ago. For the heartbeat; returns how many went."""
    with change() as (session, _):
        return session.execute(delete(JoinRequest).where(JoinRequest.until <= now)).rowcount


def answer_words(text: str | None, field: str, limit: int) -> str:
    """An answer, tidied, with its line breaks. Raises Invalid(field, "empty" or "too_long")."""
    return written(field, text, limit)


def _of(session, account, group, kind):
    if account is None:
        return None
    return session.scalar(select(kind).where(kind.account_id == account.id, kind.group_id == group.id))


def _waiting(query, group_id):
    return query.where(JoinRequest.group_id == group_id, JoinRequest.accepted.is_(None), JoinRequest.until > clock.now())


def _answered(questions, answers):
    given = []
    for number, question in enumerate(questions, 1):
        field, text = f"answer_{number}", answers[number - 1] if number <= len(answers) else ""
        given.append((question, answer_words(text, field, ANSWER_LIMIT)))
    return given


def opened_answers(request: JoinRequest, keyring: Keyring) -> list[tuple[str, str]]:
    """What was asked and what they answered."""
    try:
        opened = keyring.open(group_key(request.group.slug), request.sealed_answers, request.public_id.encode())
    except KeyGone:  # the key was lost with a disk: the name is still there to be answered
        return []
    return [tuple(pair) for pair in json.loads(opened)]
