"""Going, being asked to go, and words that are taken back: who may not hear any more, does not."""

import json
import sqlite3

import pytest
from sqlalchemy import delete, select, update

from groups import clock
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.db import change
from groups.meeting import commands as c
from groups.membership.models import Membership
from tests import hours
from tests.sockets import Line, Wire, until
from tests.steps import put_out

TALK = 3  # the segment of a check-in where anyone may speak


@pytest.fixture
def talk(clerk):
    """A check-in in its open talk: Maya chairs, Tom and Nia are inside."""
    meeting = clerk.plan(begins_in=0, minutes=45, form="check-in-45")
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", TALK)
    return meeting


@pytest.fixture
def room(house, talk):
    """Everybody's open page."""
    pages = {name: Line(house.visit(name), talk.public_id) for name in ("Maya", "Tom", "Nia")}
    for page in pages.values():
        page.enter()
    return pages


def url(meeting, verb):
    return f"/g/{meeting.group.slug}/m/{meeting.public_id}/{verb}"


def test_signing_out_everywhere_else_drops_what_is_open_there(house, talk):
    here, elsewhere = house.visit("Tom"), [house.visit("Tom"), house.visit("Tom")]
    mine, theirs = Line(here, talk.public_id), [Line(one, talk.public_id) for one in elsewhere]
    others = Line(house.visit("Nia"), talk.public_id)
    here.get("/me")
    assert here.post("/me/browsers/end").status_code == 303
    until(lambda: not any(line.connected for line in theirs), within=5, what="the other browsers' lines to be closed")
    assert mine.connected and others.connected
    assert elsewhere[0].get("/me", allow_redirects=False).status_code == 303


def test_signing_out_drops_that_browser_and_no_other(house, talk):
    here, elsewhere = house.visit("Tom"), house.visit("Tom")
    tabs, phone, held = [Line(here, talk.public_id) for _ in range(2)], Line(elsewhere, talk.public_id), Wire(house, here.cookie)
    held.connect()
    held.event("enter", {"meeting": talk.public_id}, number=1)
    assert held.answer(1)["ok"]
    before = hours.position(talk)
    here.post("/sign-out")
    until(lambda: not any(tab.connected for tab in tabs), within=1, what="both tabs to be closed")
    try:
        held.event("share", {"meeting": talk.public_id, "client_id": "c" * 10, "words": "Still here?"}, number=2)
        held.event("catch_up", {"meeting": talk.public_id}, number=3)
    except OSError:
        pass
    held.hung_up(within=2)
    assert not [packet for packet in held.said if packet.startswith(("432", "433"))], "no answer at all"
    assert hours.position(talk) == before
    assert phone.connected and phone.enter()["part"]["standing"] == "inside"
    again = Wire(house, here.cookie)
    again.send("40")
    assert "sign_in_first" in again.hear()


def test_leaving_the_group_ends_everything_at_once(house, clerk, talk, room):
    """Not only may nothing more be said: the place in the round goes on to the next."""
    hours.join("Lea")
    clerk.bring_in(talk, "Lea", chair="Maya")
    clerk.write(talk, c.NextSegment(by=hours.handle("Maya")))
    lea = Line(house.visit("Lea"), talk.public_id)
    assert lea.enter()["part"]["doing"] == "queued"
    until(lambda: "Lea" in [person["name"] for person in room["Maya"].desk["order"]], what="the desk to know her")
    held = Wire(house, lea.visit.cookie)
    held.connect()
    held.event("enter", {"meeting": talk.public_id}, number=1)
    assert held.answer(1)["snapshot"]["part"]["standing"] == "inside"
    lea.visit.post(f"/g/{talk.group.slug}/leave")
    until(lambda: not lea.connected, within=1, what="her page to be closed")
    held.hung_up(within=2)
    until(lambda: "Lea" not in [person["name"] for person in room["Maya"].desk["inside"]], within=1, what="her place to be free")
    assert "Lea" not in [person["name"] for person in room["Maya"].desk["order"]]
    assert lea.visit.get(url(talk, "entries")).status_code == 404
    back = Line(lea.visit, talk.public_id)
    for event in ("enter", "catch_up", "knock", "raise_hand"):
        assert back.ask(event)["reason"] == "not_found"


def test_who_is_put_out_hears_nothing_more(house, talk, room):
    tom, maya = room["Tom"], room["Maya"]
    second_tab = Line(tom.visit, talk.public_id)
    second_tab.enter()
    put_out(maya, hours.handle("Tom"))
    until(lambda: not tom.connected and not second_tab.connected, within=1, what="both tabs to be closed")
    assert tom.part["standing"] == "out"
    heard = len(tom.heard)
    assert room["Nia"].share("After he went.", "nia-after-1")["ok"]
    back = Line(tom.visit, talk.public_id)
    assert "floor" not in back.enter()
    assert back.ask("catch_up")["reason"] == "not_let_in"
    assert back.ask("knock")["reason"] == "left_for_tonight"
    assert back.share("Let me in.", "tom-after-1")["reason"] == "left_for_tonight"
    assert "After he went" not in json.dumps(back.heard) and len(tom.heard) == heard
    assert "After he went" not in tom.visit.get(url(talk, "now")).text
    assert tom.visit.get(url(talk, "entries")).status_code == 403


