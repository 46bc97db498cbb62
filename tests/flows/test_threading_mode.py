"""The same house with threads instead of a loop: a meeting over sockets, start to end."""

import threading

import pytest

from tests import hours
from tests.hours import TALK
from tests.sockets import Line, Wire, until

SHARES = 12


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory):
    with hours.settled(moved_in, tmp_path_factory.mktemp("threads"), mode="threading") as server:
        yield server


def test_a_meeting_with_threads(house, clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    maya, tom, nia = (Line(house.visit(name), meeting.public_id) for name in ("Maya", "Tom", "Nia"))
    for line in (maya, tom, nia):
        assert line.ask("knock")["ok"]
        line.enter()
    assert maya.ask("take_duty", duty="chair")["ok"] and maya.ask("admit_all")["ok"]
    until(lambda: tom.part["doing"] == nia.part["doing"] == "early")
    for line in (maya, tom, nia):
        line.enter()
    assert maya.ask("open_door")["ok"]
    people = (maya, tom, nia)

    answers = []

    def speak(line):
        answers.extend(line.share(f"{line.visit.name} {number}", f"by-{line.visit.name}-{number:02}") for number in range(SHARES))

    speakers = [threading.Thread(target=speak, args=[line]) for line in people]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    assert all(answer["ok"] for answer in answers), answers
    until(lambda: all(len(line.shares()) == SHARES * len(people) for line in people), what="everybody to hear everything")
    assert tom.transcript == nia.transcript == maya.transcript
    assert maya.ask("remove_now", who=hours.handle("Nia"), why="threats", agreement=1)["ok"]
    until(lambda: not nia.connected, within=2, what="her page to be closed")
    assert tom.visit.post("/sign-out").status_code == 303
    until(lambda: not tom.connected, within=2, what="his page to be closed")
    assert maya.ask("close")["ok"]
    until(lambda: maya.part["doing"] == "over")


def test_the_door_is_the_same(house):
    tom = house.visit("Tom")
    assert Wire(house, tom.cookie).connect()
    for how in ({"origin": "https://evil.example"}, {"origin": None}):
        with pytest.raises(Exception, match="Handshake status 40"):
            Wire(house, tom.cookie, **how)
    assert tom.get("/socket.io/?EIO=4&transport=polling").status_code == 400
    noisy = Wire(house, tom.cookie)
    noisy.connect()
    with pytest.raises(OSError):
        for _ in range(500):
            noisy.send("4x")
        noisy.hung_up(within=3)
        raise OSError
