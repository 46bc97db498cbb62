"""One check-in from its lobby to the end of its words: Maya chairs, Tom and Nia have the page open,
Pat has no script and comes by forms alone. The clock is moved; everything else is real."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.meeting.models import Entry
from groups.retention.models import Tidied
from tests import hours
from tests.sockets import Line, until

AGENDA = ["A quiet minute", "Welcome", "Check-in", "Talk", "One step off-screen", "Closing"]


@pytest.fixture
def pat(server):
    hours.join("Pat")
    return server.visit("Pat")


def at(meeting, way):
    return f"/g/{meeting.group.slug}/m/{meeting.public_id}/{way}"


def now(visit, meeting) -> dict:
    """What somebody without script sees on reloading."""
    assert visit.get(at(meeting, "room")).status_code == 200
    return visit.get(at(meeting, "now")).json()


def doing(line, word):
    """Wait until the page shows this."""
    return until(lambda: line.part.get("doing") == word, what=f"{line.visit.name} to be {word}, not {line.part.get('doing')}")


def part_of_the_hour(line, title):
    return until(lambda: (line.view.get("segment") or {}).get("title") == title, what=title)


def tidied(step):
    """Whether this step went well since the clock stands where it does now."""
    with reading() as session:
        done = session.scalar(select(Tidied.done_at).where(Tidied.step == step))
    return done is not None and clock.now() - done < timedelta(minutes=30)


def test_a_check_in_from_the_lobby_to_the_end(server, pat):
    move = server.freeze.forward
    meeting = hours.plan(begins_in=14, minutes=45, form="check-in-45")
    maya, tom, nia = (Line(server.visit(name), meeting.public_id) for name in ("Maya", "Tom", "Nia"))

    # The lobby opens by itself. They come to the door; only Pat has no socket.
    until(lambda: hours.phase(meeting) == "lobby", what="the lobby")
    for line in (maya, tom, nia):
        assert line.ask("knock")["ok"]
        line.enter()
    assert pat.post(at(meeting, "knock")).status_code == 303
    assert now(pat, meeting)["part"]["doing"] == "waiting" and tom.part["doing"] == "waiting"
    assert tom.ask("take_duty", duty="chair")["reason"] == "not_signed_up"
    assert maya.ask("take_duty", duty="chair")["ok"]
    assert [person["name"] for person in maya.enter()["desk"]["view"]["waiting"]] == ["Tom", "Nia", "Pat"]
    assert maya.ask("open_door")["reason"] == "too_early"
    assert maya.ask("admit_all")["ok"]
    for line in (tom, nia):
        doing(line, "early")
        assert "floor" in line.enter()
    assert now(pat, meeting)["part"]["doing"] == "early"

    # The hour.
    move(minutes=13, seconds=30)
    now(pat, meeting)
    assert maya.ask("open_door")["ok"]
    part_of_the_hour(tom, AGENDA[0])
    assert tom.share("Too soon.", "tom-too-soon")["reason"] == "no_words_now"
    move(seconds=95)  # half a minute early: the quiet minute has time to spare
    part_of_the_hour(tom, AGENDA[1])
    move(minutes=3)
    part_of_the_hour(tom, AGENDA[2])
    now(pat, meeting)

    # The round: the chair first, then as they came; somebody passes, somebody lets the time go by.
    move(seconds=6)
    doing(maya, "offered")
    doing(nia, "queued")
    assert tom.share("Not yet.", "tom-not-yet")["reason"] == "wait_your_turn"
    assert maya.share("A hard week, and a good walk.", "maya-says-1")["ok"]
    move(seconds=6)
    doing(tom, "offered")
    assert tom.ask("pass_turn")["ok"]
    move(seconds=6)
    doing(nia, "offered")
    so_far = len(nia.transcript)
    move(minutes=2, seconds=1)
    until(lambda: "turn_ended" in [one["kind"] for one in nia.transcript[so_far:]], what="her time to be over")
    assert nia.share("Just a moment more.", "nia-late-1")["reason"] == "wait_your_turn"
    move(seconds=6)
    until(lambda: now(pat, meeting)["part"]["doing"] == "offered", what="Pat's turn")
    page = pat.get(at(meeting, "room")).text
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)[1]
    refused = pat.post(at(meeting, "share"), client_id=client_id, words="w" * 4001)
    assert refused.status_code == 422 and "w" * 4001 in refused.text, "nothing typed is lost"
    assert pat.post(at(meeting, "share"), client_id=client_id, words="I have no script, and I am here.").status_code == 303
    pat.post(at(meeting, "share"), client_id=client_id, words="I have no script, and I am here.")  # pressed twice
    until(lambda: len(tom.shares()) == 2)
    move(seconds=6)

    # Open talk, at everybody's own pace.
    part_of_the_hour(nia, AGENDA[3])
    doing(nia, "open")
    assert nia.share("What helped me was calling somebody.", "nia-says-1")["ok"]
    hasty = nia.share("And another thing.", "nia-says-2")
    assert hasty["reason"] == "a_moment_between" and 50 <= hasty["seconds"] <= 60
    move(seconds=61)
    assert nia.share("And another thing.", "nia-says-2")["ok"]
    number = tom.share("I take this back.", "tom-says-1")["number"]
    assert tom.ask("remove_share", number=number)["ok"]
    assert maya.ask("add_minute")["ok"] and maya.ask("next_segment")["ok"]
    now(pat, meeting)
    part_of_the_hour(tom, AGENDA[4])
    for line in (maya, tom, nia):
        move(seconds=6)
        doing(line, "offered")
        assert line.ask("pass_turn")["ok"]
    move(seconds=6)
    until(lambda: now(pat, meeting)["part"]["doing"] == "offered")
    assert pat.post(at(meeting, "pass_turn")).status_code == 303
    move(seconds=6)
    part_of_the_hour(tom, AGENDA[5])

    # The room closes by itself; everybody holds the same transcript, and it is the database's.
    closes = clock.now()
    for _ in range(5):  # Pat's page reloads meanwhile: whoever is not seen for five minutes has gone
        move(minutes=4)
        now(pat, meeting)
    for line in (maya, tom, nia):
        doing(line, "over")
    assert clock.now() - closes >= timedelta(minutes=20) and hours.phase(meeting) == "sealed"
    assert tom.share("One more.", "tom-after")["reason"] == "meeting_closed"
    assert tom.shares() == [
        "A hard week, and a good walk.", "I have no script, and I am here.", "What helped me was calling somebody.", "And another thing.", None
    ]
    by_form = pat.get(at(meeting, "entries?after=0")).json()["entries"]
    maya.catch_up()
    for line in (tom, nia):
        assert [e["kind"] for e in line.transcript] == [e["kind"] for e in by_form] and line.gaps == 0
        assert [e["number"] for e in line.transcript] == [e["number"] for e in by_form]
    assert now(pat, meeting)["part"]["doing"] == "over"
    with reading() as session:
        stored = session.execute(select(Entry.stream, Entry.number).where(Entry.meeting_id == meeting.id).order_by(Entry.position)).all()
        words = [sealed for sealed in session.scalars(select(Entry.sealed_words).where(Entry.meeting_id == meeting.id)) if sealed]
    for stream in ("floor", "desk"):
        numbers = [number for of, number in stored if of == stream]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(words) == 4, "one was taken back"

    # An hour later the words are gone for good, here and in any other process.
    key = server.folder / "keys" / f"{meeting.public_id}.key"
    assert key.exists()
    move(minutes=61)
    until(lambda: hours.phase(meeting) == "purged", what="the house to tidy by itself")
    assert not key.exists() and hours.position(meeting) == 0
    until(lambda: tidied("disk"), what="the disk to be wiped")
    for restarted in (False, True):
        if restarted:
            server.kill()
            server.restart(forked=True)
            tom = Line(tom.visit, meeting.public_id)
        assert pat.get(at(meeting, "entries")).status_code == 403
        assert now(pat, meeting)["lobby"] == {"phase": "purged"}
        assert tom.ask("catch_up")["reason"] == "meeting_over"
        assert tom.ask("enter")["snapshot"]["part"]["doing"] == "over" and "floor" not in tom.ask("enter")["snapshot"]
        assert tom.share("Is anybody here?", "tom-much-later")["reason"] == "meeting_over"
    files = [file.read_bytes() for file in server.folder.rglob("*") if file.is_file()]
    assert not [file for file in files for sealed in words if sealed in file], "not even sealed"
    assert not [file for file in files if b"no script, and I am here" in file]
    assert "no script" not in json.dumps(server.log)