def test_the_door_is_quiet(house, clerk, talk, room):
    """Somebody comes, goes, comes back: those on the floor hear nothing, not even a number."""
    nia, floor = room["Nia"], len(room["Nia"].heard)
    hours.join("Quiet Ada")
    ada = Line(house.visit("Quiet Ada"), talk.public_id)
    assert ada.ask("knock")["ok"] and room["Maya"].ask("admit", who=hours.handle("Quiet Ada"))["ok"]
    ada.enter()
    assert ada.ask("leave")["ok"] and ada.ask("knock")["ok"]
    ada.close()
    until(lambda: [e["kind"] for _, d in room["Maya"].heard if _ == "desk" for e in d["entries"]][-2:] == ["knocked", "admitted"])
    heard = nia.heard[floor:]
    assert "Ada" not in str(heard)
    assert [data for event, data in heard if event == "entries" and data["entries"] or event in ("part", "desk")] == []
    assert {data["number"] for event, data in heard if event == "head"} <= {nia.head}


def test_removal_reaches_back(house, clerk, talk, room):
    words = "the name of the street where I live"
    number = room["Tom"].share(words, "tom-regrets-1")["number"]
    until(lambda: all(page.shares() == [words] for page in room.values()), what="everybody to have heard it")
    with sqlite3.connect(house.folder / "lamplight.db") as database:
        mine = "SELECT sealed_words FROM entries WHERE meeting_id = ? AND stream = 'floor' AND number = ?"
        sealed = database.execute(mine, (talk.id, number)).fetchone()[0]
        assert sealed and words.encode() not in sealed
    heard = {name: len(page.heard) for name, page in room.items()}
    assert room["Maya"].ask("remove_share", number=number, agreement=3)["ok"]
    until(lambda: all(page.shares() == [None] for page in room.values()), what="everybody to have it removed")
    hours.join("Late Leo")
    late = Line(house.visit("Late Leo"), talk.public_id)
    late.ask("knock")
    room["Maya"].ask("admit_all")
    sent = [late.enter(), late.ask("catch_up"), room["Tom"].ask("catch_up"), room["Tom"].ask("enter"), room["Tom"].share(words, "tom-regrets-1")]
    sent += [page.heard[heard[name]:] for name, page in room.items()] + [late.heard]
    for visit in (late.visit, room["Maya"].visit):
        sent += [visit.get(url(talk, way)).text for way in ("now", "entries", "room")]
    assert words not in json.dumps(sent)
    assert [entry["words"] for entry in late.transcript if entry["kind"] == "shared"] == [None]
    with sqlite3.connect(house.folder / "lamplight.db") as database:
        assert database.execute(mine, (talk.id, number)).fetchone()[0] is None
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in house.folder.glob("lamplight.db*"):
        assert words.encode() not in file.read_bytes() and sealed not in file.read_bytes(), file.name
    assert words not in house.log


def test_nobody_takes_back_what_somebody_else_said(room):
    number = room["Nia"].share("A line of mine.", "nia-keeps-1")["number"]
    assert room["Tom"].ask("remove_share", number=number)["reason"] == "for_those_on_duty"
    assert room["Nia"].ask("remove_share", number=number)["ok"], "but everybody their own"


@pytest.mark.parametrize("how", ["left the group", "signed out", "came in as somebody else"])
def test_no_notice_is_needed(house, clerk, talk, room, how):
    """Another process wrote it and told nobody here: every event is refused from then on, and within
    five seconds the page is closed."""
    name = f"Gone {how[:4]}"
    hours.join(name)
    clerk.bring_in(talk, name, chair="Maya")
    line = Line(house.visit(name), talk.public_id)
    assert line.enter()["part"]["standing"] == "inside"
    this_browser = SignIn.token_hash == hashed(line.visit.cookie)
    with change() as (session, _):
        if how == "left the group":
            session.execute(update(Membership).where(Membership.name == name).values(left_at=clock.now()))
        elif how == "signed out":
            session.execute(delete(SignIn).where(this_browser))
        else:
            vera = select(Membership.account_id).where(Membership.name == "Vera").scalar_subquery()
            session.execute(update(SignIn).where(this_browser).values(account_id=vera))
    reason = "not_found" if how == "left the group" else "signed_out"
    for ask in (lambda: line.ask("enter"), lambda: line.ask("catch_up"), lambda: line.share("Still here?", "gone-share"), lambda: line.ask("leave")):
        assert ask()["reason"] == reason
    heard = len(line.heard)
    room["Tom"].share("Among ourselves.", f"tom-{name[5:]}")
    until(lambda: not line.connected, within=5, what="the page to be closed")
    late = [data for event, data in line.heard[heard:] if event == "entries"]
    assert not late or "Among ourselves" in str(late[0]), "at most what was said in the first moment"
    assert room["Tom"].connected


def test_no_answer_overtakes_a_removal(house, clerk, talk):
    """Whoever asks at the very moment of a removal is answered before it, or without the words."""
    words, asking = "words to be taken back", []
    maya = Line(house.visit("Maya"), talk.public_id)
    for _ in range(8):
        wire = Wire(house, house.visit("Nia").cookie)
        wire.connect()
        wire.event("enter", {"meeting": talk.public_id}, number=99)
        assert wire.answer(99)["ok"]
        asking.append(wire)
    number = Line(house.visit("Tom"), talk.public_id).share(words * 20, "tom-regrets-9")["number"]
    for round_ in range(18):
        for wire in asking:
            wire.event("catch_up", {"meeting": talk.public_id}, number=round_)
        if round_ == 6:
            maya.say("remove_share", {"meeting": talk.public_id, "number": number})
    for wire in asking:
        wire.answer(17)
        while not any("share_removed" in packet for packet in wire.said):  # on a busy machine it may be the last to come
            assert wire.hear() is not None
        removed = next(at for at, packet in enumerate(wire.said) if "share_removed" in packet)
        assert [packet[:12] for packet in wire.said[removed:] if words in packet] == []
