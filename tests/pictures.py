"""Pictures of every page, made by walking a running house: `python -m tests.pictures`.

Into `shots/` (not kept): each page on a phone and a desktop, light and dark, to be looked at side by
side; with names behind it (`python -m tests.pictures desk report`) those alone. Into `docs/pictures/`: the two
that the README shows."""

import shutil
import sys
import tempfile
from datetime import time, timedelta
from pathlib import Path

from sqlalchemy import select, update

from groups import clock, concurrency, db, seeded_troubles
from groups.accounts.actions import open_account
from groups.conduct.models import Incident
from groups.conscience.models import Vote
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting.actions import open_lobby
from groups.meeting.commands_safety import TakeStep
from groups.membership.asking import ask_to_join
from groups.membership.models import Access, Group, Membership
from groups.migrating import upgrade
from groups.moderation.models import Appeal
from groups.reminding.keys import make_key
from groups.reports.models import Report
from groups.schedule.actions import schedule_series
from groups.schedule.month import turned
from groups.schedule.plans import Plan
from groups.sealing import Keyring, of_house
from groups.settings import ROOT
from tests import cast, hours
from tests.browsing import Browse, chromium
from tests.server import SECRET, Server, running

SHOTS, KEPT = ROOT / "shots", ROOT / "docs" / "pictures"
SHARES = next(i for i, segment in enumerate(FORMATS["sharing-60"].segments) if segment.title == "Shares")
LETTERS = {
    "Tom": "I almost did not come tonight. I sat in the kitchen with my coat on.\n\n"
    "What helped was thinking of this room: that there is an hour, and that it begins whether I am ready or not.",
    "Nia": "I notice that it is loudest when I am tired. Not lonely, tired. I went to bed at nine twice this week, "
    "and both mornings were kinder.",
}
HELD = "Hello, this is my first evening. I am glad to be here, and a little nervous."


def main() -> None:
    """Make all of them anew."""
    concurrency.start("threading")
    for folder in (SHOTS, KEPT):
        folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="pictures-"))
    db.connect(f"sqlite:///{folder}/lamplight.db")
    upgrade(db.engine())
    cast.move_in()
    of_house.know(SECRET)
    fill(Keyring(folder / "keys", SECRET))
    make_key(folder / "push" / "key.pem")
    lobby, live = hours.plan(begins_in=9), hours.plan(room="The Quay", begins_in=-12)
    with running(Server(folder)) as house, hours.Clerk(house) as clerk:
        _begin(clerk, live)
        clerk.open_lobby(lobby)
        browser = chromium.__wrapped__()
        for program in browser:
            _walk(Browse(program), house, lobby, live)
    shutil.rmtree(folder)


def fill(keyring: Keyring) -> None:
    """The world that the pictures are of, around the cast: everybody has been here for a season."""
    hours.join("Sam", "Ida", "Eli")
    with db.change() as (session, _):
        session.execute(update(Membership).values(joined_at=clock.now() - timedelta(days=90)))
    _calendar()
    _troubles(keyring)


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


def _troubles(keyring):
    """What the demo world has of them, too; and Willow asks first, where somebody waits for an answer."""
    with db.reading() as session:
        people = {member.name: member for member in session.scalars(select(Membership))}
        quay = session.scalar(select(hours.Room).where(hours.Room.name == "The Quay"))
    seeded_troubles.look_after_together(people["Maya"], people["Nia"])
    seeded_troubles.ask_the_group(people)
    away = seeded_troubles.send_somebody_away(people["Maya"], open_account())
    seeded_troubles.hold_an_hour(people, quay, open_account(), keyring)
    seeded_troubles.ask_again(*away, keyring)
    with db.change() as (session, _):
        willow = session.scalar(select(Group).where(Group.name == "Willow"))
        willow.access, willow.questions = Access.SCREENED, "What would you like from this group?\nHave you been in one before?"
    ask_to_join(None, willow, "Jo", ("A place where I can be slow.", "Not yet. I have read along in one."), keyring)


def _begin(clerk, meeting):
    open_lobby(clerk.ledger, meeting)
    clerk.bring_in(meeting, "Tom", "Nia", "Ida", chair="Maya")
    clerk.begin(meeting, "Maya", SHARES)
    by = hours.handle("Maya")
    for name, words in LETTERS.items():
        who = hours.handle(name)
        clerk.write(meeting, c.RaiseHand(by=who), c.GiveFloor(by=by, who=who))
        clerk.write(meeting, c.Share(by=who, client_id=f"picture-{name}", words=words))
    eli = hours.handle("Eli")
    clerk.write(meeting, c.Knock(by=eli, name="Eli", newcomer=True, unheard=True), c.Admit(by=by, who=eli), c.RaiseHand(by=eli))
    clerk.write(meeting, c.GiveFloor(by=by, who=eli), c.Share(by=eli, client_id="picture-held", words=HELD))
    clerk.write(meeting, TakeStep(by=by, who=hours.handle("Ida"), step="warn", agreement=2))


