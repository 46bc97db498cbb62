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
from groups.meeting import events as e
from groups.meeting.clockwork import next_due
from tests.rules import keeping_safe
from tests.rules.stage import CLOSING, QUIET, SEVEN
from tests.rules.watched import HANDLES, NAMES, WORDY, Watched
from tests.steps import asked_to_leave

EXAMPLES, STEPS = 100, 60
PEOPLE = HANDLES[:5]
STRANGE = ("", c.ROOM, "nobody-of-that-name")
SOMEBODY = st.sampled_from(PEOPLE)
WHO = st.sampled_from(PEOPLE + STRANGE)
CLIENT_IDS = st.sampled_from(("1", "2", "3", "4"))
AGREEMENT = st.none() | st.integers(1, 9)
DUTIES = st.sampled_from(("chair", "chair", "door", "second", "reader", "timekeeper"))
NEEDS = st.sampled_from(("speak", "listen", "settle"))
WORDS = st.text(max_size=5) | st.integers(0, 400).map("word ".__mul__) | st.just(keeping_safe.CONTACT)

AT_THE_DOOR = (
    st.builds(c.Knock, by=SOMEBODY, name=st.sampled_from(tuple(NAMES.values())), newcomer=st.booleans())
    | st.builds(c.SayNeed, by=WHO, need=NEEDS)
    | st.builds(c.TakeDuty, by=WHO, duty=DUTIES, entitled=st.booleans())
    | st.builds(c.OpenDoor, by=WHO)
    | st.builds(c.Admit, by=WHO, who=WHO)
    | st.builds(c.AdmitAll, by=WHO)
    | st.builds(c.AdmitKnown, by=WHO)
    | st.builds(c.Decline, by=WHO, who=WHO, why=st.sampled_from(e.DECLINES))
    | st.builds(c.Leave, by=WHO)
    | st.builds(asked_to_leave, by=WHO, who=WHO, agreement=AGREEMENT)
    | st.builds(c.Unseen, by=st.just(c.ROOM), who=WHO)
)
ON_THE_FLOOR = (
    st.builds(c.RaiseHand, by=WHO)
    | st.builds(c.LowerHand, by=WHO)
    | st.builds(c.MoveHand, by=WHO, who=WHO, place=st.integers(0, 6))
    | st.builds(c.GiveFloor, by=WHO, who=st.none() | WHO)
    | st.builds(c.Share, by=WHO, client_id=CLIENT_IDS, words=WORDS, note=st.none() | st.sampled_from(e.NOTES), look=st.booleans())
    | st.builds(c.Hear, by=WHO)
    | st.builds(c.Extend, by=WHO)
    | st.builds(c.PassTurn, by=WHO)
    | st.builds(c.EndTurn, by=WHO, who=st.none() | WHO)
    | st.builds(c.AddMinute, by=WHO)
    | st.builds(c.RemoveShare, by=WHO, number=st.integers(-2, 40), agreement=AGREEMENT)
)
AT_THE_DESK = (
    st.builds(c.OfferDuty, by=WHO, who=WHO, duty=DUTIES)
    | st.builds(c.DeclineDuty, by=WHO)
    | st.builds(c.TakeDutyBack, by=WHO, who=WHO, looks_after=st.just(()) | st.lists(WHO, max_size=2).map(tuple))
    | st.builds(c.EndDuty, by=st.just(c.ROOM), who=WHO, kept=st.just(()) | st.just(("door",)))
    | st.builds(c.Hush, by=WHO)
    | st.builds(c.GoOn, by=WHO)
    | st.builds(c.WriteDesk, by=WHO, client_id=CLIENT_IDS, words=WORDS)
    | st.builds(c.TellDesk, by=st.just(c.ROOM), client_id=CLIENT_IDS, words=WORDS)
    | st.builds(c.WriteLine, by=WHO, client_id=CLIENT_IDS, words=WORDS, who=st.none() | WHO)
    | st.builds(c.HoldTaken, by=st.just(c.ROOM))
)
COMMANDS = AT_THE_DOOR | ON_THE_FLOOR | AT_THE_DESK | keeping_safe.commands(WHO, AGREEMENT, CLIENT_IDS, WORDS)
NEXT = st.builds(c.NextSegment, by=WHO, index=st.none() | st.integers(0, 5))
LEADING = st.one_of(*[NEXT] * 8, st.builds(c.Close, by=WHO))
SEGMENTS = st.builds(
    lambda mode, least, more, turn, **facts: Segment(mode.title(), mode, least + more, least, turn=turn, **facts),
    st.sampled_from(WORDY) | st.sampled_from(Mode),
    st.integers(1, 4), st.integers(0, 8), st.sampled_from((60, 20, 180)),
    unheard=st.booleans(), grows=st.booleans(), order=st.sampled_from(("hand", "arrival", "least_spoken", "random")),
    newcomers_first=st.booleans(), extension=st.sampled_from((60, 20)), pass_ok=st.booleans(), step=st.booleans(),
    overflow=st.sampled_from(("cut_to_next", "borrow", "ask")), borrow_from=st.none() | st.integers(0, 6),
)
AGENDAS = st.lists(SEGMENTS, min_size=3, max_size=6) | st.lists(SEGMENTS, min_size=2, max_size=4) | st.lists(SEGMENTS, max_size=2)
FALLBACKS = st.sampled_from(((QUIET, CLOSING), (CLOSING,), ()))
SOON = st.floats(0, 40) | st.integers(0, 30)


