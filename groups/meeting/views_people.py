"""What the desk is shown of somebody inside, and what somebody may not do in this hour. Pure; part of `views.py`."""

from groups import policy
from groups.conduct.ladder import height
from groups.meeting.person import Person
from groups.meeting.state import State

ASKED_FOR = ("door", "second")  # duties somebody inside may be asked to take
ANYBODY, MODERATORS = "anybody", "moderators"  # on duty, who may ask


def known(person: Person) -> dict:
    """Who somebody is, on every line of the desk."""
    return {"who": person.handle, "name": person.name, "newcomer": person.newcomer, "duty": person.duty}


def inside(state: State, person: Person, free: list[str]) -> dict:
    """Somebody inside, with the step they were put on tonight and how many steps are open from there; which of the
    duties that are free they may be asked to take, by whom; and which they were asked to."""
    asks = {duty: _who_asks(person, duty) for duty in free if person.duty is None}
    return known(person) | {
        "rung": person.rung, "listens": person.handle in state.silenced, "fresh": person.fresh, "moderates": person.moderates,
        "open_steps": max(height(person.rung), height(person.earlier)) + 1, "asked": person.offered, "not_now": person.not_now,
        "asks": {duty: who for duty, who in asks.items() if who},
    }


def reports_for(state: State, person: Person) -> int:
    """How many reports of this hour wait that they may look at."""
    return sum(policy.allows(policy.may_hear_of_report, person, about) for about in state.reports_waiting.values())


def may_not_serve(person: Person) -> bool:
    """Whether the duties nobody has are not for them in this hour, whatever they signed up for."""
    return not policy.allows(policy.may_take_up, person, False, person.moderates)


def _who_asks(person, duty):
    if policy.allows(policy.may_be_asked_to_serve, person, duty):
        return ANYBODY
    return MODERATORS if policy.allows(policy.may_be_asked_to_serve, person, duty, True) else None
