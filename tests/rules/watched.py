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
from groups.meeting.views import desk_view, floor_view, only_spoken, own_part
from groups.sentences import SENTENCES
from tests.rules.stage import SEVEN, body_and_back

HANDLES = tuple(f"{letter}7kq2wz9xh" for letter in "bcdfghjmnp")  # shaped like real ones; no name contains one
PEOPLE = ("Maya", "Tom", "Nia", "Rosa", "Vera", "Otto", "Lena", "Ines", "Paul", "Zoe")
NAMES = dict(zip(HANDLES, PEOPLE, strict=True))
WORDY = (Mode.ROUND, Mode.ONE_VOICE, Mode.OPEN_TALK)
STILL = (e.Shared, e.FloorGiven, e.SegmentBegan, e.Admitted)  # what never happens in a hush
LED = (e.Shared, e.FloorGiven, e.DutyTaken, e.FloorPaused, e.HandRaised)  # what never happens in a reading
LONGEST = 1000  # things that may still fall due in one hour; a bound, not a wish


class Watched:
    """One meeting, lived through (`state`) and kept only by what the log stores (`stored`)."""

    def __init__(self):
        self.now, self.state, self.stored, self.log = SEVEN - timedelta(minutes=15), State(), State(), []
        self.said, self.had_their_turn, self.relieved, self.refusals, self.done = {}, set(), 0, Counter(), Counter()

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
        self.done[type(command)] += bool(happened)
        before, views = self.state, self._views() if isinstance(command, c.Share) else {}
        for event in happened:
            self._look_at(event)
            self.state, self.stored = evolve(self.state, event), evolve(self.stored, body_and_back(event))
            self.log.append(event)
            if client_id := getattr(event, "client_id", None):
                assert (event.by, client_id) not in self.said, "a retry is never a second one"
                self.said[event.by, client_id] = self.state.head(event.stream)
        if views and happened and (whose := only_spoken(before, happened)) is not None:
            changed = {who for who, view in self._views().items() if view != views[who]}
            assert changed <= whose, "what is said is shown to nobody but as an entry"
        return happened

    def _views(self):
        """What everybody is shown now, by handle; "floor" and "desk" for those audiences."""
        parts = {handle: own_part(self.state, handle) for handle in HANDLES}
        return parts | {"floor": floor_view(self.state), "desk": desk_view(self.state, self.now)}

    def retry(self, by: str, client_id: str) -> None:
        """Send words again that were acknowledged, though the answer was lost."""
        for again in (c.Share, c.WriteLine, c.WriteDesk):
            assert already(self.state, again(by=by, client_id=client_id, words="…")) == self.said[by, client_id]
            assert self.do(again(by=by, client_id=client_id, words="…")) == []

    def _look_at(self, event):
        """What must be true of the state an event happens in."""
        state = self.state
        assert event.at == self.now
        assert state.phase != "sealed" or isinstance(event, e.ShareRemoved | e.OrderNamed | e.Erased), "after the close only words, and names, are taken out"
        assert not (state.hushed and isinstance(event, STILL)) and not (state.unled and isinstance(event, LED)), event
        if event.stream == "floor" or event.stream.startswith("line:"):
            seen = msgspec.json.encode(e.wire(event, 1))
            assert not any(handle.encode() in seen for handle in HANDLES)
        match event:
            case e.Shared() if event.held is not None:
                held = state.held[event.held]
                assert held.by == event.by and held.status == "released" and state.runs
            case e.Shared():
                assert event.by not in state.silenced, "whoever listens only says nothing"
                assert state.people[event.by].standing == "inside" and state.pause is None
                assert state.segment.mode in WORDY and not state.people[event.by].settled
                assert state.segment.mode == Mode.OPEN_TALK or state.turn.who == event.by
            case e.FloorGiven():
                assert state.turn is None and state.pause is None and not state.people[event.to].settled
                assert event.to in state.hands + state.order and event.ends_at > event.at
                assert event.to not in self.had_their_turn or state.segment.mode == Mode.ONE_VOICE, "once a round"
            case e.TurnEnded() if event.how != "left":
                self.had_their_turn.add(event.by)
            case e.SegmentBegan():
                assert event.index == state.index + 1 and state.turn is None and event.ends_at > event.at
                self.had_their_turn = set()
            case e.TimeAdded(to="segment") if event.lender is not None:
                assert state.agenda[event.lender].minutes - event.seconds // 60 >= state.agenda[event.lender].least
            case e.DutyTaken():
                self.relieved += any(p.duty == event.duty for p in state.people.values())
            case e.DutyEnded():
                self.relieved += 1
            case e.ReadingBegan():
                self.relieved += sum(p.on_duty for p in state.people.values())
            case e.HandRaised():
                assert not state.segment.unheard or state.people[event.who].shares == 0
            case e.Heard():
                assert state.shares[event.share].by != event.by and event.by not in state.heard_by

    # --- what holds after every step -------------------------------------------------------------------

    def holds(self) -> None:
        """Everything that is true of a meeting at any moment."""
        assert self.stored == self.state, "what the log stores gives the same state"
        self._numbers_have_no_gaps()
        self._people_are_where_they_may_be()
        self._those_on_duty()
        self._the_clock()
        self._each_sees_their_own()

    def _numbers_have_no_gaps(self):
        assert dict(self.state.heads) == Counter(event.stream for event in self.log)
        assert dict(self.state.sent) == self.said and set(self.state.shares) <= set(self.said.values())

    def _people_are_where_they_may_be(self):
        state = self.state
        places = state.hands + state.order + ((state.turn.who,) if state.turn else ())
        assert len(places) == len(set(places)), "nobody is anywhere twice"
        assert all(state.people[handle].standing == "inside" and not state.people[handle].settled for handle in places)
        assert not set(places) & set(state.silenced), "whoever listens only waits for no turn"
        assert all(one.settled for one in state.held.values() if state.people[one.by].standing == "out")
        assert not state.hands or state.rules.hands
        assert not state.order or state.rules.offered
        assert not state.turn or state.rules.has_turns
        assert not state.asked_until or state.segment.overflow == "ask"
        inside = [p for p in state.standing("inside") if not p.duty]
        assert len(inside) <= state.capacity + self.relieved, "whoever is relieved of a duty stays; nobody else is too many"

    def _those_on_duty(self):
        state, serving = self.state, [p for p in self.state.people.values() if p.duty]
        assert all(p.on_duty for p in serving) and not (state.unled and serving)
        assert len({p.duty for p in serving}) == len(serving), "a duty is one person's"
        if state.runs:
            assert state.chair or state.pause or state.unled, "the floor is held, or it rests, or all read together"
        else:
            assert state.pause is None

    def _the_clock(self):
        due = next_due(self.state)
        something = decide(self.state, c.Tick(by=c.ROOM), self.now)
        assert bool(something) == (due is not None and due <= self.now), (something, due, self.now)

    def _each_sees_their_own(self):
        state, others = self.state, set(HANDLES)
        desk_view(state, self.now)
        floor = msgspec.json.encode(floor_view(state)).decode()
        seen = floor + msgspec.json.encode([own_part(state, handle) for handle in state.people]).decode()
        assert not [handle for handle in others if handle in seen], "no handle but at the desk"
        names = [name for name in NAMES.values() if name in floor]
        assert names == ([state.turn.name] if state.turn else [])

    def ends(self) -> None:
        """Lived through or read again, the same; and every hour ends by itself, whether somebody looks
        at the clock whenever something is due, or nobody until it is long over."""
        assert replay(self.log) == replay(map(body_and_back, self.log)) == self.state
        if self.state.is_live:
            late = max(self.now, self.state.ends_at + OVERRUN)
            assert replay(decide(self.state, c.Tick(by=c.ROOM), late), self.state).phase == "sealed"
        over = max(self.now, self.state.ends_at + OVERRUN) if self.state.ends_at else self.now
        for _ in range(LONGEST):
            if not self.state.is_live:
                break
            self.now = max(self.now, next_due(self.state))
            assert self.look_at_the_clock(), "the clock would spin"
        assert not self.state.is_live and next_due(self.state) is None
        assert self.state.unled or self.state.phase == "planned" or self.state.closed_at <= over
