"""What each audience is shown of a meeting's state. Pure.

`floor_view` is the same for everyone inside, `desk_view` for everyone on duty, `own_part` for one
person; `lobby_view` is all that somebody still outside is told. Only what is here leaves the
server: no handles on the floor, no roster, no counts but a band in words."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from groups.formats.fitting import fit, with_room_for
from groups.meeting import raids
from groups.meeting.door import chair_may_admit, let_in_together
from groups.meeting.duty import may_lead_from, served
from groups.meeting.events import Event, Shared, line_of
from groups.meeting.person import Person
from groups.meeting.state import State
from groups.meeting.views_people import ASKED_FOR, inside, known, may_not_serve, reports_for

NAMED = 12  # of those a raid is about
FEW = 5  # of those who only just came, during a raid
BANDS = ((3, "a few people"), (7, "a small group"), (13, "about ten people"), (26, "about twenty people"))


def band(count: int) -> str:
    """How many are here, in words that cannot be watched like a counter."""
    return next((words for limit, words in BANDS if count < limit), "a large group")


def lobby_view(state: State) -> dict:
    """For whoever is at the door, waits, or was here: when, and whether it has begun."""
    return {
        "phase": state.phase, "title": state.title, "starts_at": state.starts_at, "ends_at": state.ends_at,
        "door_shuts_at": state.door_shuts_at, "closed_at": state.closed_at, "why_closed": state.why_closed,
        "unled": state.unled, "served": served(state),
    }


def floor_view(state: State) -> dict:
    """For everyone inside: where we are, whose turn it is, how long."""
    segment, turn = state.segment, state.turn
    return lobby_view(state) | {
        "index": state.index,
        "segments": len(state.agenda),
        "segment": segment and _part(segment),
        "segment_began_at": state.segment_began_at,
        "segment_seconds": state.segment_seconds,
        "segment_ends_at": state.segment_ends_at,
        "words": state.rules.words,
        "hands": state.rules.hands,
        "turn": turn and {"name": turn.name, "ends_at": turn.ends_at},
        "next_at": state.next_at,
        "queue": [state.people[handle].name for handle in state.hands + state.order] if state.hands_seen else [],
        "paused": state.pause and state.pause.why,
        "paused_at": state.pause and state.pause.since,
        "band": band(len(state.standing("inside"))),
    }


def _part(segment):
    """What everyone is shown of a part of the hour; what it does not have is left out."""
    shown = {"title": segment.title, "mode": segment.mode, "prompt": segment.prompt, "turn": segment.turn}
    more = ("script", "text", "source", "exercise", "pass_ok")
    return shown | {name: getattr(segment, name) for name in more if getattr(segment, name) != ""}


def own_part(state: State, handle: str) -> dict:
    """For one person: who they are here and what they may do now. `doing` is one word, and the page
    shows exactly one thing for each of them."""
    person = state.person(handle)
    if person is None:
        doing = "over" if state.phase == "sealed" else "outside"
        return {"standing": "outside", "doing": doing, "name": None, "duty": None, "mine": []}
    part = {
        "standing": person.standing, "doing": _doing(state, person), "name": person.name, "duty": person.duty,
        "newcomer": person.newcomer, "need": person.need, "phase": state.phase,
    }
    part |= {name: value for name, value in (
        ("heard", person.heard), ("offered", person.offered), ("step", person.step), ("why", person.why_declined),
        ("may_lead_from", may_lead_from(state, person)), ("line", state.head(line_of(handle)) or None),
        ("rung", person.rung), ("agreement", person.agreement), ("emergency", person.emergency),
        ("out_days", person.out_days), ("relieved", person.relieved or None), ("may_not_serve", may_not_serve(person) or None),
        ("moderates", person.moderates or None),
        ("listen_until", state.silenced.get(handle)), ("cared_for", person.cared_for or None),
        ("reports", reports_for(state, person) or None),
        ("held", _own_held(state, handle) or None), ("line_anew", _gone_from_line(state, handle)),
    ) if value is not None}
    if person.standing == "waiting":  # at the door nobody is told of the floor's view, where this stands
        part["served"] = served(state)
    if handle in state.hands:
        part["place"] = state.hands.index(handle) + 1
    elif handle in state.order:
        part["place"] = state.order.index(handle) + 1
    if state.turn and state.turn.who == handle:
        part |= {"ends_at": state.turn.ends_at, "warn": state.segment.warn, "added": state.turn.added}
        part["may_extend"] = not state.turn.extended
    if state.rules.words == "anyone" and person.last_share_at:
        part["again_at"] = person.last_share_at + timedelta(seconds=state.pace)
    part["mine"] = person.said
    if person.taken:
        part["taken"] = [{"number": number, "agreement": agreement} for number, agreement in person.taken]
    return part


def only_spoken(before: State, events: Iterable[Event]) -> set[str] | None:
    """The people whose part can have changed, when nothing happened but that something was said; None
    when anything else happened. What is said changes neither the floor's view nor the desk's."""
    mark = before.shares.get(before.last_share)
    whose = {mark.by} if mark else set()  # they are told that they were heard
    for event in events:
        if type(event) is not Shared:
            return None
        whose.add(event.by)
    return whose


def _gone_from_line(state, handle):
    """How many who wrote on their private line erased themselves since, or None: their words go from it."""
    return len(state.writers.get(handle, frozenset()) & state.erased) or None


def _own_held(state, handle):
    """What somebody shared that is not in the room: whether it waits, is to be changed, or was kept out."""
    mine = sorted((number, one) for number, one in state.held.items() if one.by == handle)
    return [
        {"number": number, "status": one.status, "agreement": one.agreement}
        for number, one in mine if one.status in ("waiting", "asked", "dropped")
    ]


def _doing(state: State, person: Person) -> str:
    if state.phase == "sealed" and person.standing not in ("out", "declined"):
        return "over"
    if person.standing != "inside":
        return person.standing
    if state.phase == "lobby":
        return "early"
    if state.pause:
        return "paused"
    if state.turn and state.turn.who == person.handle:
        return "offered" if state.rules.offered else "turn"
    if person.handle in state.silenced:
        return "silenced"
    if person.settled:
        return "settled"
    if state.rules.words == "anyone":
        return "open"
    if person.handle in state.hands or person.handle in state.order:
        return "queued"
    if state.rules.hands and not (state.segment.unheard and person.shares):
        return "may_raise"
    return "listening"


def desk_view(state: State, now: datetime) -> dict:
    """For those on duty: who waits, whose hands are up, what to read, the hour ahead and behind."""
    segment = state.segment or (state.agenda[0] if state.agenda else None)
    chair = state.chair
    taken = served(state)
    free = [duty for duty in ASKED_FOR if duty not in taken]
    return {
        "phase": state.phase,
        "chair": chair and chair.name,
        "duties": {p.duty: p.name for p in state.people.values() if p.on_duty},
        "waiting": [known(p) for p in _at_the_door(state)],
        "more_waiting": len(state.standing("waiting")) - len(_at_the_door(state)),
        "inside": [inside(state, p, free) for p in state.standing("inside")],
        "hands": [{"who": h, "name": state.people[h].name} for h in state.hands],
        "order": [{"who": h, "name": state.people[h].name} for h in state.order],
        "turn": state.turn and {"who": state.turn.who, "name": state.turn.name, "ends_at": state.turn.ends_at},
        "asked_until": state.asked_until,
        "paused": state.pause and state.pause.why,
        "first_chair": state.first_chair,
        "held": [_held(number, one) for number, one in state.held_back],
        "raid": state.raid and {"since": state.raid.since, "why": state.raid.why} | _meant(state, now),
        "worried": sorted(p.name for p in state.standing("waiting", "inside") if p.cared_for),
        "needs": state.came_for,
        "lines": [_line(state, handle, by) for handle, by in sorted(state.lines.items())],
        "lead": segment.lead if segment else "chair",
        "script": segment.script if segment else "",
        "agenda": _clock(state, now),
        "places": state.places,
        "chair_may_admit": chair_may_admit(state, min(state.places, len(let_in_together(state)))),
    }


def _at_the_door(state):
    """Who waits; during a raid only the first few of those who just came, so that the others are seen."""
    waiting = state.standing("waiting")
    if state.raid is None:
        return waiting
    return [p for p in waiting if not p.fresh] + [p for p in waiting if p.fresh][:FEW]


def _meant(state, now):
    """Whom a raid is about: the first few names, and how many more."""
    names = [person.name for person in raids.just_came(state, now)]
    return {"names": names[:NAMED], "more": max(0, len(names) - NAMED)}


def _held(number, held):
    return {"number": number, "who": held.by, "name": held.name, "why": held.why, "note": held.note, "at": held.at}


def _line(state, handle, by):
    """Somebody's private line, as those on duty see it before they open it."""
    person = state.people[handle]
    here = person.standing in ("waiting", "inside")
    return known(person) | {"answered": by != handle or not here, "number": state.head(line_of(handle))}


def _clock(state, now):
    """The agenda with the time each part ends: as it is for the present one, as it will be for the rest."""
    ahead = max(state.index, 0)
    agenda = with_room_for(len(state.standing("inside")), state.agenda)
    begins = state.starts_at if state.phase == "lobby" and state.starts_at else now
    if state.index >= 0 and state.segment_ends_at:
        marks = (state.segment_ends_at, *fit(agenda[ahead + 1:], max(now, state.segment_ends_at), state.ends_at))
    else:
        marks = fit(agenda, begins, state.ends_at) if agenda else ()
    rows = []
    for index, segment in enumerate(state.agenda):
        row = {"title": segment.title, "mode": segment.mode, "done": index < state.index or state.phase == "sealed"}
        row["ends_at"] = marks[index - ahead] if index >= ahead and not row["done"] else None
        rows.append(row)
    return rows