def _walk(browse, house, lobby, live):
    def room(meeting):
        return f"/g/{meeting.group.slug}/m/{meeting.public_id}/room"

    harbour, willow = f"/g/{live.group.slug}", f"/g/{_one(Group, name='Willow').slug}"
    report, appeal = _one(Report).public_id, _one(Appeal).public_id
    pages = {
        "front": ("", "/"), "sign-in": ("", "/sign-in"), "talk": ("", "/lines?country=GB"), "leaving": ("", "/leaving"), "out": ("", "/lines/out/AU/1"),
        "join": ("", f"{harbour}/join?meeting={lobby.public_id}"),
        "group": ("Otto", harbour), "calendar": ("Tom", "/calendar"), "agenda": ("Tom", "/calendar?view=agenda"),
        "week": ("Tom", "/calendar?view=week"), "front-member": ("Tom", "/"), "reminders": ("Tom", "/me/reminders"),
        "hour": ("Tom", f"{harbour}/m/{lobby.public_id}"), "me": ("Tom", "/me"), "keep": ("Tom", "/keep"),
        "door": ("Otto", "/nowhere"), "lobby": ("Tom", room(lobby)), "floor": ("Tom", room(live)), "desk": ("Maya", room(live)),
        "rooms": ("Maya", f"{harbour}/rooms/new"), "series": ("Maya", f"{harbour}/rooms/{live.room.slug}/series/new"),
        "somebody": ("Maya", f"{harbour}/members/{hours.handle('Tom')}"), "appeals": ("Maya", f"{harbour}/appeals"),
        "members": ("Maya", f"{harbour}/members"), "found": ("Maya", "/groups/new"), "rota": ("Maya", f"{harbour}/rota"),
        "invitations": ("Maya", f"{harbour}/invitations"), "feeds": ("Tom", "/me/feeds"), "feed": ("Tom", "/me/feeds/discreet"),
        "group-cared-for": ("Maya", harbour), "group-settings": ("Maya", f"{harbour}/settings"), "closing": ("Maya", f"{harbour}/closing"),
        "room": ("Maya", f"{harbour}/rooms/{live.room.slug}"), "tonight": ("Nia", "/desk"), "sam": ("Nia", f"{harbour}/members/{hours.handle('Sam')}"),
        "appeals-open": ("Nia", f"{harbour}/appeals"), "appeal": ("Nia", f"{harbour}/appeals/{appeal}"), "steps": ("Lou", f"{harbour}/steps"),
        "incidents": ("Nia", f"{harbour}/incidents"), "incident": ("Nia", f"{harbour}/incidents/{_one(Incident).public_id}"),
        "reports": ("Nia", f"{harbour}/reports"), "report": ("Nia", f"{harbour}/reports/{report}"), "own-reports": ("Tom", f"{harbour}/reports/mine"),
        "log": ("Nia", f"{harbour}/log"), "patterns": ("Nia", f"{harbour}/patterns"), "requests": ("Rosa", f"{willow}/requests"),
        "ask": ("Otto", f"{willow}/ask"), "all-rooms": ("Maya", f"{harbour}/rooms"), "votes": ("Tom", f"{harbour}/votes"),
        "vote": ("Tom", f"{harbour}/votes/{_one(Vote).public_id}"), "ask-group": ("Maya", f"{harbour}/votes/new"),
        "inventory": ("Tom", f"{harbour}/inventory"), "talks": ("Maya", f"{harbour}/talks"), "alone": ("Ida", room(live)),
    }
    wanted = {name: page for name, page in pages.items() if not sys.argv[1:] or name in sys.argv[1:]}
    browse(house, "Maya").goto(room(live))  # stays open: the floor is there only while somebody holds it
    for phone in (True, False):
        for dark in (False, True):
            for name, (who, address) in wanted.items():
                page = browse(house, who, phone=phone, dark=dark, zone="Europe/Berlin")
                page.goto(address)
                page.wait_for_timeout(400)
                page.screenshot(path=SHOTS / f"{name}-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}.png", full_page=True)
                page.context.close()
    if wanted != pages:
        return
    for name, who, address, phone in (("meeting", "Tom", room(live), True), ("calendar", "Tom", f"/calendar?month={turned(clock.now().date(), 1):%Y-%m}", False)):
        page = browse(house, who, phone=phone, zone="Europe/Berlin")
        page.goto(address)
        page.wait_for_timeout(600)
        page.screenshot(path=KEPT / f"{name}.png")


def _one(kind, **facts):
    with db.reading() as session:
        return session.scalar(select(kind).filter_by(**facts).order_by(kind.id))


if __name__ == "__main__":
    sys.exit(main())
