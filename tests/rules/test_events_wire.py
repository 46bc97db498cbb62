"""Events as they are stored and as they leave the server."""

import inspect
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.ids import LENGTH, LETTERS
from groups.meeting import commands as c
from groups.meeting import events as e
from tests.rules.stage import SEVEN, SHARES, TALK, Stage, body_and_back
from tests.steps import asked_to_leave

FLOOR = [kind for kind in e.EVENTS if kind.stream == "floor"]
DESK = [kind for kind in e.EVENTS if kind.stream == "desk"]
QUIET = [kind for kind in e.EVENTS if kind.stream == "quiet"]
HANDLES = st.text(LETTERS, min_size=LENGTH, max_size=LENGTH)
MOMENTS = st.integers(-10**6, 10**9).map(lambda milliseconds: SEVEN + timedelta(milliseconds=milliseconds))
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=LETTERS), max_size=40)  # so that no word holds a handle by chance
SEGMENTS = st.builds(
    Segment, WORDS, st.sampled_from(Mode), st.integers(0, 99), st.integers(0, 99), prompt=WORDS, turn=st.integers(0, 300),
    order=st.sampled_from(("hand", "random")), overflow=st.sampled_from(("ask", "borrow")), borrow_from=st.none() | st.integers(0, 9),
    newcomers_first=st.booleans(), pass_ok=st.booleans(), text=WORDS, step=st.booleans(),
)
PEOPLE = ("by", "to", "who")  # fields that name somebody, by handle


def some(kind):
    """Any event of this kind: handles where handles go, words where words go."""
    fields = {}
    for field in msgspec.structs.fields(kind):
        if field.name in PEOPLE and kind is not e.TimeAdded or field.name == "by":
            fields[field.name] = HANDLES
        elif field.name == "to":
            fields["to"] = st.sampled_from(("turn", "segment"))
        elif field.name == "order":
            fields["order"] = st.lists(HANDLES, max_size=4).map(tuple)
        elif field.name == "client_id":
            fields["client_id"] = HANDLES
        elif field.name == "names":
            fields["names"] = st.lists(WORDS, max_size=4).map(tuple)
        elif field.name in ("agenda", "fallback"):
            fields[field.name] = st.lists(SEGMENTS, max_size=3).map(tuple)
        elif field.type in (datetime, datetime | None):
            fields[field.name] = MOMENTS
        else:
            fields[field.name] = {
                str: WORDS, int: st.integers(0, 10**6), bool: st.booleans(),
                int | None: st.none() | st.integers(0, 99), str | None: st.none() | WORDS,
                tuple[str, ...]: st.lists(WORDS, max_size=3).map(tuple),
            }[field.type]
    return st.builds(kind, **fields)


def handles_in(event):
    """Every handle the event knows, and client ids, which a browser may have made of anything."""
    known = [getattr(event, field, None) for field in (*PEOPLE, "client_id")] + list(getattr(event, "order", ()))
    return [handle for handle in known if handle not in (None, "turn", "segment")]


ANY = st.one_of(*map(some, e.EVENTS))
ANY_OF_THE_FLOOR = st.one_of(*map(some, FLOOR))


@settings(max_examples=600)
@given(event=ANY)
def test_an_event_comes_out_of_the_log_as_it_went_in_without_words(event):
    wordless = msgspec.structs.replace(event, words=None) if isinstance(event, e.WITH_WORDS) else event
    assert body_and_back(event) == wordless and type(body_and_back(event)) is type(event)


@settings(max_examples=600)
@given(event=ANY_OF_THE_FLOOR, number=st.integers(1, 10**6))
def test_what_the_floor_gets_names_nobody_by_handle(event, number):
    seen = msgspec.json.encode(e.wire(event, number)).decode()
    assert not [handle for handle in handles_in(event) if handle in seen]


@given(event=some(e.LineWritten), number=st.integers(1, 10**6))
def test_a_private_line_names_who_writes_and_nobody_by_handle(event, number):
    seen = msgspec.json.encode(e.wire(event, number)).decode()
    assert event.stream == e.line_of(event.who) and not [handle for handle in handles_in(event) if handle in seen]


@pytest.mark.parametrize("kind", QUIET, ids=lambda kind: kind.__name__)
def test_what_only_counts_says_nothing_even_if_it_were_sent(kind):
    assert kind.on_wire == () and kind not in e.WITH_WORDS


def test_a_log_from_before_the_led_hour_still_reads():
    body = (
        b'{"kind":"lobby_opened","at":"2026-11-24T18:45:00Z","title":"T","starts_at":"2026-11-24T19:00:00Z",'
        b'"ends_at":"2026-11-24T20:00:00Z","agenda":[{"title":"Shares","mode":"one_voice","minutes":30,"least":10,"turn":180}],"capacity":9}'
    )
    event = e.from_body(body)
    assert event.fallback == () and event.door_shuts_at is None
    assert event.agenda[0] == Segment("Shares", Mode.ONE_VOICE, 30, 10, turn=180)
    share = e.from_body(b'{"kind":"shared","at":"2026-11-24T19:05:00Z","by":"x","name":"Tom","client_id":"1"}')
    assert (share.note, share.reading, share.words) == (None, 0, None)


