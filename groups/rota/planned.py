"""What one member's coming to an hour looks like on its page; and the number, for those on duty."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from groups import policy
from groups.membership.models import Membership
from groups.rota.models import Duty
from groups.rota.places import free_places, in_line, is_asked
from groups.rota.reaching import comings_to, kept_places
from groups.rota.service import allowed
from groups.schedule.models import Meeting

NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class Plan:
    """What one member's coming to an hour looks like. state: none, coming, place, waiting; place: their
    place in line; is_full: no place is free; asks: they are asked to confirm; may_plan: it is still
    ahead; count: for those on duty alone, in words."""

    state: str
    place: int
    places: int | None
    is_full: bool
    asks: bool
    may_plan: bool
    serves: bool
    count: str

    @property
    def place_words(self) -> str:
        """'second', of who waits."""
        return NTH[self.place - 1] if self.place <= len(NTH) else f"number {self.place}"


def plan_of(session, member: Membership, meeting: Meeting, now: datetime) -> Plan:
    """Whether this member plans to come. Names are shown to nobody, and the number to those on duty."""
    comings, places = comings_to(session, meeting), kept_places(session, meeting)
    mine = next((one for one in comings if one.membership_id == member.id), None)
    serves = _serves(session, member, meeting)
    state = "none" if mine is None else "waiting" if not mine.has_place else "coming" if places is None else "place"
    return Plan(
        state=state, place=in_line(comings).index(mine) + 1 if state == "waiting" else 0, places=places,
        is_full=places is not None and free_places(comings, places) == 0,
        asks=state == "place" and is_asked(mine, meeting.starts_at, now),
        may_plan=allowed(policy.may_plan_to_come, member, meeting) and meeting.starts_at > now, serves=serves,
        count=_count(comings, places) if serves or member.moderates else "",
    )


def count_words(session, member: Membership, meeting: Meeting) -> str:
    """'4 people plan to come so far.', for those on duty and those who look after the group; '' for everybody else."""
    if not (member.moderates or _serves(session, member, meeting)):
        return ""
    return _count(comings_to(session, meeting), kept_places(session, meeting))


def _count(comings, places):
    having = sum(one.has_place for one in comings)
    waiting = len(comings) - having
    if places is None:
        people = {0: "Nobody plans", 1: "One person plans"}.get(having, f"{having} people plan")
        return f"{people} to come so far."
    line = f", and {waiting} {'waits' if waiting == 1 else 'wait'} for one" if waiting else ""
    return f"{having} of {places} places are taken{line}."


def _serves(session, member, meeting):
    query = select(Duty.id).where(Duty.meeting_id == meeting.id, Duty.membership_id == member.id)
    return session.scalar(query) is not None
