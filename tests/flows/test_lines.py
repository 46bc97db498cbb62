"""Lines that break, double and come back: nothing is lost, nothing twice, everything in order."""

import threading
import time

from sqlalchemy import select

from groups.db import change
from groups.meeting import commands as c
from groups.membership.models import Membership
from groups.rota.models import Duty
from tests import hours
from tests.hours import TALK
from tests.sockets import Line, until

KEPT = ("Maya", "Tom", "Nia")


def test_the_same_share_again_has_the_same_number(page, talk):
    tom = page("Tom")
    first = tom.share("Once.", "client-id-1")
    assert first["ok"] and tom.share("Once.", "client-id-1") == first
    tom.close()
    back = page("Tom", visit=tom.visit)
    assert back.share("Once.", "client-id-1") == first
    other = page("Nia")
    assert other.share("Mine.", "client-id-1")["number"] != first["number"], "client ids are one's own"
    until(lambda: back.shares() == ["Once.", "Mine."])


def test_the_same_share_from_two_tabs_at_once_is_one_share(page, talk):
    tabs, answers = [page("Tom"), page("Tom")], []
    for round_ in range(8):
        sends = [threading.Thread(target=lambda tab=tab, r=round_: answers.append(tab.share(f"{r}", f"client-id-{r}"))) for tab in tabs]
        for send in sends:
            send.start()
        for send in sends:
            send.join()
    assert all(answer["ok"] for answer in answers), answers
    until(lambda: all(tab.shares() == [str(n) for n in range(8)] for tab in tabs))
    assert len({answer["number"] for answer in answers}) == 8


def test_what_was_said_while_the_line_was_down_is_there_after(page, talk):
    tom, nia = page("Tom"), page("Nia")
    nia.share("Before.", "nia-share-1")
    until(lambda: tom.shares() == ["Before."])
    known, visit = list(tom.transcript), tom.visit
    tom.close()
    missed = [nia.share(f"While {number}.", f"nia-share-{number}")["number"] for number in range(2, 7)]
    back = Line(visit, talk.public_id)
    back.transcript = known
    assert [entry["number"] for entry in back.enter()["floor"]["entries"]] == missed
    nia.share("After.", "nia-share-7")
    until(lambda: back.transcript == nia.transcript)
    assert back.gaps == 0


def test_a_hole_in_the_numbers_is_asked_for(page, talk):
    tom, nia = page("Tom"), page("Nia")
    nia.share("One.", "nia-share-1")
    until(lambda: tom.shares() == ["One."])
    hole = tom.transcript.pop()
    nia.share("Two.", "nia-share-2")
    until(lambda: tom.gaps, what="the hole to be noticed")
    tom.catch_up()
    assert tom.transcript == nia.transcript and hole in tom.transcript


def test_a_beacon_tells_the_last_number_to_whoever_missed_it(page, talk):
    tom = page("Tom")
    number = tom.share("Is anybody there?", "tom-share-1")["number"]
    until(lambda: ("head", {"meeting": talk.public_id, "number": number}) in tom.heard)


def test_two_tabs_of_one_person_know_the_same(page, talk):
    first, second, nia = page("Tom"), page("Tom"), page("Nia")
    number = first.share("From one tab.", "tom-share-1")["number"]
    nia.share("From her.", "nia-share-1")
    until(lambda: first.transcript == second.transcript == nia.transcript and first.shares() == ["From one tab.", "From her."])
    until(lambda: first.part == second.part and first.part["mine"] == [number])
    first.close()
    assert second.share("Still here.", "tom-share-2")["ok"], "one tab closed is not somebody gone"
    assert second.part["standing"] == "inside"


def test_everybody_hears_the_same_bytes_in_the_same_order(page, talk):
    """Several people at once; each socket's own order is kept, and all see one order."""
    people = [page(name) for name in KEPT for _ in range(2)]

    def speak(line, who):
        for number in range(9):
            answer = line.share(f"{who}/{number}", f"by-{who:02}-{number:02}")
            assert answer["ok"], answer

    speakers = [threading.Thread(target=speak, args=(line, who)) for who, line in enumerate(people)]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    until(lambda: all(len(line.shares()) == 9 * len(people) for line in people))
    assert all(line.transcript == people[0].transcript and line.gaps == 0 for line in people)
    for who in range(len(people)):
        mine = [words for words in people[0].shares() if words.startswith(f"{who}/")]
        assert mine == [f"{who}/{number}" for number in range(9)]


def test_coming_in_at_the_very_moment_of_being_let_in(house, clerk):
    """Whoever is told of the floor hears what happens on it next, however close the two are."""
    for attempt in range(2):
        meeting = clerk.plan(begins_in=0)
        names = [f"Ada {attempt} {letter}" for letter in "abcdef"]
        hours.join(*names)
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, chair="Maya")
        clerk.begin(meeting, "Maya")
        pages = [Line(house.visit(name), meeting.public_id) for name in names]
        for line in pages:
            assert line.ask("knock")["ok"]
        inside = []

        def come_in(line, inside=inside):
            while "floor" not in line.enter():
                time.sleep(0.03)  # nobody may ask more than twenty times in ten seconds
            inside.append(line)

        coming = [threading.Thread(target=come_in, args=[line]) for line in pages]
        for thread in coming:
            thread.start()
        maya = hours.handle("Maya")
        clerk.submit(meeting, *(c.Admit(by=maya, who=hours.handle(name)) for name in names))
        for thread in coming:
            thread.join()
        assert clerk.write(meeting, c.Share(by=maya, client_id=f"welcome-{attempt}", words="Welcome.")).number
        until(lambda inside=inside: all(line.shares() == ["Welcome."] for line in inside), what="all of them to hear it")
        for line in pages:
            line.close()


def test_who_steps_down_in_the_lobby_is_told_of_at_the_desk(house, clerk):
    meeting = clerk.plan(begins_in=9)
    with change() as (session, _):
        tom = session.scalar(select(Membership).where(Membership.name == "Tom"))
        session.add(Duty(meeting_id=meeting.id, membership_id=tom.id, kind="door"))
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, chair="Maya")
    maya = Line(house.visit("Maya"), meeting.public_id)
    maya.enter()
    assert house.visit("Tom").post(f"/g/{meeting.group.slug}/m/{meeting.public_id}/duties/end").status_code == 303
    told = "Somebody stepped down: Tom. The hour still needs somebody at the door."
    until(lambda: any(told in str(payload) for event, payload in maya.heard if event == "desk"), what="the desk to be told")
