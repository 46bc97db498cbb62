"""Somebody erases themselves while an hour is on: over the wire, at once, everywhere."""

from sqlalchemy import select

from groups.db import reading
from groups.meeting.models import Entry
from groups.membership.models import Membership
from tests import hours
from tests.sockets import Line, until

TALK = 3  # the part of a check-in where anyone may speak


def test_sockets_go_words_go_and_the_hour_goes_on(house, clerk):
    (lea,) = hours.join("Lea")
    meeting = clerk.plan(begins_in=0, minutes=45, form="check-in-45")
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Lea", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", TALK)
    here, phone = house.visit("Lea"), house.visit("Lea")
    pages = [Line(here, meeting.public_id), Line(phone, meeting.public_id)]
    nia = Line(house.visit("Nia"), meeting.public_id)
    for page in (*pages, nia):
        page.enter()
    assert pages[0].share("The kettle is on.", "lea-says-1")["ok"]
    until(lambda: nia.shares() == ["The kettle is on."], what="Nia to read it")
    with reading() as session:
        sealed = session.scalars(select(Entry.sealed_words).where(Entry.author == lea.handle)).all()
    assert sealed and all(sealed)

    here.get("/me/erase")
    assert here.post("/me/erase").headers["Location"] == "/erased"
    until(lambda: not any(page.connected for page in pages), within=5, what="her pages on both devices to be closed")
    until(lambda: nia.shares() == [None], what="her words to leave Nia's page")
    assert phone.get("/me", allow_redirects=False).status_code == 303
    assert nia.share("Still here with you.", "nia-says-1")["ok"]
    with reading() as session:
        assert session.scalar(select(Membership.id).where(Membership.handle == lea.handle)) is None
    files = {file: file.read_bytes() for file in house.folder.rglob("*") if file.is_file()}
    for trace in (b"Lea", lea.handle.encode(), *sealed, here.cookie.encode(), b"kettle"):
        assert [file.name for file, held in files.items() if trace in held] == [], trace
    assert lea.handle not in house.log and "kettle" not in house.log
