"""An hour in which something was said, for tests of what is told of it afterwards."""

from datetime import timedelta
from secrets import token_hex

from groups import clock
from groups.db import change
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.meeting.keeping import purge_due
from groups.schedule.models import Meeting

TALK = Segment("Talk", Mode.OPEN_TALK, 40, 5, turn=0)


class Spoken:
    """A live hour: the first of its people chairs, the others are inside; whoever waits knocked only."""

    def __init__(self, app, room, people, waiting=()):
        self.ledger, self.keyring = app.extensions["ledger"], app.extensions["keyring"]
        starts = clock.now()
        with change() as (session, _):
            self.meeting = Meeting(
                room=room, title="An hour", zone="UTC", starts_at=starts, ends_at=starts + timedelta(hours=1), format="open-talk-60"
            )
            session.add(self.meeting)
        self.by = {person.name: person.membership.handle for person in (*people, *waiting)}
        chair = self.by[people[0].name]
        self.do(c.OpenLobby(
            by=c.ROOM, title="An hour", starts_at=starts, ends_at=self.meeting.ends_at, agenda=(TALK,), capacity=9
        ))
        self.do(*(c.Knock(by=handle, name=name) for name, handle in self.by.items()))
        self.do(c.TakeDuty(by=chair, duty="chair", entitled=True))
        self.do(*(c.Admit(by=chair, who=self.by[person.name]) for person in people[1:]))
        self.do(c.OpenDoor(by=chair))
        self.chair, self.path = chair, f"/g/{room.group.slug}/m/{self.meeting.public_id}"

    def do(self, *commands):
        """One after the other; the last outcome."""
        return [self.ledger.submit(Job(self.meeting.id, command)).result(10) for command in commands][-1]

    def says(self, name: str, words: str) -> int:
        """Somebody shares; the number of it."""
        return self.do(c.Share(by=self.by[name], client_id=token_hex(8), words=words)).number

    def take_out(self, number: int) -> None:
        """The chair takes a share out."""
        self.do(c.RemoveShare(by=self.chair, number=number))

    def purge(self) -> None:
        """Close, and let the words go."""
        self.do(c.Close(by=self.chair))
        assert purge_due(self.ledger, self.keyring, clock.now() + timedelta(days=2)) == 1
