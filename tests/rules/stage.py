"""A stage for stories about a live meeting: a few people, a clock that is moved by hand, and the
log of what happened. No database, no server; commands go straight to `decide`.

    stage = Stage(SHARES).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.wait(10)
    assert stage.turn == "tom"
"""

from datetime import UTC, datetime, timedelta

from groups.errors import Refused
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import next_due
from groups.meeting.decide import decide
from groups.meeting.door import MANY
from groups.meeting.evolve import evolve, replay
from groups.meeting.state import State
from groups.meeting.views import own_part

SEVEN = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # when the hour begins
HOUR = timedelta(hours=1)
NAMES = {"maya": "Maya", "tom": "Tom", "nia": "Nia", "rosa": "Rosa", "vera": "Vera", "otto": "Otto"}

QUIET = Segment("A quiet minute", Mode.SILENCE, 1, 1)
ROUND = Segment("Names", Mode.ROUND, 6, 3, turn=60, warn=15)
SHARES = Segment("Shares", Mode.ONE_VOICE, 30, 10, turn=180, grows=True)
UNHEARD = Segment("Not yet heard", Mode.ONE_VOICE, 10, 4, turn=120, unheard=True)
TALK = Segment("Talk", Mode.OPEN_TALK, 20, 5, turn=60)
CLOSING = Segment("Closing", Mode.CLOSING, 2, 1)
PLAIN = {mode: Segment(mode.title(), mode, 30, 10, turn=60) for mode in Mode}  # one of each mode


def body_and_back(event: e.Event) -> e.Event:
    """An event as it comes out of the log again: everything but the words."""
    return e.from_body(e.to_body(event))


def called(events: list[e.Event]) -> list[str]:
    """Who was given the floor, one after the other."""
    return [event.to for event in events if isinstance(event, e.FloorGiven)]


class Player:
    """Somebody on the stage. Calling them with a command does it: `tom(c.Share, words="…")`."""

    def __init__(self, stage: "Stage", handle: str):
        self.stage, self.handle = stage, handle

    def __call__(self, command: type[c.Command], **facts) -> list[e.Event]:
        """Do it now; what happened. Raises Refused."""
        return self.stage.do(command(by=self.handle, **facts))

    def refused(self, command: type[c.Command], **facts) -> str | None:
        """Try it, leaving everything as it is; the reason word, or None if it would have happened."""
        try:
            decide(self.stage.state, command(by=self.handle, **facts), self.stage.now)
        except Refused as refusal:
            return refusal.reason
        return None

    def shares(self, words: str = "…", client_id: str | None = None) -> int:
        """Put words into the room; the number of the share."""
        client_id = client_id or f"{self.handle}-{len(self.stage.log)}"
        self(c.Share, words=words, client_id=client_id)
        return self.stage.state.sent[self.handle, client_id]

    def serves(self, duty: str) -> list[e.Event]:
        """Take a duty that the rota gives them; at the door or inside."""
        if self.me is None:
            self(c.Knock, name=NAMES[self.handle])
        return self(c.TakeDuty, duty=duty, entitled=True)

    def sees(self) -> dict:
        """Their own part of the page, as it is handed out."""
        return own_part(self.stage.state, self.handle)

    def comes(self) -> "Player":
        """Knock, and be let in by whoever is on duty."""
        self(c.Knock, name=NAMES[self.handle])
        if self.me.standing == "waiting":
            self.stage.maya(c.Admit, who=self.handle)
        return self

    @property
    def me(self):
        """This person in the state, or None."""
        return self.stage.state.person(self.handle)


class Stage:
    """One meeting, from its lobby at a quarter to seven."""

    def __init__(self, *agenda: Segment, minutes: int = 60, capacity: int = 40, **lobby):
        self.state, self.log, self.now = State(), [], SEVEN - timedelta(minutes=15)
        self.do(c.OpenLobby(
            by=c.ROOM, title="The hour", starts_at=SEVEN, ends_at=SEVEN + timedelta(minutes=minutes),
            agenda=agenda or (QUIET, SHARES, CLOSING), capacity=capacity, **lobby,
        ))

    def __getattr__(self, handle: str) -> Player:
        if handle not in NAMES:
            raise AttributeError(handle)
        return Player(self, handle)

    def begins(self, *handles: str, at: datetime = SEVEN) -> "Stage":
        """Maya takes the chair, these people are inside, and the hour begins. Where many came, whoever
        came first keeps the door."""
        for handle in ("maya", *handles):
            getattr(self, handle)(c.Knock, name=NAMES[handle])
        self.maya.serves("chair")
        waiting = self.state.standing("waiting")
        if len(waiting) >= MANY:
            self.do(c.TakeDuty(by=waiting[0].handle, duty="door", entitled=True))
        self.maya(c.AdmitAll)
        self.now = at
        self.maya(c.OpenDoor)
        return self

    def do(self, command: c.Command) -> list[e.Event]:
        """A command, now; what happened, added to the log."""
        happened = decide(self.state, command, self.now)
        for event in happened:
            self.state = evolve(self.state, event)
        self.log += happened
        return happened

    def wait(self, seconds: float = 0, minutes: float = 0) -> list[e.Event]:
        """Let time pass. The room looks at its clock whenever something is due, as it does in the
        house; what happened meanwhile."""
        before, until = len(self.log), self.now + timedelta(minutes=minutes, seconds=seconds)
        while (due := next_due(self.state)) is not None and due <= until:
            assert self._tick_at(max(due, self.now)), f"the clock would spin at {self.now:%H:%M:%S}"
        self._tick_at(until)
        return self.log[before:]

    def _tick_at(self, moment):
        self.now = moment
        return self.do(c.Tick(by=c.ROOM))

    @property
    def turn(self) -> str | None:
        """Who has the floor."""
        return self.state.turn and self.state.turn.who

    @property
    def turn_seconds(self) -> float:
        """How long the present turn still is."""
        return (self.state.turn.ends_at - self.now).total_seconds()

    def kinds(self) -> list[str]:
        """The log as a list of kinds."""
        return [e.kind_of(event) for event in self.log]

    def is_as_its_log(self) -> bool:
        """Whether living through it and reading it again give the same state."""
        return replay(self.log) == replay(map(body_and_back, self.log)) == self.state
