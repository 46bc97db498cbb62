"""Raids: what they are noticed by, and how the room closes its door without closing the hour. Pure; part
of `decide`.

The signals are those text fellowships and chat networks settled on: many people at once who came to
the group within the hour, many reports, or most of what is said coming from such people."""

from datetime import datetime, timedelta

from groups import policy
from groups.meeting import commands_safety as c
from groups.meeting import events as e
from groups.meeting.evolve_people import MANY_AT_ONCE
from groups.meeting.person import Person
from groups.meeting.state import State

SHORTLY = timedelta(minutes=3)
AT_ONCE = timedelta(seconds=60)
MANY_REPORTS, REPORTED_WITHIN = 5, timedelta(minutes=10)
ENOUGH_SHARES, MOSTLY = 10, 0.6  # of the last thirty shares, from people here within the hour


def noticed(state: State, now: datetime, shares: tuple[bool, ...] | None = None) -> list[e.Event]:
    """Raid mode begins by itself, if the state shows one of its signals. shares: the last ones, with one that
    is only just decided; those of the state otherwise."""
    if state.raid is not None or not state.is_live:
        return []
    if len([at for at in state.fresh_knocks if at > now - AT_ONCE]) > MANY_AT_ONCE:
        return [e.RaidBegan(at=now, why="joins", by="room")]
    if len([at for at, _ in state.reports if at > now - REPORTED_WITHIN]) > MANY_REPORTS:
        return [e.RaidBegan(at=now, why="reports", by="room")]
    shares = state.last_shares if shares is None else shares
    if len(shares) >= ENOUGH_SHARES and sum(shares) > MOSTLY * len(shares):
        return [e.RaidBegan(at=now, why="shares", by="room")]
    return []


def just_came(state: State, now: datetime) -> list[Person]:
    """Whom a raid is about: people new to the group within the hour who came to the door shortly before
    it was noticed, or since. Who came earlier tonight is not meant."""
    since = (state.raid.since if state.raid else now) - SHORTLY
    return [p for p in state.standing("waiting", "inside") if p.fresh and not p.duty and (p.waits_since or now) >= since]


def _begin(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    return [] if state.raid else [e.RaidBegan(at=now, why="key", by=command.by)]


def _end(state, command, now):
    policy.may_serve(state.person(command.by))
    return [e.RaidOver(at=now, by=command.by)] if state.raid and state.is_live else []


DECISIONS = {c.BeginRaid: _begin, c.EndRaid: _end}
