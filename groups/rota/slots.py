"""The duties of an hour as a member sees them: who does what, what is free, and what they may take."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from groups import policy
from groups.errors import Failure
from groups.membership.models import Membership
from groups.rota.duties import DUTIES, Words, needed
from groups.rota.eligibility import Record
from groups.rota.models import Duty, RotaRules
from groups.schedule.models import DutyKind
from groups.sentences import sentence


@dataclass(frozen=True)
class Slot:
    """One duty at one hour. name: who does it, or None. asks_cover: they would rather not; was_asked:
    somebody who looks after the group asked them. may_take: the reader could sign up, or take over."""

    kind: DutyKind
    words: Words
    is_needed: bool
    name: str | None
    is_own: bool
    asks_cover: bool
    was_asked: bool
    may_take: bool

    @property
    def is_gap(self) -> bool:
        """True while the hour needs somebody for it."""
        return self.is_needed and self.name is None

    @property
    def is_wanted(self) -> bool:
        """True while somebody could step in: nobody does it, or whoever does asks for cover."""
        return self.is_needed and (self.name is None or self.asks_cover)


def held_at(session, meeting_ids: Iterable[int]) -> dict[int, list]:
    """(duty, name) of everybody who serves at these hours, by the hour's id."""
    query = select(Duty, Membership.name).join(Membership, Duty.membership_id == Membership.id)
    held = {number: [] for number in meeting_ids}
    for duty, name in session.execute(query.where(Duty.meeting_id.in_(held), Membership.left_at.is_(None))):
        held[duty.meeting_id].append((duty, name))
    return held


def slots_of(meeting, held: list, member: Membership, rules: RotaRules, record: Record) -> list[Slot]:
    """Every duty this hour needs, and those somebody does all the same, in their usual order."""
    doing = {DutyKind(duty.kind): (duty, name) for duty, name in held}
    serves = any(duty.membership_id == member.id for duty, _ in held)
    wanted = needed(meeting)

    def could(kind):
        return not serves and _why_not(meeting, kind, member, rules, record) is None

    return [
        _slot(kind, kind in wanted, *doing.get(kind, (None, None)), member, could(kind))
        for kind in DutyKind if kind in wanted or kind in doing
    ]


def why_nothing(meeting, slots: list[Slot], member: Membership, rules: RotaRules, record: Record) -> str | None:
    """Where something is free that this member may not take: the sentence that says why."""
    free = [slot for slot in slots if slot.is_wanted and not slot.is_own]
    if not free or any(slot.may_take for slot in free) or any(slot.is_own for slot in slots):
        return None
    failure = _why_not(meeting, free[0].kind, member, rules, record)
    return failure and sentence(failure.reason, **failure.facts)


def _slot(kind, is_needed, duty, name, member, could):
    asks_cover = duty is not None and duty.cover_asked_at is not None
    return Slot(
        kind=kind, words=DUTIES[kind], is_needed=is_needed, name=name, asks_cover=asks_cover,
        is_own=duty is not None and duty.membership_id == member.id,
        was_asked=duty is not None and duty.assigned_by_id is not None, may_take=could and (duty is None or asks_cover),
    )


def _why_not(meeting, kind, member, rules, record):
    try:
        policy.may_take_duty(member, meeting, kind, rules, record)
    except Failure as failure:
        return failure
    return None
