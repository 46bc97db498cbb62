"""Held shares: what waits for those on duty before it is let into the room, and what becomes of it. The
words stay with their author, whatever becomes of them. Pure; part of `decide`."""

from datetime import datetime

from groups import policy
from groups.guard.finding import find
from groups.meeting import commands_safety as c
from groups.meeting import events as e
from groups.meeting import raids
from groups.meeting.evolve import replay
from groups.meeting.person import Person
from groups.meeting.state import State

WORDS_A_MINUTE = 200  # an unhurried reader
LEAST_READING, MOST_READING = 3, 90  # seconds


def reading_time(words: str) -> int:
    """Seconds it takes to read this, so that a slow writer and a fast one are given the same ear."""
    return min(MOST_READING, max(LEAST_READING, round(len(words.split()) * 60 / WORDS_A_MINUTE)))


def why_held(state: State, person: Person, words: str) -> tuple[str, ...]:
    """Why a share waits: kinds of ways to be reached that are in it, "first" for the first words of
    somebody new, "raid" for a newcomer's during one. Empty where it does not."""
    why = tuple(dict.fromkeys(found.kind for found in find(words, state.guard)))
    if person.unheard and state.holds_first:
        why += ("first",)
    if state.raid is not None and person.newcomer:
        why += ("raid",)
    return why


def held_back(person: Person, command, why: tuple[str, ...], now: datetime, rewrites: int | None = None) -> e.Event:
    """A share goes to those on duty instead of the floor."""
    return e.ShareHeld(
        at=now, by=person.handle, name=person.name, client_id=command.client_id, words=command.words, note=command.note,
        why=why, rewrites=rewrites,
    )


def dropped_with(state: State, handle: str, now: datetime) -> list[e.Event]:
    """Whatever of somebody's is still held goes when they are put out."""
    theirs = [number for number, one in sorted(state.held.items()) if one.by == handle and not one.settled]
    return [e.ShareDropped(at=now, held=number, by="room") for number in theirs]


def _release(state, command, now):
    by, held = state.person(command.by), state.held.get(command.number)
    policy.may_settle_held(state, by, held)
    if held.settled:
        return []
    policy.refuse_unless(not state.hushed, "hushed")
    shared = e.Shared(
        at=now, by=held.by, name=held.name, client_id=f"held-{command.number}", words=command.words, note=held.note,
        reading=reading_time(command.words or ""), held=command.number,
    )
    released = [e.ShareReleased(at=now, held=command.number, by=command.by), shared]
    return released + raids.noticed(replay(released, state), now)


def _ask_edit(state, command, now):
    held = state.held.get(command.number)
    policy.may_settle_held(state, state.person(command.by), held)
    policy.may_name_agreement(state, command.agreement)
    if held.status != "waiting":
        return []
    return [e.EditAsked(at=now, held=command.number, by=command.by, agreement=command.agreement)]


def _drop(state, command, now):
    held = state.held.get(command.number)
    policy.may_settle_held(state, state.person(command.by), held)
    policy.may_name_agreement(state, command.agreement)
    return [] if held.settled else [e.ShareDropped(at=now, held=command.number, by=command.by, agreement=command.agreement)]


def _rewrite(state, command, now):
    person, held = state.person(command.by), state.held.get(command.number)
    policy.may_rewrite(state, person, held)
    why = ("rewritten", *(kind for kind in why_held(state, person, command.words) if kind != "first"))
    return [held_back(person, command, why, now, rewrites=command.number)]


DECISIONS = {c.Release: _release, c.AskEdit: _ask_edit, c.DropHeld: _drop, c.Rewrite: _rewrite}
