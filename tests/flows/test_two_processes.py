"""Two processes on one database: each hears within seconds what the other wrote, and nobody is kept
in by one whom the other has put out."""

import threading
import time

import requests
from socketio.exceptions import SocketIOError

from groups.accounts.sessions import COOKIE
from groups.meeting import commands as c
from tests import hours
from tests.sockets import until
from tests.steps import put_out

STALE = 5  # seconds until everybody must have heard


def test_each_hears_what_the_other_wrote_in_one_order(house, other, page, figures):
    people = [page("Tom", house), page("Nia", other), page("Maya", other)]
    told, latest = {}, []

    def speak(line):
        for number in range(10):
            words = f"{line.visit.name} {number}"
            assert line.share(words, f"by-{line.visit.name}-{number}")["ok"]
            told[words] = time.monotonic()

    speakers = [threading.Thread(target=speak, args=[line]) for line in people]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    for line in people:
        until(lambda line=line: len(line.shares()) == 30, within=STALE, what="everybody to have heard all of it")
        latest.append(time.monotonic() - max(told.values()))
    figures(stale_s=max(latest))
    assert people[0].transcript == people[1].transcript == people[2].transcript
    assert all(line.gaps == 0 for line in people)
    for name in ("Tom", "Nia", "Maya"):
        assert [words for words in people[0].shares() if words.startswith(name)] == [f"{name} {number}" for number in range(10)]


def shut(line, reason, event, **what):
    """Refused for that reason, or closed already: the other process may hear of it any moment."""
    try:
        assert line.ask(event, **what)["reason"] == reason
    except SocketIOError:
        assert not line.connected


def test_who_is_put_out_by_one_is_out_at_the_other(house, other, page):
    tom, maya = page("Tom", other), page("Maya", house)
    put_out(maya, hours.handle("Tom"))
    shut(tom, "left_for_tonight", "share", words="Still here?", client_id="tom-still-1")
    shut(tom, "not_let_in", "catch_up")
    until(lambda: not tom.connected, within=STALE, what="his page to be closed")
    assert tom.part["standing"] == "out"


def test_who_leaves_quickly_by_one_is_gone_from_the_room_at_the_other(house, other, page):
    tom, maya = page("Tom", house), page("Maya", house)
    assert "Tom" in [one["name"] for one in maya.desk["inside"]]
    requests.get(f"{other.url}/away", cookies={COOKIE: tom.visit.cookie}, allow_redirects=False, timeout=10)
    until(lambda: "Tom" not in [one["name"] for one in maya.desk["inside"]], within=STALE, what="his place to be free")


def test_who_was_taken_for_gone_by_another_process_and_comes_back_at_once_is_told_that_they_are_back(house, page, clerk, talk):
    """Gone and back is no change to a process that reads of both in one go; it is one to a page that came between."""
    nia = page("Nia", house)
    clerk.write(talk, c.Unseen(by=c.ROOM, who=hours.handle("Nia")))
    nia.enter()
    assert nia.part["standing"] == "left"
    assert (answer := nia.ask("knock"))["ok"], answer
    until(lambda: nia.part["standing"] == "inside", within=STALE, what="Nia to be told")


def test_the_same_share_to_both_is_one_share(house, other, page):
    first, second = page("Tom", house), page("Tom", other)
    answers = []
    for round_ in range(6):
        sends = [threading.Thread(target=lambda at=at, r=round_: answers.append(at.share(f"{r}", f"both-{r:04}"))) for at in (first, second)]
        for send in sends:
            send.start()
        for send in sends:
            send.join()
    assert all(answer["ok"] for answer in answers) and len({answer["number"] for answer in answers}) == 6
    until(lambda: first.shares() == second.shares() == [str(number) for number in range(6)], within=STALE)


def test_when_one_is_killed_the_other_carries_on(house, other, page):
    tom, nia = page("Tom", house), page("Nia", other)
    kept = tom.share("Before.", "tom-before-1")
    until(lambda: nia.shares() == ["Before."], within=STALE)
    house.kill()
    assert nia.share("The house is still standing.", "nia-after-1")["ok"]
    moved = page("Tom", other)
    assert moved.share("Before.", "tom-before-1") == kept and moved.transcript == nia.transcript
    house.restart(forked=True)
    back = page("Tom", house)
    assert back.transcript == nia.transcript
