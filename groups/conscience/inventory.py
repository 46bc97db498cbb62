"""The small inventory: once a month everybody may say in four words how safe, seen and supported they
feel here. It is shown the month after, in words, where five or more answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from groups import clock, policy
from groups.conscience.counting import add_one, cast_ballot, lay_out
from groups.conscience.knowing import knows_group, may_answer_yet
from groups.conscience.models import InventoryBallot, InventoryCount
from groups.conscience.publishing import QUESTIONS, WORDS, first_of, is_poor, month_before, mood_of
from groups.db import change, fresh, reading
from groups.logbook.models import LogEntry
from groups.logbook.writing import write_log
from groups.membership.models import Group, Membership
from groups.text import one_of
from groups.zones import zone

REMEMBERED = 6  # months on the page
ASKED_FOR = timedelta(days=7)  # how long into a month the group's page asks
REVIEWED = "inventory_reviewed"


@dataclass(frozen=True)
class Month:
    """What a month came to. moods: by question; None where fewer than five answered it."""

    month: date
    moods: Mapping[str, str | None]

    @property
    def is_shown(self) -> bool:
        """True where five or more answered."""
        return any(self.moods.values())


def month_of(group: Group, now: datetime) -> date:
    """The month it is, on the group's clock, by its first day."""
    return first_of(now.astimezone(zone(group.zone)).date())


def answer_inventory(by: Membership, answers: Mapping[str, int | None]) -> None:
    """Answer all three questions for this month, once. answers: 1 to 4 by question. Raises
    Invalid(question, …); Refused (known_first, answered_already); NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_answer_inventory(by, knows_group(session, by))
        given = {question: one_of(question, answers.get(question), range(1, len(WORDS) + 1)) for question in QUESTIONS}
        session.execute(select(Group.id).where(Group.id == by.group_id).with_for_update(key_share=True))
        month = month_of(by.group, clock.now())
        cast_ballot(session, InventoryBallot(group_id=by.group_id, month=month, membership_id=by.id))
        whole = (InventoryCount.group_id == by.group_id) & (InventoryCount.month == month)
        if session.scalar(select(InventoryCount.answer).where(whole).limit(1)) is None:
            lay_out(session, InventoryCount, [
                {"group_id": by.group_id, "month": month, "question": question, "answer": answer}
                for question in QUESTIONS for answer in range(1, len(WORDS) + 1)
            ])
        chosen = or_(*((InventoryCount.question == q) & (InventoryCount.answer == a) for q, a in given.items()))
        add_one(session, InventoryCount, whole, chosen)


def review_inventory(by: Membership) -> None:
    """Say that those who look after the group talked two poor months over; asked again after the next.
    Saying it twice is harmless. Raises Refused."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_review_inventory(by)
        month = poor_since(session, [by.group], clock.now()).get(by.group_id)
        if month is not None:
            write_log(session, by.group_id, REVIEWED, by=by.handle, detail=month.isoformat())


def has_answered(by: Membership) -> bool:
    """Whether this member answered for this month."""
    with reading() as session:
        return session.get(InventoryBallot, (by.group_id, month_of(by.group, clock.now()), by.id)) is not None


def is_asked(by: Membership) -> bool:
    """True in the first week of a month, for who may answer and has not yet."""
    today = clock.now().astimezone(zone(by.group.zone)).date()
    return timedelta(days=today.day) <= ASKED_FOR and not has_answered(by) and may_answer_yet(by)


def months_of(by: Membership) -> tuple[list[Month], bool]:
    """The months that are over, the last one first, as far as anybody answered; and whether there is
    something those who look after the group should talk over."""
    policy.may_act(by)
    this = month_of(by.group, clock.now())
    with reading() as session:
        found = _months(session, [by.group_id], before=this)[by.group_id]
        poor = by.moderates and by.group_id in poor_since(session, [by.group], clock.now())
    return sorted(found, key=lambda one: one.month, reverse=True)[:REMEMBERED], poor


def poor_since(session, groups: Collection[Group], now: datetime) -> dict[int, date]:
    """{group's id: month} of the groups whose last two months were poor, and nobody said yet that it was
    talked over."""
    last = {group.id: month_before(month_of(group, now)) for group in groups}
    found = {}
    for group_id, months in _months(session, list(last), before=max(last.values(), default=date.min) + timedelta(days=31)).items():
        moods = {one.month: one.moods for one in months}
        two = (last[group_id], month_before(last[group_id]))
        if all(month in moods and is_poor(moods[month]) for month in two):
            found[group_id] = last[group_id]
    done = select(LogEntry.group_id, LogEntry.detail).where(LogEntry.group_id.in_(found), LogEntry.action == REVIEWED)
    reviewed = {tuple(row) for row in session.execute(done)} if found else set()
    return {group_id: month for group_id, month in found.items() if (group_id, month.isoformat()) not in reviewed}


def _months(session, group_ids, before):
    """What every month of these groups before that one came to, as far as the page looks back."""
    mine = InventoryCount.group_id.in_(group_ids), InventoryCount.month < before
    since = InventoryCount.month >= before - timedelta(days=31 * (REMEMBERED + 2))
    counts = defaultdict(lambda: {question: {} for question in QUESTIONS})
    for row in session.scalars(select(InventoryCount).where(*mine, since)):
        counts[row.group_id, row.month][row.question][row.answer] = row.times
    found = {group_id: [] for group_id in group_ids}
    for (group_id, month), told in counts.items():
        found[group_id].append(Month(month, {question: mood_of(told[question]) for question in QUESTIONS}))
    return found
