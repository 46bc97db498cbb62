"""One account belongs to two groups, and is in both their rooms tonight. Everything that reaches those who
watch in the one and those who watch in the other is kept and laid side by side: nothing that is not
public anyway is in both, so nobody can tell by it that two names are one person."""

import re
from zoneinfo import available_timezones

import pytest

from groups.accounts.models import Account
from groups.db import change, reading
from groups.http import fingerprint
from groups.meeting.commands_safety import RaiseConcern
from groups.membership.models import Group, Membership
from groups.membership.names import name_key
from groups.settings import ROOT
from tests import hours
from tests.sockets import Line, Wire

NUMBER = 7305918264  # of the account: long enough to be found wherever it slipped through
SHORTEST = 6  # characters of what would count as a link
TOKEN = re.compile(rb"[A-Za-z0-9]{%d,}" % SHORTEST)
READ_AT = re.compile(rb"(DTSTAMP:|LAST-MODIFIED:|[?&;]at=)\w+")  # the moment the reader asked, in a file or a link
FORM_TOKEN = re.compile(rb"[\w-]{20,}\.[\w-]{6}\.[\w-]{20,}")  # the reader's own; its middle is the second it was made in
LINKS = re.compile(r'href="(/[^"#]*)')
NAMES = {"Harbour": "Quentin", "Willow": "Beatrix"}
ROOMS = {"Harbour": "The Quay", "Willow": "The Grove"}
WATCHING = {"Harbour": ("Maya", "Nia"), "Willow": ("Rosa", "Vera")}  # who looks after it, and a member


def tokens(*said: bytes) -> set[bytes]:
    """Whatever could be a name, an id, a key or a number in these bytes."""
    return {token.lower() for one in said for token in TOKEN.findall(READ_AT.sub(b"", FORM_TOKEN.sub(b"", one)))}


def walk(visit, *starts: str, most: int = 60) -> bytes:
    """Every page of a group one gets to from here, with its headers, and its address before it."""
    seen, waiting, told = set(), list(starts), b""
    while waiting and len(seen) < most:
        path = waiting.pop(0).replace("&amp;", "&")
        if path not in seen:
            seen.add(path)
            answer = visit.get(path)
            told += f"\nGET {path}\n".encode() + repr(sorted(answer.headers.items())).encode() + answer.content
            if "html" in answer.headers.get("Content-Type", ""):
                waiting += [link for link in LINKS.findall(answer.text) if link.startswith("/g/")]
    return told


def watch(house, visit, meeting) -> bytes:
    """Everything a page that opens in that room is sent, from the first packet to all that was said."""
    wire = Wire(house, visit.cookie)
    assert wire.connect()
    for number, event in enumerate(("enter", "catch_up"), 1):
        wire.event(event, {"meeting": meeting.public_id}, number=number)
        wire.answer(number)
    wire.close()
    return "".join(wire.said).encode()


def in_the_open(house) -> set[bytes]:
    """What anybody has anyway: the source, and every page and packet a stranger gets."""
    files = [file for top in ("groups", "realtime", "templates", "static") for file in (ROOT / top).rglob("*") if file.is_file()]
    stranger = house.visit()
    first = Wire(house)
    prints = [fingerprint(str(ROOT / "static"), str(file.relative_to(ROOT / "static"))).encode() for file in files if "static" in file.parts]
    zones = " ".join([*available_timezones(), "optgroup"]).encode()
    return tokens(walk(stranger, "/", "/groups/new"), zones, first.said[0].encode(), *prints, *(file.read_bytes() for file in files))


@pytest.fixture
def somebody(house):
    """The same account in Harbour and in Willow, by two names."""
    with change() as (session, _):
        account = Account(id=NUMBER)
        for group in session.query(Group).all():
            name = NAMES[group.name]
            session.add(Membership(account=account, group=group, name=name, name_key=name_key(name), first_shared_at=group.founded_at))
    return {group: hours.handle(name) for group, name in NAMES.items()}


def live(clerk, group, begins_in):
    """An hour in its open talk with everybody inside."""
    moderator, member = WATCHING[group]
    meeting = clerk.plan(ROOMS[group], begins_in=begins_in, minutes=45, form="check-in-45")
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, member, NAMES[group], chair=moderator)
    clerk.begin(meeting, moderator, 3)
    return meeting


def test_what_two_observers_get_joins_no_two_names(house, clerk, somebody):
    meetings = {group: live(clerk, group, begins_in) for group, begins_in in (("Harbour", 0), ("Willow", -2))}
    watchers = {group: {name: house.visit(name) for name in WATCHING[group]} for group in NAMES}
    heard = {group: b"".join(watch(house, visit, meetings[group]) for visit in watchers[group].values()) for group in NAMES}

    # One browser, one cookie, both rooms: says something, somebody worries, and it all is erased.
    browser = house.visit(NAMES["Harbour"])
    for group, said in (("Harbour", "First of all hello."), ("Willow", "Evening everyone.")):
        page = Line(browser, meetings[group].public_id)
        page.enter()
        number = page.share(said, f"{group}-client-id")["number"]
        clerk.write(meetings[group], RaiseConcern(by=hours.handle(WATCHING[group][1]), number=number))
        page.ask("write_line", words=f"To you in {group}.", client_id=f"{group}-line-id")
    for erased in (False, True):
        if erased:
            browser.get("/me/erase")
            assert browser.post("/me/erase").status_code == 303
        for group, meeting in meetings.items():
            heard[group] += b"".join(watch(house, visit, meeting) for visit in watchers[group].values())
            heard[group] += b"".join(walk(visit, f"/g/{meeting.group.slug}", "/desk") for visit in watchers[group].values())

    for group, other in (("Harbour", "Willow"), ("Willow", "Harbour")):
        for there in (NAMES[group], somebody[group]):
            assert there.encode() in heard[group], "there was something to see"
            assert there.encode() not in heard[other], "neither the name nor the handle of the other group"
    assert tokens(heard["Harbour"]) & tokens(heard["Willow"]) - in_the_open(house) == set()
    with reading() as session:
        assert session.get(Account, NUMBER) is None


def test_a_link_would_be_seen():
    """The comparison finds what it is for: the account's number, an id, or half a digest, anywhere in both."""
    for planted in (str(NUMBER), "x9fkq2", "Wz0aB3kQ"):
        one, two = f'<p id="a-{planted}">'.encode(), f'{{"who":"{planted}"}}'.encode()
        assert tokens(one) & tokens(two) == {planted.lower().encode()}
