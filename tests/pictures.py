"""Pictures of every page, made by walking a running house: `python -m tests.pictures`.

Into `shots/` (not kept): each page on a phone and a desktop, light and dark, to be looked at side by
side. Into `docs/pictures/`: the two that the README shows."""

import shutil
import sys
import tempfile
from datetime import time
from pathlib import Path

from sqlalchemy import select

from groups import clock, concurrency, db
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.membership.models import Membership
from groups.migrating import upgrade
from groups.reminding.keys import make_key
from groups.schedule.actions import schedule_series
from groups.schedule.month import turned
from groups.schedule.plans import Plan
from groups.settings import ROOT
from tests import cast, hours
from tests.browsing import Browse, chromium
from tests.server import Server, running

SHOTS, KEPT = ROOT / "shots", ROOT / "docs" / "pictures"
SHARES = next(i for i, segment in enumerate(FORMATS["sharing-60"].segments) if segment.title == "Shares")
LETTERS = {
    "Tom": "I almost did not come tonight. I sat in the kitchen with my coat on.\n\n"
    "What helped was thinking of this room: that there is an hour, and that it begins whether I am ready or not.",
    "Nia": "I notice that it is loudest when I am tired. Not lonely, tired. I went to bed at nine twice this week, "
    "and both mornings were kinder.",
}


def main() -> None:
    """Make all of them anew."""
    concurrency.start("threading")
    for folder in (SHOTS, KEPT):
        folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="pictures-"))
    db.connect(f"sqlite:///{folder}/lamplight.db")
    upgrade(db.engine())
    cast.move_in()
    _calendar()
    make_key(folder / "push" / "key.pem")
    lobby, live = hours.plan(begins_in=9), hours.plan(room="The Quay", begins_in=-12)
    with running(Server(folder)) as house, hours.Clerk(house) as clerk:
        _begin(clerk, live)
        clerk.open_lobby(lobby)
        browser = chromium.__wrapped__()
        for program in browser:
            _walk(Browse(program), house, lobby, live)
    shutil.rmtree(folder)


def _calendar():
    with db.reading() as session:
        maya = session.scalar(select(Membership).where(Membership.name == "Maya"))
        rosa = session.scalar(select(Membership).where(Membership.name == "Rosa"))
        rooms = {room.name: room for room in session.scalars(select(hours.Room))}
    today = clock.now().date()
    for by, room, title, days, at, form in (
        (maya, "The Quay", "Evening hour", "MO,TH", "19:30", "sharing-60"), (maya, "The Quay", "First steps in", "WE", "20:00", "check-in-45"),
        (maya, "The Quay", "Early light", "SA", "08:00", "check-in-45"), (rosa, "The Grove", "Our own hour", "TU,FR", "19:00", "open-talk-60"),
    ):
        wall = tuple(map(int, at.split(":")))
        schedule_series(by, rooms[room], Plan(
            title=title, first_day=today, wall_time=time(*wall), zone=by.group.zone, rule=f"FREQ=WEEKLY;BYDAY={days}",
            minutes=60, format=form,
        ))


def _begin(clerk, meeting):
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", SHARES)
    by = hours.handle("Maya")
    for name, words in LETTERS.items():
        who = hours.handle(name)
        clerk.write(meeting, c.RaiseHand(by=who), c.GiveFloor(by=by, who=who))
        clerk.write(meeting, c.Share(by=who, client_id=f"picture-{name}", words=words))


def _walk(browse, house, lobby, live):
    def room(meeting):
        return f"/g/{meeting.group.slug}/m/{meeting.public_id}/room"

    harbour = f"/g/{live.group.slug}"
    pages = {
        "front": ("", "/"), "sign-in": ("", "/sign-in"), "talk": ("", "/lines?country=GB"), "join": ("", f"{harbour}/join?meeting={lobby.public_id}"),
        "group": ("Otto", harbour), "calendar": ("Tom", "/calendar"), "agenda": ("Tom", "/calendar?view=agenda"),
        "week": ("Tom", "/calendar?view=week"), "front-member": ("Tom", "/"), "reminders": ("Tom", "/me/reminders"),
        "hour": ("Tom", f"{harbour}/m/{lobby.public_id}"), "me": ("Tom", "/me"), "keep": ("Tom", "/keep"),
        "door": ("Otto", "/nowhere"), "lobby": ("Nia", room(lobby)), "floor": ("Nia", room(live)), "desk": ("Maya", room(live)),
        "rooms": ("Maya", f"{harbour}/rooms/new"), "series": ("Maya", f"{harbour}/rooms/{live.room.slug}/series/new"),
        "somebody": ("Maya", f"{harbour}/members/{hours.handle('Tom')}"), "appeals": ("Maya", f"{harbour}/appeals"),
        "members": ("Maya", f"{harbour}/members"), "found": ("Maya", "/groups/new"), "rota": ("Maya", f"{harbour}/rota"),
        "invitations": ("Maya", f"{harbour}/invitations"), "feeds": ("Tom", "/me/feeds"), "feed": ("Tom", "/me/feeds/discreet"),
        "group-cared-for": ("Maya", harbour), "group-settings": ("Maya", f"{harbour}/settings"), "closing": ("Maya", f"{harbour}/closing"),
        "room": ("Maya", f"{harbour}/rooms/{live.room.slug}"),
    }
    browse(house, "Maya").goto(room(live))  # stays open: the floor is there only while somebody holds it
    for phone in (True, False):
        for dark in (False, True):
            for name, (who, address) in pages.items():
                page = browse(house, who, phone=phone, dark=dark, zone="Europe/Berlin")
                page.goto(address)
                page.wait_for_timeout(400)
                page.screenshot(path=SHOTS / f"{name}-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}.png", full_page=True)
                page.context.close()
    for name, who, address, phone in (("meeting", "Nia", room(live), True), ("calendar", "Tom", f"/calendar?month={turned(clock.now().date(), 1):%Y-%m}", False)):
        page = browse(house, who, phone=phone, zone="Europe/Berlin")
        page.goto(address)
        page.wait_for_timeout(600)
        page.screenshot(path=KEPT / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
