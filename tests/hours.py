"""Meetings for tests that need one in a certain state: planned rows, and a `Clerk` who brings them
there by the same commands as anybody, through a ledger of our own (as a second process would)."""

import shutil
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from groups import clock, db
from groups.accounts.models import Account
from groups.conduct.models import Sanction
from groups.db import change, reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting import seats
from groups.meeting.jobs import Job, Outcome
from groups.meeting.ledger import Ledger
from groups.meeting.models import Entry
from groups.meeting.state import State
from groups.membership.models import Group, Membership, Role
from groups.membership.names import name_key
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from groups.sealing import Keyring, of_house
from tests.server import SECRET, Server, running

WAIT = 10  # seconds for the ledger
FAST_AND_PLAIN = pytest.mark.parametrize("house", ["fast", "plain"], indirect=True)
TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=60, least=1),)  # one share after the other, with no pause between


def plan(
    room: str = "The Quay", begins_in: float = 10, minutes: int = 60, form: str = "sharing-60", phase: Phase = Phase.PLANNED
) -> Meeting:
    """A planned meeting in a room of that name, beginning in so many minutes (negative: it began)."""
    starts = clock.now() + timedelta(minutes=begins_in)
    with change() as (session, _):
        found = session.scalar(select(Room).where(Room.name == room))
        meeting = Meeting(
            room=found, title="An hour", zone=found.group.zone, starts_at=starts, ends_at=starts + timedelta(minutes=minutes), format=form,
            phase=phase,
        )
        session.add(meeting)
    return meeting


def join(*names: str, group: str = "Harbour") -> list[Membership]:
    """More people in a group, each with an account of their own. They have shared there before."""
    with change() as (session, _):
        found = session.scalar(select(Group).where(Group.name == group))
        members = [
            Membership(
                account=Account(), group=found, name=name, name_key=name_key(name), role=Role.MEMBER, first_shared_at=clock.now()
            )
            for name in names
        ]
        session.add_all(members)
    return members


def handle(name: str) -> str:
    """What the log calls somebody of the cast."""
    with reading() as session:
        return session.scalar(select(Membership.handle).where(Membership.name == name))


def phase(meeting: Meeting) -> str:
    """Where the meeting is by the calendar's row."""
    with reading() as session:
        return session.scalar(select(Meeting.phase).where(Meeting.id == meeting.id))


def position(*meetings: Meeting) -> int:
    """How many entries these meetings have in the database (all meetings, if none is named)."""
    mine = Entry.meeting_id.in_([meeting.id for meeting in meetings]) if meetings else True
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Entry).where(mine))


def do(ledger: Ledger, meeting: Meeting, *commands: c.Command) -> Outcome:
    """Do them by this ledger, each when the one before is done; the last outcome. Raises what a command was refused with."""
    for command in commands:
        outcome = ledger.submit(Job(meeting.id, command)).result(WAIT)
    return outcome


def now(ledger: Ledger, meeting: Meeting) -> State:
    """The state once everything that was queued is done."""
    do(ledger, meeting, c.Tick(by=c.ROOM))
    return ledger.look(meeting.id).state


class Clerk:
    """Writes commands into the log of a server's database, beside the server."""

    def __init__(self, server: Server):
        of_house.know(SECRET)
        self.ledger = Ledger(Keyring(server.folder / "keys", SECRET))

    @classmethod
    def of(cls, ledger: Ledger) -> "Clerk":
        """One who writes by the ledger of this process."""
        clerk = cls.__new__(cls)
        clerk.ledger = ledger
        return clerk

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ledger.stop()

    def plan(self, *where, **how) -> Meeting:
        """A meeting whose lobby is for this clerk to open: the server opens what is due and only planned, and would
        now and then be the first."""
        return plan(*where, **how, phase=Phase.LOBBY)

    def submit(self, meeting: Meeting, *commands: c.Command) -> list:
        """Queue commands in order; the futures of their outcomes."""
        return [self.ledger.submit(Job(meeting.id, command)) for command in commands]

    def write(self, meeting: Meeting, *commands: c.Command) -> Outcome:
        """Do them one after the other; the last outcome. Raises what a command was refused with."""
        return [future.result(WAIT) for future in self.submit(meeting, *commands)][-1]

    def open_lobby(self, meeting: Meeting, agenda: tuple[Segment, ...] | None = None, capacity: int = 40) -> None:
        """Open the lobby now, with an agenda of one's own if given."""
        agenda = agenda or FORMATS[meeting.format].segments
        self.write(meeting, c.OpenLobby(
            by=c.ROOM, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=agenda, capacity=capacity
        ))

    def bring_in(self, meeting: Meeting, *names: str, chair: str = "", door: str = "") -> None:
        """These people knock and are inside, two of them on duty, as if seen this moment."""
        if len(names) > 7 and not door:  # beyond eight, the chair does not keep the door as well
            door, names = names[0], names[1:]
        people = {name: handle(name) for name in filter(None, (chair, door, *names))}
        with reading() as session:
            role = (Membership.handle.in_(people.values()), Membership.role == Role.MODERATOR)
            look_after = set(session.scalars(select(Membership.handle).where(*role)))
        self.write(meeting, *(c.Knock(by=who, name=name, moderates=who in look_after) for name, who in people.items()))
        duties = [(chair, "chair"), (door, "door")]
        self.write(meeting, *(c.TakeDuty(by=people[name], duty=duty, entitled=True) for name, duty in duties if name))
        if names:
            self.write(meeting, *(c.Admit(by=people[chair], who=people[name]) for name in names))
        seats.note_seen([(meeting.id, who) for who in people.values()], clock.now())

    def begin(self, meeting: Meeting, chair: str, segment: int = 0) -> None:
        """The chair opens the door and goes on to that segment."""
        by = handle(chair)
        self.write(meeting, c.OpenDoor(by=by), *(c.NextSegment(by=by) for _ in range(segment)))


@contextmanager
def settled(moved_in, folder: Path, forked: bool = True, **how):
    """A server of one's own, running over a copy of the cast's database."""
    shutil.copy(moved_in, folder / "lamplight.db")
    server = Server(folder, forked=forked, **how)
    engine = db.connect(server.database_url)
    try:
        with running(server):
            yield server
    finally:
        engine.dispose()


@pytest.fixture(scope="module")
def house(request, moved_in, tmp_path_factory):
    """One running server for a whole module, where each test makes hours (and people) of its own.
    For a test that moves the clock or ends the process there is `server`. For the plain way from a share
    to the screens as well: `pytestmark = FAST_AND_PLAIN`."""
    way = {"LAMPLIGHT_FANOUT": getattr(request, "param", "fast")}
    with settled(moved_in, tmp_path_factory.mktemp("house"), **way) as server:
        yield server


@pytest.fixture
def clerk(house):
    """A clerk for that house. Whom a test asked to leave for the night may come again in the next one's hours."""
    with Clerk(house) as clerk:
        yield clerk
    with change() as (session, _):
        session.execute(update(Sanction).where(Sanction.lifted_at.is_(None)).values(lifted_at=clock.now()))