class Meeting(RuleBasedStateMachine):
    """One meeting and everybody in it."""

    def __init__(self):
        super().__init__()
        self.room = Watched()

    @property
    def state(self):
        return self.room.state

    @initialize(agenda=AGENDAS, minutes=st.integers(5, 60), capacity=st.sampled_from((4, 3, 2, 1, 0)), fallback=FALLBACKS,
                shuts=st.none() | st.integers(-300, 900), begun=st.sampled_from((5, 4, 3, 2, 0)), tardy=st.integers(-60, 500))
    def the_lobby_opens(self, agenda, minutes, capacity, fallback, shuts, begun, tardy):
        room, chair, ends_at = self.room, PEOPLE[0], SEVEN + timedelta(minutes=minutes)
        room.do(c.Tick(by=c.ROOM))
        room.do(c.OpenLobby(
            by=c.ROOM, title="T", starts_at=SEVEN, ends_at=ends_at, agenda=tuple(agenda), capacity=capacity, fallback=fallback,
            door_shuts_at=None if shuts is None else SEVEN + timedelta(seconds=shuts), guard="usual", holds_first=True, agreements=7,
        ))
        for handle in PEOPLE[:begun]:
            room.do(c.Knock(by=handle, name=NAMES[handle], newcomer=handle == PEOPLE[2], unheard=handle == PEOPLE[2]))
        if begun:
            room.do(c.TakeDuty(by=chair, duty="chair", entitled=True))
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
    @rule(data=st.data(), client_id=CLIENT_IDS, words=WORDS)
    def somebody_shares(self, data, client_id, words):
        inside = [p.handle for p in self.state.standing("inside")] + ["nobody"]
        who = self.state.turn.who if self.state.turn else data.draw(st.sampled_from(inside))
        self.room.do(c.Share(by=who, client_id=client_id, words=words))

    @precondition(lambda self: self.state.turn)
    @rule(command=st.sampled_from((c.Extend, c.PassTurn, c.SayNeed, c.Leave)))
    def whoever_has_the_floor_wants_more_or_less_of_it(self, command):
        self.room.do(command(by=self.state.turn.who, **({"need": "settle"} if command is c.SayNeed else {})))

    @precondition(lambda self: self.room.said)
    @rule(data=st.data())
    def an_answer_was_lost_and_the_words_are_sent_again(self, data):
        self.room.retry(*data.draw(st.sampled_from(sorted(self.room.said))))

    @precondition(lambda self: self.state.phase == "open")
    @rule()
    def whoever_chairs_is_not_seen(self):
        self.room.do(c.HoldLost(by=c.ROOM))

    @precondition(lambda self: self.state.pause)
    @rule(who=SOMEBODY, command=st.sampled_from((c.GoOn(by=""), c.TakeDuty(by="", duty="chair"), c.HoldTaken(by=""))))
    def somebody_wakes_the_floor(self, who, command):
        self.room.do(msgspec.structs.replace(command, by=who))

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
