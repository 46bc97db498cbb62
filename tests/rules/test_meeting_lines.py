"""Private words: a line from anybody to those on duty, also from the door, and what those on duty say
among themselves. Nobody else hears of any of them."""

import msgspec
import pytest

from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.decide import already
from groups.meeting.views import desk_view, floor_view
from tests.rules.stage import CLOSING, NAMES, SHARES, TALK, Stage, body_and_back
from tests.steps import asked_to_leave

LINE, DESK = {"client_id": "1", "words": "…"}, {"client_id": "2", "words": "…"}


@pytest.fixture
def stage():
    """Maya chairs, Rosa is second, Tom and Nia are inside, Vera waits at the door."""
    stage = Stage(TALK, CLOSING).begins("tom", "nia")
    stage.rosa.comes().serves("second")
    stage.vera(c.Knock, name="Vera")
    return stage


def streams(events):
    return [event.stream for event in events]


# --- who may -------------------------------------------------------------------------------------------


def test_anybody_here_writes_on_their_own_line_at_the_door_or_inside(stage):
    for handle in ("tom", "vera", "maya"):
        assert streams(getattr(stage, handle)(c.WriteLine, **LINE)) == [f"line:{handle}"]
    assert stage.otto.refused(c.WriteLine, **LINE) == "come_first"
    stage.nia(c.Leave)
    assert stage.nia.refused(c.WriteLine, **LINE) == "come_first"


@pytest.mark.parametrize("sends_away", [c.Decline, asked_to_leave])
def test_who_was_sent_away_has_no_line_but_may_still_be_written_to(stage, sends_away):
    stage.maya(sends_away, who="vera")
    assert stage.vera.refused(c.WriteLine, **LINE) == "come_first"
    assert streams(stage.maya(c.WriteLine, who="vera", **LINE)) == ["line:vera"]


def test_only_those_on_duty_write_on_somebody_elses_line(stage):
    assert stage.tom.refused(c.WriteLine, who="nia", **LINE) == "for_those_on_duty"
    assert stage.tom.refused(c.WriteLine, who="tom", **LINE) is None
    assert stage.maya.refused(c.WriteLine, who="otto", **LINE) == "not_here"
    answer = stage.rosa(c.WriteLine, who="tom", **LINE)[0]
    assert e.wire(answer, 1) | {"at": None} == {"number": 1, "kind": "line_written", "at": None, "name": "Rosa", "words": "…"}


def test_only_those_on_duty_write_at_the_desk(stage):
    assert stage.tom.refused(c.WriteDesk, **DESK) == stage.vera.refused(c.WriteDesk, **DESK) == "for_those_on_duty"
    assert stage.otto.refused(c.WriteDesk, **DESK) == "for_those_on_duty"
    assert streams(stage.rosa(c.WriteDesk, **DESK)) == ["desk"]


def test_what_somebody_wrote_at_the_door_still_waits_for_an_answer_when_they_are_inside(stage):
    stage.vera(c.WriteLine, **LINE)
    stage.maya(c.AdmitAll)
    assert [(line["name"], line["answered"]) for line in desk_view(stage.state, stage.now)["lines"]] == [("Vera", False)]


def test_when_the_hour_is_over_so_are_the_lines(stage):
    stage.maya(c.Close)
    assert stage.tom.refused(c.WriteLine, **LINE) == stage.maya.refused(c.WriteDesk, **DESK) == "meeting_over"
    assert stage.vera.refused(c.WriteLine, **LINE) == "meeting_over"


# --- numbers -------------------------------------------------------------------------------------------


def test_every_stream_is_numbered_by_itself_and_nobodys_tells_of_anothers(stage):
    floor, desk = stage.state.floor_head, stage.state.desk_head
    for number, handle in enumerate(("tom", "nia", "tom", "vera", "tom")):
        getattr(stage, handle)(c.WriteLine, client_id=str(number), words="…")
    stage.maya(c.WriteLine, client_id="m", words="…", who="tom")
    stage.maya(c.WriteDesk, **DESK)
    heads = [stage.state.head(f"line:{handle}") for handle in ("tom", "nia", "vera", "rosa")]
    assert heads == [4, 1, 1, 0] and stage.state.floor_head == floor and stage.state.desk_head == desk + 1
    assert stage.tom.sees()["line"] == 4 and "line" not in stage.rosa.sees()
    assert stage.is_as_its_log()


def test_a_line_sent_twice_is_one_line_and_anybody_may_have_a_number_one(stage):
    assert stage.tom(c.WriteLine, **LINE) and stage.tom(c.WriteLine, **LINE) == []
    assert stage.maya(c.WriteDesk, client_id="1", words="…") and stage.maya(c.WriteDesk, client_id="1", words="…") == []
    assert already(stage.state, c.WriteLine(by="tom", **LINE)) == 1
    assert stage.nia(c.WriteLine, **LINE)


def test_those_on_duty_see_whose_line_waits_for_an_answer(stage):
    stage.tom(c.WriteLine, **LINE)
    stage.vera(c.WriteLine, **LINE)
    stage.maya(c.WriteLine, who="tom", **LINE)
    lines = {line["name"]: (line["answered"], line["number"]) for line in desk_view(stage.state, stage.now)["lines"]}
    assert lines == {"Tom": (True, 2), "Vera": (False, 1)}


# --- always there ----------------------------------------------------------------------------------------


def test_lines_stay_open_in_a_hush_and_while_the_floor_rests(stage):
    stage.maya(c.Hush)
    assert stage.tom(c.WriteLine, **LINE) and stage.vera(c.WriteLine, **LINE) and stage.maya(c.WriteDesk, **DESK)
    stage.maya(c.GoOn)
    stage.do(c.HoldLost(by=c.ROOM))
    assert stage.nia(c.WriteLine, **LINE) and stage.rosa(c.WriteDesk, **DESK)


def test_lines_are_open_in_the_lobby_and_in_a_reading():
    stage = Stage(SHARES, fallback=(CLOSING,))
    stage.tom(c.Knock, name="Tom")
    assert stage.tom(c.WriteLine, **LINE)
    stage.wait(minutes=25)
    assert stage.state.unled and stage.tom.refused(c.WriteLine, client_id="3", words="…") is None


# --- apart -----------------------------------------------------------------------------------------------


def test_words_are_sealed_apart_and_in_no_body_whoever_wrote_them(stage):
    wrote = [
        *stage.tom(c.WriteLine, client_id="1", words="SECRET"), *stage.maya(c.WriteDesk, client_id="1", words="SECRET"),
        *stage.vera(c.WriteLine, client_id="1", words="SECRET"), *stage.nia(c.Share, client_id="1", words="SECRET"),
    ]
    assert len(wrote) == 4
    for event in wrote:
        assert b"SECRET" not in e.to_body(event) and event.words == "SECRET"
        assert body_and_back(event) == msgspec.structs.replace(event, words=None)
    assert "SECRET" not in msgspec.json.encode([floor_view(stage.state), desk_view(stage.state, stage.now)]).decode()


def test_nobody_learns_from_their_own_page_or_the_floor_that_others_have_lines(stage):
    def seen():
        parts = [getattr(stage, handle).sees() for handle in ("nia", "rosa", "vera")]
        return msgspec.json.encode([floor_view(stage.state), parts])

    before = seen()
    stage.tom(c.WriteLine, **LINE)
    stage.maya(c.WriteLine, who="tom", **LINE)
    stage.rosa(c.WriteDesk, **DESK)
    assert seen() == before
    assert not [name for name in NAMES.values() if name.encode() in msgspec.json.encode(floor_view(stage.state))]