@settings(max_examples=200)
@given(event=st.one_of(*map(some, e.WITH_WORDS)))
def test_words_are_never_in_the_body_and_gone_from_the_wire_once_blanked(event):
    event = msgspec.structs.replace(event, words="WORDS" + (event.words or ""))
    assert b"WORDS" not in e.to_body(event)
    assert e.wire(event, 4)["words"] == event.words
    blanked = e.wire(body_and_back(event), 4)
    assert blanked["words"] is None and b"WORDS" not in msgspec.json.encode(blanked)


@pytest.mark.parametrize("kind", e.EVENTS, ids=lambda kind: kind.__name__)
def test_the_wire_carries_only_fields_that_exist_and_a_name_of_its_own(kind):
    own = {field.name for field in msgspec.structs.fields(kind)}
    assert set(kind.on_wire) <= own
    assert not set(kind.on_wire) & {"number", "kind", "at", "words", "client_id"}
    assert ("words" in own) == (kind in e.WITH_WORDS), "words are sealed apart, whosever they are"
    tag = "".join("_" + letter.lower() if letter.isupper() else letter for letter in kind.__name__).strip("_")
    assert kind.__struct_config__.tag == tag


def test_no_event_of_the_floor_says_that_somebody_came_went_or_wants_to_speak():
    assert {kind.__name__ for kind in FLOOR} == {
        "LobbyOpened", "DoorOpened", "SegmentBegan", "ReadingBegan", "FloorGiven", "TurnEnded", "Shared", "ShareRemoved",
        "TimeAdded", "FloorPaused", "FloorResumed", "MeetingClosed",
        "OrderNamed",  # an order that was announced, without whoever erased themselves since
    }
    assert {kind.__name__ for kind in DESK} == {
        "Knocked", "Admitted", "Declined", "SteppedAway", "PutOut", "DutyTaken", "DutyEnded", "DutyOffered", "DutyDeclined", "HandRaised",
        "HandLowered", "HandMoved", "MoreTimeAsked", "DeskNote", "Warned", "ListenOnly", "ListeningOver", "ShareHeld",
        "ShareReleased", "EditAsked", "ShareDropped", "ConcernRaised", "RaidBegan", "RaidOver", "RulesChanged", "SteppedBack", "TurnedBack",
        "Erased",
    }
    assert {kind.__name__ for kind in QUIET} == {"Heard", "NeedSaid", "RoleOver", "ReportSettled"}
    assert set(e.EVENTS) == {*FLOOR, *DESK, *QUIET, e.LineWritten, e.ReportNoted}, "and a line for each person"
    for kind in FLOOR:
        assert not {"who", "by", "order", "capacity", "agreement", "newcomer"} & set(kind.on_wire), kind


def test_every_event_is_listed_once_and_known_to_the_log():
    made = {
        kind for _, kind in inspect.getmembers(e, inspect.isclass)
        if issubclass(kind, e.Event) and kind.__struct_config__.tag and not kind.__name__.startswith("_") and kind is not e.Event
    }
    assert made == set(e.EVENTS) == set(e.AnyEvent.__args__)
    assert len({kind.__struct_config__.tag for kind in e.EVENTS}) == len(e.EVENTS)


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b'{"kind":"gossip"}', b'{"kind":"hand_raised"}', b'{"kind":"hand_raised","at":1}'])
def test_what_is_no_event_is_not_read_as_one(body):
    with pytest.raises(msgspec.DecodeError):
        e.from_body(body)


def test_in_a_whole_story_the_floor_is_numbered_without_gaps_and_learns_names_only_of_those_who_speak():
    stage = Stage(SHARES, TALK).begins("tom", "nia", "rosa")
    stage.tom(c.RaiseHand)
    stage.wait(30)
    stage.tom.shares("good evening")
    stage.rosa(c.Leave)
    stage.maya(c.NextSegment)
    stage.maya(asked_to_leave, who="nia")
    heads, floor = {"floor": 0, "desk": 0}, []
    for event in stage.log:
        heads[event.stream] += 1
        if event.stream == "floor":
            floor.append(e.wire(event, heads["floor"]))
    assert [entry["number"] for entry in floor] == list(range(1, stage.state.floor_head + 1))
    seen = msgspec.json.encode(floor).decode()
    assert "Tom" in seen and "good evening" in seen
    assert not [name for name in ("Maya", "Nia", "Rosa", "maya", "tom", "nia", "rosa") if name in seen]
