"""What a group says of itself, and changes: its name, purpose, who may come, what is asked of them, and
what everybody agrees on."""

from collections.abc import Sequence
from dataclasses import dataclass

from groups import policy
from groups.db import change, fresh
from groups.errors import Invalid
from groups.logbook.writing import write_log
from groups.membership import names
from groups.membership.actions import FOR_WHOM, NAME, PURPOSE, access_of
from groups.membership.models import Agreement, Group, Membership
from groups.seen import refuse_unless_seen, sum_of
from groups.zones import zone as known_zone

MOST_AGREEMENTS, AGREEMENT_LIMIT = 12, 300
MOST_QUESTIONS, QUESTION_LIMIT = 3, 160
PARTS = {"name": "name", "purpose": "purpose", "for_whom": "for whom", "zone": "clock", "questions": "questions"}


@dataclass(frozen=True)
class GroupWish:
    """How the group shall be, as typed. agreements: all of them in their order, with one more to add it,
    and the last ones empty to take them out. contact_agreement: the number the contact guard names, or
    None. seen: what `state_of` gave for the group somebody was looking at; empty where that does not matter."""

    name: str
    purpose: str
    for_whom: str
    access: str
    zone: str
    questions: Sequence[str]
    agreements: Sequence[str]
    contact_agreement: int | None
    seen: str = ""

    def checked(self, so_far: int) -> tuple[dict, list[str]]:
        """Columns of the group, and its agreements. so_far: how many it has. Raises Invalid(field, …); fields of
        questions and agreements are called question_1, agreement_1 and so on."""
        agreements = _agreed(_lines("agreement", self.agreements, AGREEMENT_LIMIT), so_far)
        questions = _lines("question", self.questions[:MOST_QUESTIONS], QUESTION_LIMIT)
        if self.contact_agreement is not None and not 1 <= self.contact_agreement <= len(agreements):
            raise Invalid("contact_agreement", "choose_one")
        return {
            "name": names.line(self.name, "name", NAME, shortest=2),
            "purpose": names.line(self.purpose, "purpose", PURPOSE),
            "for_whom": names.line(self.for_whom, "for_whom", FOR_WHOM),
            "access": access_of(self.access),
            "zone": known_zone(self.zone).key,
            "questions": "\n".join(filter(None, questions)),
            "contact_agreement": self.contact_agreement,
        }, agreements


def state_of(group: Group) -> str:
    """A short sum over everything that can be changed here: another one as soon as anything is."""
    said = [group.name, group.purpose, group.for_whom, group.access, group.zone, group.questions, group.contact_agreement]
    return sum_of("group", group.id, said, [one.text for one in group.agreements])


def look_after_group(by: Membership) -> Group:
    """The group, for somebody who may change it; before anything is filled in. Raises Refused."""
    policy.may_change_group(by)
    return by.group


def change_group(by: Membership, wish: GroupWish) -> Group:
    """Change what the group says of itself. Each change is a line of its own in the log. Raises
    Invalid(field, …), Refused; Overtaken where somebody else did so since it was looked at."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_change_group(by)
        group = session.get(Group, by.group_id, with_for_update=True, populate_existing=True)
        values, agreements = wish.checked(len(group.agreements))
        before = [getattr(group, name) for name in values], [one.text for one in group.agreements]
        if before != (list(values.values()), agreements):
            refuse_unless_seen(wish.seen, state_of(group))
        for line in (*_described(group, values), *_reworded(group, agreements)):
            write_log(session, group.id, by=by.handle, **line)
        session.flush()
    return group


def _lines(what, texts, limit):
    return [names.line(text, f"{what}_{number}", limit) for number, text in enumerate(texts, 1)]


def _agreed(texts, so_far):
    """The agreements without what is empty at the end. Raises Invalid for a gap before, and for too many."""
    while texts and not texts[-1]:
        texts = texts[:-1]
    for number, text in enumerate(texts, 1):
        if not text:
            raise Invalid(f"agreement_{number}", "agreement_stays" if number <= so_far else "empty")
    if not texts:
        raise Invalid("agreement_1", "empty")
    if len(texts) > MOST_AGREEMENTS:
        raise Invalid(f"agreement_{len(texts)}", "enough_agreements", limit=MOST_AGREEMENTS)
    return texts


def _described(group, values):
    """Write the columns; a line for the log for each that is another now."""
    for name, value in values.items():
        if getattr(group, name) == value:
            continue
        setattr(group, name, value)
        if name == "access":
            yield {"action": "access_changed", "detail": value}
        elif name == "contact_agreement":
            yield {"action": "group_changed", "detail": "contact agreement"}
        else:
            yield {"action": "group_changed", "detail": PARTS[name]}


def _reworded(group, texts):
    """Write the agreements; a line for the log for each that came, changed or went."""
    for agreement, text in zip(group.agreements, texts, strict=False):
        if agreement.text != text:
            agreement.text = text
            yield {"action": "agreement_changed", "agreement": agreement.number}
    for number in range(len(group.agreements) + 1, len(texts) + 1):
        group.agreements.append(Agreement(number=number, text=texts[number - 1]))
        yield {"action": "agreement_added", "agreement": number}
    while len(group.agreements) > len(texts):
        yield {"action": "agreement_removed", "agreement": group.agreements.pop().number}
