"""Rooms full of people for a server of ours: accounts, a group, memberships, sign-ins and meetings in
open talk without a pause between two shares of one person, written straight into the database. All
rules are on; the guard is as strict as a room has it by default."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from groups import clock, db
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import hashed
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.ids import token
from groups.meeting import commands as c
from groups.meeting import seats
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.membership.models import Access, Group, Membership, Role
from groups.migrating import upgrade
from groups.rooms.models import Door, Room
from groups.schedule.models import Meeting
from groups.sealing import Keyring

TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=55, least=1),)
LONG_AGO = timedelta(days=90)  # so that nobody is new and nothing is held for that
WORDS = ("What was said before the others came. " * 5)[:120]
PATIENCE = 60  # seconds for a batch of commands


@dataclass(frozen=True)
class Crowd:
    """One meeting, by its public id, and the cookies of those inside."""

    meeting: str
    cookies: list[str]


def gather(folder: Path, secret: str, rooms: int, people: int, before: int) -> list[Crowd]:
    """So many rooms of so many people, with so many shares said before. The database is made anew in
    `folder`; the engine is let go of afterwards."""
    engine = db.connect(f"sqlite:///{folder}/lamplight.db")
    upgrade(engine)
    ledger = Ledger(Keyring(folder / "keys", secret))
    try:
        meetings, members, cookies = _written(rooms, people)
        for at, meeting in enumerate(meetings):
            _bring_in(ledger, meeting, members[at * people : (at + 1) * people], before)
        return [Crowd(meeting.public_id, cookies[at * people : (at + 1) * people]) for at, meeting in enumerate(meetings)]
    finally:
        ledger.stop()
        engine.dispose()


def _written(rooms, people):
    now, count = clock.now(), rooms * people
    ends = now + timedelta(hours=1)
    with db.change() as (session, _):
        group = Group(name="Everybody", for_whom="anybody", access=Access.OPEN, zone="Europe/London", founded_at=now - LONG_AGO)
        places = [Room(group=group, name=f"Room {n}", door=Door.ANYONE, capacity=people) for n in range(rooms)]
        meetings = [
            Meeting(room=room, title="An hour", zone=group.zone, starts_at=now, ends_at=ends, format="sharing-60")
            for room in places
        ]
        members = [
            Membership(
                account=Account(), group=group, name=_name(n), name_key=f"person {n}", joined_at=now - LONG_AGO,
                role=Role.MODERATOR if n % people < 2 else Role.MEMBER, first_shared_at=now - LONG_AGO,
            )
            for n in range(count)
        ]
        session.add_all([group, *places, *meetings, *members])
        session.flush()
        cookies = [token() for _ in members]
        session.add_all(
            SignIn(token_hash=hashed(cookie), account_id=member.account_id, notes=json.dumps({"_user_id": str(member.account_id)}))
            for cookie, member in zip(cookies, members, strict=True)
        )
    return meetings, members, cookies


def _name(n):
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "Person " + letters[n // 676 % 26] + letters[n // 26 % 26] + letters[n % 26]


def _bring_in(ledger, meeting, members, before):
    chair, door, *others = members
    guard = str(Room.__table__.c.guard.default.arg)
    _do(ledger, meeting, c.OpenLobby(
        by=c.ROOM, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=TALK, capacity=len(members),
        guard=guard,
    ))
    _do(ledger, meeting, *(c.Knock(by=one.handle, name=one.name) for one in members))
    _do(ledger, meeting, *(c.TakeDuty(by=one.handle, duty=duty, entitled=True) for one, duty in ((chair, "chair"), (door, "door"))))
    _do(ledger, meeting, *(c.Admit(by=door.handle, who=one.handle) for one in others))
    _do(ledger, meeting, c.OpenDoor(by=chair.handle))
    said = (c.Share(by=members[n % len(members)].handle, client_id=f"before-{n:04}", words=WORDS) for n in range(before))
    _do(ledger, meeting, *said)
    seats.note_seen([(meeting.id, one.handle) for one in members], clock.now() + timedelta(minutes=10))


def _do(ledger, meeting, *commands):
    for start in range(0, len(commands), 1000):
        for future in [ledger.submit(Job(meeting.id, command)) for command in commands[start : start + 1000]]:
            future.result(PATIENCE)
