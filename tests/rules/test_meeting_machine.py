"""Whatever people do, in whatever order, at whatever moment: some things hold after every step.

Hypothesis plays several people who try everything, also what they may not and what makes no sense,
while time goes by; `watched.py` says what must stay true."""

from datetime import timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.clockwork import next_due
from tests.rules.stage import SEVEN
from tests.rules.watched import HANDLES, NAMES, WORDY, Watched

EXAMPLES, STEPS = 300, 60
PEOPLE = HANDLES[:5]
STRANGE = ("", c.ROOM, "nobody-of-that-name")
SOMEBODY = st.sampled_from(PEOPLE)
WHO = st.sampled_from(PEOPLE + STRANGE)
CLIENT_IDS = st.sampled_from(("1", "2", "3", "4"))
AGREEMENT = st.none() | st.integers(1, 9)

COMMANDS = (
    st.builds(c.Knock, by=SOMEBODY, name=st.sampled_from(tuple(NAMES.values())), newcomer=st.booleans())
    | st.builds(c.TakeDuty, by=WHO, duty=st.sampled_from(("chair", "door", "second")))
    | st.builds(c.OpenDoor, by=WHO)
    | st.builds(c.Admit, by=WHO, who=WHO)
    | st.builds(c.AdmitAll, by=WHO)
    | st.builds(c.Decline, by=WHO, who=WHO)
    | st.builds(c.Leave, by=WHO)
    | st.builds(c.PutSomebodyOut, by=WHO, who=WHO, agreement=AGREEMENT)
    | st.builds(c.RaiseHand, by=WHO)
    | st.builds(c.LowerHand, by=WHO)
    | st.builds(c.GiveFloor, by=WHO, who=st.none() | WHO)
    | st.builds(c.Share, by=WHO, client_id=CLIENT_IDS, words=st.text(max_size=5))
    | st.builds(c.PassTurn, by=WHO)
    | st.builds(c.EndTurn, by=WHO)
    | st.builds(c.AddMinute, by=WHO)
    | st.builds(c.RemoveShare, by=WHO, number=st.integers(-2, 40), agreement=AGREEMENT)
    | st.builds(c.Unseen, by=st.just(c.ROOM), who=WHO)
    | st.builds(c.HoldTaken, by=st.just(c.ROOM))
)
LEADING = st.builds(lambda kind, by: kind(by=by), st.sampled_from((c.NextSegment,) * 8 + (c.Close,)), WHO)
SEGMENTS = st.builds(
    lambda mode, least, more, turn, unheard, grows: Segment(
        mode.title(), mode, least + more, least, turn=turn, unheard=unheard, grows=grows
    ),
    st.sampled_from(WORDY) | st.sampled_from(Mode),
    st.integers(1, 4), st.integers(0, 8), st.sampled_from((60, 20, 180)), st.booleans(), st.booleans(),
)
AGENDAS = st.lists(SEGMENTS, min_size=3, max_size=6) | st.lists(SEGMENTS, min_size=2, max_size=4) | st.lists(SEGMENTS, max_size=2)
SOON = st.floats(0, 40) | st.integers(0, 30)


class Meeting(RuleBasedStateMachine):
    """One meeting and everybody in it."""

    def __init__(self):
        super().__init__()
        self.room = Watched()

    @property
    def state(self):
        return self.room.state

    @initialize(agenda=AGENDAS, minutes=st.integers(5, 60), capacity=st.sampled_from((4, 3, 2, 1, 0)),
                begun=st.sampled_from((5, 4, 3, 2, 0)), tardy=st.integers(-60, 500))
    def the_lobby_opens(self, agenda, minutes, capacity, begun, tardy):
        room, chair, ends_at = self.room, PEOPLE[0], SEVEN + timedelta(minutes=minutes)
        room.do(c.Tick(by=c.ROOM))
        room.do(c.OpenLobby(by=c.ROOM, title="T", starts_at=SEVEN, ends_at=ends_at, agenda=tuple(agenda), capacity=capacity))
        for handle in PEOPLE[:begun]:
            room.do(c.Knock(by=handle, name=NAMES[handle]))
        if begun:
            room.do(c.TakeDuty(by=chair, duty="chair"))
            room.do(c.AdmitAll(by=chair))
            room.now = SEVEN + timedelta(seconds=tardy)
            room.do(c.OpenDoor(by=chair))

    @rule(command=COMMANDS)
    def somebody_tries_something(self, command):
        self.room.do(command)

    @precondition(lambda self: self.state.anybody_on_duty)
    @rule(data=st.data(), command=COMMANDS | LEADING)
    def somebody_on_duty_does_something(self, data, command):
        on_duty = [p.handle for p in self.state.standing("inside") if p.on_duty]
        self.room.do(msgspec.structs.replace(command, by=data.draw(st.sampled_from(on_duty))))

    @precondition(lambda self: self.state.rules.hands)
    @rule(data=st.data())
    def a_hand_goes_up(self, data):
        self.room.do(c.RaiseHand(by=data.draw(st.sampled_from(list(self.state.people)))))

    @precondition(lambda self: self.state.rules.words != "nobody")
    @rule(data=st.data(), client_id=CLIENT_IDS)
    def somebody_shares(self, data, client_id):
        inside = [p.handle for p in self.state.standing("inside")] + ["nobody"]
        who = self.state.turn.who if self.state.turn else data.draw(st.sampled_from(inside))
        self.room.do(c.Share(by=who, client_id=client_id, words="…"))

    @precondition(lambda self: self.room.said)
    @rule(data=st.data())
    def an_answer_was_lost_and_the_share_is_sent_again(self, data):
        self.room.retry(*data.draw(st.sampled_from(sorted(self.room.said))))

    @precondition(lambda self: self.state.phase == "open")
    @rule()
    def nobody_on_duty_is_seen(self):
        self.room.do(c.HoldLost(by=c.ROOM))

    @rule(seconds=SOON)
    def time_goes_by_unwatched(self, seconds):
        self.room.forward(seconds)

    @precondition(lambda self: len(self.room.log) > 25)
    @rule(seconds=st.floats(0, 900))
    def the_room_sleeps_for_a_while(self, seconds):
        self.room.forward(seconds)

    @rule(seconds=SOON)
    def time_goes_by_and_the_room_looks_at_the_clock(self, seconds):
        self.room.forward(seconds)
        self.room.look_at_the_clock()

    @precondition(lambda self: next_due(self.state))
    @rule()
    def the_next_thing_falls_due(self):
        self.room.now = max(self.room.now, next_due(self.state))
        assert self.room.look_at_the_clock()

    @invariant()
    def what_must_hold_holds(self):
        self.room.holds()

    def teardown(self):
        self.room.ends()


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
