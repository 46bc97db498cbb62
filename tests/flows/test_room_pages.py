"""The meeting's page as the server draws it, read without a browser."""

import re

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from tests import hours


def read(house, meeting, name):
    """The page as this person gets it."""
    return house.visit(name).get(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room").text


def test_every_button_of_the_room_says_what_it_does(house, clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting)
    clerk.write(meeting, *(c.Knock(by=hours.handle(name), name=name) for name in ("Maya", "Tom")))
    pages = [read(house, meeting, name) for name in ("Maya", "Tom", "Nia")]
    clerk.bring_in(meeting, "Tom", chair="Maya")
    clerk.begin(meeting, "Maya", 2)
    pages += [read(house, meeting, name) for name in ("Maya", "Tom", "Nia")]
    for page in pages:
        buttons = re.findall(r"<button\b[^>]*>(.*?)</button>", page, re.S)
        assert buttons and all(re.sub(r"<[^>]+>", "", button).strip() for button in buttons)
    for offer in ("Chair this hour", "Keep the door", "Stand beside"):
        assert f">{offer}</button>" in pages[0], "a moderator may take whatever the hour needs"


def test_whoever_comes_back_still_reads_which_part_was_which(house, clerk):
    meeting, maya, tom = clerk.plan(begins_in=0), hours.handle("Maya"), hours.handle("Tom")
    clerk.open_lobby(meeting, (
        Segment("Talk", Mode.OPEN_TALK, 20, 5, prompt="Anyone may speak."), Segment("Names", Mode.ROUND, 10, 5), Segment("Shares", Mode.ONE_VOICE, 20, 5),
    ))
    clerk.bring_in(meeting, "Tom", chair="Maya")
    clerk.begin(meeting, "Maya")
    clerk.write(meeting, c.Share(by=tom, client_id="by-tom-0001", words="A long week."), c.NextSegment(by=maya), c.NextSegment(by=maya))
    page = read(house, meeting, "Tom")
    assert re.findall(r'<h2 class="part-title">([^<]+)</h2>', page) == ["Talk", "Names", "Shares"]
    assert page.index(">Talk</h2>") < page.index("A long week.") < page.index(">Shares</h2>")
    told = house.visit("Tom").get(f"/g/{meeting.group.slug}/m/{meeting.public_id}/entries").json()["entries"]
    assert [entry["title"] for entry in told if entry["kind"] == "segment_began"] == ["Talk", "Names", "Shares"]
