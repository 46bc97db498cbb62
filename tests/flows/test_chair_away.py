"""The floor exists while somebody on duty holds it: by an open page, or by plain reloading."""

import time

import pytest

from groups import clock
from groups.meeting import seats
from tests import hours
from tests.hours import TALK
from tests.sockets import Line, until


@pytest.fixture
def talk(server):
    with hours.Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, "Tom", chair="Maya")
        clerk.begin(meeting, "Maya")
    return meeting


def test_the_floor_rests_while_the_chairs_line_is_down(server, talk):
    tom, maya = Line(server.visit("Tom"), talk.public_id), Line(server.visit("Maya"), talk.public_id)
    tom.enter(), maya.enter()
    for _ in range(3):  # a line that is back at once was never gone
        maya.close()
        maya = Line(maya.visit, talk.public_id)
        maya.enter()
    maya.close()
    began = time.monotonic()
    until(lambda: tom.part["doing"] == "paused", within=seats.GRACE.seconds + 2, what="the floor to rest")
    assert time.monotonic() - began > seats.GRACE.seconds - 1, "a tunnel is no reason"
    assert tom.share("Is anybody there?", "tom-alone-1")["reason"] == "floor_paused"
    until(lambda: tom.view["paused"] == "nobody_on_duty")
    maya = Line(maya.visit, talk.public_id)
    maya.enter()
    until(lambda: tom.part["doing"] == "open" and tom.view["paused"] is None, within=3, what="the floor to wake")
    assert tom.share("Is anybody there?", "tom-alone-1")["ok"]
    assert [entry["kind"] for entry in tom.transcript if "floor_" in entry["kind"]] == ["floor_paused", "floor_resumed"]


def test_a_chair_without_script_holds_the_floor_by_reloading(server, talk):
    tom, maya, move = Line(server.visit("Tom"), talk.public_id), server.visit("Maya"), server.freeze.forward
    room = f"/g/{talk.group.slug}/m/{talk.public_id}/room"
    tom.enter()
    for number in range(4):
        assert maya.get(room).status_code == 200
        move(seconds=30)
        answer = tom.share(f"Half a minute {number}.", f"tom-says-{number}")
        assert answer["ok"], answer
    until(lambda: len(tom.shares()) == 4)
    move(seconds=30)
    # The clock was moved, not the time; a jump says nothing about who is there, and is rested first.
    until(lambda: tom.part["doing"] == "paused", within=clock.Jumps.REST + 15, what="the floor to rest: nobody reloaded")
    assert [entry["kind"] for entry in tom.transcript if "floor_" in entry["kind"]] == ["floor_paused"]


def test_whoever_serves_beside_does_not_wake_the_floor_by_coming_back(server):
    """The floor is the chair's to hold: a second who reloads their page holds nothing."""
    with hours.Clerk(server) as clerk:
        talk = clerk.plan(begins_in=0)
        clerk.open_lobby(talk, TALK)
        clerk.bring_in(talk, "Tom", chair="Maya", door="Nia")
        clerk.begin(talk, "Maya")
        tom, nia = Line(server.visit("Tom"), talk.public_id), Line(server.visit("Nia"), talk.public_id)
        tom.enter(), nia.enter()
        seats.line_dropped(talk.id, hours.handle("Maya"), clock.now() - seats.GRACE)
        until(lambda: tom.view["paused"] == "chair_away", within=7, what="the floor to rest")
        nia = Line(nia.visit, talk.public_id)
        nia.enter()
        assert nia.share("Are we on again?", "nia-after-1")["reason"] == "floor_paused"
        assert tom.view["paused"] == "chair_away"
