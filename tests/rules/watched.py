"""A live meeting that is watched: after every step somebody says what must be true.

Used by the state machine (`test_meeting_machine.py`) and by the long evenings
(`test_meeting_evenings.py`): they make things happen, this file holds the rules."""

from collections import Counter
from datetime import timedelta

import msgspec

from groups.errors import Refused
from groups.formats.modes import Mode
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import OVERRUN, next_due
from groups.meeting.decide import already, decide
from groups.meeting.evolve import evolve, replay
from groups.meeting.state import State
from groups.sentences import SENTENCES
from tests.rules.stage import SEVEN, body_and_back

HANDLES = tuple(f"{letter}7kq2wz9xh" for letter in "bcdfghj")  # shaped like real ones; no name contains one
NAMES = dict(zip(HANDLES, ("Maya", "Tom", "Nia", "Rosa", "Vera", "Otto", "Lena"), strict=True))
WORDY = (Mode.ROUND, Mode.ONE_VOICE, Mode.OPEN_TALK)


class Watched:
    """One meeting, lived through (`state`) and kept only by what the log stores (`stored`)."""

    def __init__(self):
        self.now, self.state, self.stored, self.log = SEVEN - timedelta(minutes=15), State(), State(), []
        self.said, self.had_their_turn, self.relieved, self.refusals = {}, set(), 0, Counter()

    def forward(self, seconds: float) -> None:
        """Let time pass, nobody looking at the clock."""
        self.now += timedelta(seconds=seconds)

    def look_at_the_clock(self) -> list[e.Event]:
        """What was due happens, all of it, once."""
        happened = self.do(c.Tick(by=c.ROOM))
        assert decide(self.state, c.Tick(by=c.ROOM), self.now) == [], "all that was due has happened"
        return happened

    def do(self, command: c.Command) -> list[e.Event]:
        """Try a command; what happened, or nothing when it was refused by a word that has a sentence."""
        try:
            happened = decide(self.state, command, self.now)
        except Refused as refusal:
            assert refusal.reason in SENTENCES, refusal.reason
            self.refusals[refusal.reason] += 1
            return []
        assert self.state == self.stored, "deciding changes nothing"
        assert decide(self.state, command, self.now) == happened, "deciding is no game of chance"
        for event in happened:
            self._look_at(event)
            self.state, self.stored = evolve(self.state, event), evolve(self.stored, body_and_back(event))
            self.log.append(event)
            if isinstance(event, e.Shared):
                self.said[event.by, event.client_id] = self.state.floor_head
        return happened

    def retry(self, by: str, client_id: str) -> None:
        """Send a share again that was acknowledged, though the answer was lost."""
        share = c.Share(by=by, client_id=client_id, words="…")
        assert already(self.state, share) == self.said[by, client_id]
        assert self.do(share) == []

    def _look_at(self, event):
        """What must be true of the state an event happens in."""
        state = self.state
        assert event.at == self.now
        assert state.phase != "sealed" or isinstance(event, e.ShareRemoved), "after the close only words are taken out"
        if event.stream == "floor":
            seen = msgspec.json.encode(e.wire(event, 1))
            assert not any(handle.encode() in seen for handle in HANDLES)
        match event:
            case e.Shared():
                assert (event.by, event.client_id) not in self.said, "a retry is never a second share"
                assert state.people[event.by].standing == "inside" and state.pause is None
                assert state.segment.mode in WORDY
                assert state.segment.mode == Mode.OPEN_TALK or state.turn.who == event.by
            case e.FloorGiven():
                assert state.turn is None and state.pause is None
                assert event.to in state.hands + state.order and event.ends_at > event.at
                assert event.to not in self.had_their_turn or state.segment.mode == Mode.ONE_VOICE, "once a round"
            case e.TurnEnded() if event.how != "left":
                self.had_their_turn.add(event.by)
            case e.SegmentBegan():
                assert event.index == state.index + 1 and state.turn is None and event.ends_at > event.at
                self.had_their_turn = set()
            case e.DutyTaken():
                self.relieved += any(p.duty == event.duty for p in state.people.values())
            case e.HandRaised():
                assert not state.segment.unheard or state.people[event.who].shares == 0

    # --- what holds after every step -------------------------------------------------------------------

    def holds(self) -> None:
        """Everything that is true of a meeting at any moment."""
        assert self.stored == self.state, "what the log stores gives the same state"
        self._numbers_have_no_gaps()
        self._people_are_where_they_may_be()
        self._those_on_duty()
        self._the_clock()

    def _numbers_have_no_gaps(self):
        streams = Counter(event.stream for event in self.log)
        assert all(self.state.head(stream) == streams[stream] for stream in ("floor", "desk"))
        assert set(self.state.shares) == set(self.said.values())

    def _people_are_where_they_may_be(self):
        state = self.state
        places = state.hands + state.order + ((state.turn.who,) if state.turn else ())
        assert len(places) == len(set(places)), "nobody is anywhere twice"
        assert all(state.people[handle].standing == "inside" for handle in places)
        assert not state.hands or state.rules.hands
        assert not state.order or state.rules.offered
        assert not state.turn or state.rules.has_turns
        inside = [p for p in state.standing("inside") if not p.duty]
        assert len(inside) <= state.capacity + self.relieved, "whoever is relieved of a duty stays; nobody else is too many"

    def _those_on_duty(self):
        serving = [p for p in self.state.people.values() if p.duty]
        assert all(p.on_duty for p in serving)
        assert len({p.duty for p in serving}) == len(serving), "a duty is one person's"
        if self.state.phase in ("open", "closing"):
            assert self.state.anybody_on_duty or self.state.pause, "the floor is held or it rests"
        else:
            assert self.state.pause is None

    def _the_clock(self):
        due = next_due(self.state)
        something = decide(self.state, c.Tick(by=c.ROOM), self.now)
        assert bool(something) == (due is not None and due <= self.now), (something, due, self.now)

    def ends(self) -> None:
        """Lived through or read again, the same; and every hour ends by itself."""
        assert replay(self.log) == replay(map(body_and_back, self.log)) == self.state
        if self.state.is_live:
            self.now = max(self.now, self.state.ends_at + OVERRUN)
            self.do(c.Tick(by=c.ROOM))
            assert self.state.phase == "sealed" and next_due(self.state) is None
