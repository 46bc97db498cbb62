"""A small believable world, for development only: three groups with their people, rooms and weekly
hours, and a meeting to walk into whatever the hour. Made through the same actions as anybody's; what
happened in it before is in `seeded_troubles.py`."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups import clock, seeded_troubles
from groups.accounts.actions import keep_account, open_account
from groups.accounts.models import Account
from groups.accounts.passphrase import generate
from groups.db import change, reading
from groups.errors import Refused
from groups.membership.actions import found_group, invite, join
from groups.membership.asking import ask_to_join
from groups.membership.describing import GroupWish, change_group, look_after_group
from groups.membership.models import Access, Group, Membership
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Room
from groups.rota.actions import serve
from groups.schedule.actions import add_one_meeting, schedule_series
from groups.schedule.models import LIVE, Meeting, Phase
from groups.schedule.plans import Plan
from groups.schedule.room_days import add_room_day
from groups.sealing import Keyring
from groups.settings import Settings

SIGN_INS = "demo-signins.txt"  # in the instance folder, readable by us alone
NEWCOMER = "a newcomer"
INTRODUCED = {
    "Maya": "who looks after Harbour and chairs", "Nia": "who looks after Harbour with her", "Tom": "a member of Harbour",
    "Lou": "who is to stay away from Harbour for two days", NEWCOMER: "who has been nowhere yet",
    "Rosa": "who looks after Willow, for partners and family", "Vera": "a member of Willow",
    "Lena": "who looks after Meadow, where one asks first",
}
HARBOUR = {
    "name": "Harbour", "purpose": "An hour to say how it is, and to hear that it is not only you.", "for_whom": "anybody",
    "access": Access.OPEN, "zone": "Europe/London", "my_name": "Maya",
}
WILLOW = {
    "name": "Willow", "purpose": "For those who live beside it: an hour of our own.", "for_whom": "partners and family",
    "access": Access.OPEN, "zone": "America/New_York", "my_name": "Rosa",
}
MEADOW = {
    "name": "Meadow", "purpose": "A small circle, slowly. We like to know a little of each other first.", "for_whom": "women",
    "access": Access.SCREENED, "zone": "Europe/Dublin", "my_name": "Lena",
}
QUESTIONS = ("What would you like from a small circle?", "Have you been in a group like this before?")
ASKS = ("Jo", ("A place where I can be slow.", "Not yet. I have read along in one."))
MEMBERS = {"Harbour": ("Tom", "Nia", "Sam", "Ida"), "Willow": ("Vera", "Ben"), "Meadow": ("Orla",)}
CARE = {"The Landing": "We wait a breath before we answer.\nNobody is asked why they came."}  # agreements of a room's own
ALWAYS = "The Lamp Room"  # where `ensure_meeting_now` meets; nothing recurs here
ROOMS = {
    "Harbour": {
        "The Quay": "Our usual room. Come in, sit down, listen as long as you like.",
        "The Landing": "For the first few times. Short rounds, no hurry.",
        ALWAYS: "For hours that come up by themselves.",
    },
    "Willow": {"The Grove": "Quiet, and for us alone."},
    "Meadow": {"The Hut": "A table and eight chairs."},
}
SERIES = (
    # room, title, weekday (Monday is 0), wall time, minutes, format
    ("The Quay", "Evening hour", 0, time(19, 30), 60, "sharing-60"),
    ("The Landing", "First steps in", 2, time(20), 45, "check-in-45"),
    ("The Quay", "Evening hour", 3, time(19, 30), 60, "sharing-60"),
    ("The Quay", "Friday, before the weekend", 4, time(18, 15), 60, "open-talk-60"),
    ("The Quay", "Early light", 5, time(8), 45, "check-in-45"),
    ("The Landing", "Sunday round", 6, time(18), 45, "check-in-45"),
    ("The Grove", "Our own hour", 1, time(19), 60, "open-talk-60"),
    ("The Grove", "Thursday sharing", 3, time(20), 60, "sharing-60"),
    ("The Hut", "Monday circle", 0, time(19, 45), 60, "open-talk-60"),
    ("The Grove", "Sunday morning", 6, time(10), 45, "check-in-45"),
)
SELDOM = (
    # room, title, first weekday, wall time, minutes, format, rule, places that are kept
    ("The Landing", "Small circle", 1, time(19), 90, "circle-90", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 5),
    ("The Quay", "Last Sunday, together", 6, time(16), 60, "open-talk-60", "FREQ=MONTHLY;BYDAY=-1SU", None),
)
HOLIDAY = (12, 25)  # closed every year
BEGINS_IN = timedelta(minutes=6)
HERE_FOR = timedelta(days=70)  # everybody of the demo: long enough to serve
WORTH_ENTERING = timedelta(minutes=10)  # a live hour with less than this left gets a successor


def open_house(settings: Settings) -> None:
    """Fill an empty database, and see that there is a meeting to walk into now. Running it again
    keeps everything. Raises RuntimeError outside development."""
    if settings.environment != "development":
        raise RuntimeError("the demo world is for development only")
    with reading() as session:
        empty = session.scalar(select(Account.id).limit(1)) is None
    if empty:
        _fill(settings)
    ensure_meeting_now()


def welcome(settings: Settings, address: str = "") -> str:
    """What the terminal shows: the address, what is on, and the sign-ins."""
    file, now = settings.instance / SIGN_INS, clock.now()
    lines = ["", f"Lamplight is at {address}", ""] if address else [""]
    with reading() as session:
        meeting = session.scalar(_always().order_by(Meeting.starts_at.desc()).limit(1))
    if meeting and meeting.ends_at > now:
        at = f"{meeting.starts_at.astimezone(ZoneInfo(meeting.zone)):%H:%M} in London"
        begins = f"begins at {at}; its lobby is open" if meeting.starts_at > now else f"began at {at}"
        lines += [f"“{meeting.title}” {begins}.", ""]
    if not file.exists():
        return "\n".join([*lines, f"The demo sign-ins were in {file}, which is gone.", ""])
    words = dict(line.split(": ", 1) for line in file.read_text().splitlines())
    lines += ["Sign in with the seven words of:"]
    lines += [f"  {words[name]}\n      {name}, {who}" for name, who in INTRODUCED.items() if name in words]
    return "\n".join([*lines, ""])


def ensure_meeting_now() -> None:
    """A meeting that is in its lobby or live, chaired by Maya: there, or made."""
    with reading() as session:
        room = session.scalar(select(Room).join(Group).where(Group.name == "Harbour", Room.name == ALWAYS).order_by(Room.id))
        maya = room and session.scalar(select(Membership).where(Membership.group_id == room.group_id, Membership.name == "Maya"))
    if not maya or not maya.is_current:
        return  # somebody made a world of their own
    now = clock.now()
    earlier = _unfinished(now)
    if any(meeting.phase == Phase.PLANNED or meeting.ends_at > now + WORTH_ENTERING for meeting in earlier):
        return
    begins = max([now + BEGINS_IN, *(meeting.ends_at for meeting in earlier)]).replace(second=0, microsecond=0)
    meeting = add_one_meeting(
        maya, room, title="Lamplight hour", starts_at=begins, zone="Europe/London", minutes=60, format="sharing-60"
    )
    try:
        serve(maya, meeting, "chair")
    except Refused:
        return  # three times this week is enough, even for her; she may lead it all the same


def _unfinished(now):
    """What is on or due in the demo's room; an hour whose start nobody served is called off."""
    with change() as (session, _):
        earlier = session.scalars(_always().where(Meeting.ends_at > now, Meeting.phase.in_((Phase.PLANNED, *LIVE)))).all()
        for meeting in earlier:
            if meeting.phase == Phase.PLANNED and meeting.starts_at < now:
                meeting.phase = Phase.CANCELLED
        return [meeting for meeting in earlier if meeting.phase != Phase.CANCELLED]


def _always():
    return select(Meeting).join(Room).join(Group).where(Group.name == "Harbour", Room.name == ALWAYS)


def _fill(settings):
    words, keyring = {}, Keyring(settings.keys, settings.secret)
    for group in (HARBOUR, WILLOW, MEADOW):
        people, rooms = _group(group, words, settings)
        if group is HARBOUR:
            _what_happened(people, rooms[ALWAYS], *(_account(name, words, settings) for name in ("Lou", "Kay")), keyring)
        if group is MEADOW:
            _ask_first(people[0], _account(ASKS[0], words, settings), keyring)
    _account(NEWCOMER, words, settings)
    file = settings.instance / SIGN_INS
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}: {' '.join(seven)}\n" for name, seven in words.items()))


def _group(group, words, settings):
    """One group with its people, who serve in turns, and its rooms with their hours."""
    with clock.ago(HERE_FOR):
        founder, _ = found_group(_account(group["my_name"], words, settings), **group)
        for name in MEMBERS[group["name"]]:
            join(_account(name, words, settings), founder.group, name, _link(founder))
        rooms = {
            name: make_room(founder, RoomSettings(name=name, about=about, more_agreements=CARE.get(name, "")))
            for name, about in ROOMS[group["name"]].items()
        }
    people = _people(founder)
    for number, (room, title, weekday, at, minutes, form) in enumerate(SERIES):
        if room in rooms:
            plan = Plan(title, _next(weekday, group["zone"]), at, group["zone"], "FREQ=WEEKLY", minutes, form)
            _chair(people, number, schedule_series(founder, rooms[room], plan))
    for room, title, weekday, at, minutes, form, rule, places in SELDOM:
        if room in rooms:
            plan = Plan(title, _next(weekday, group["zone"]), at, group["zone"], rule, minutes, form, places=places)
            schedule_series(founder, rooms[room], plan)
    for room in (room for name, room in rooms.items() if name != ALWAYS):
        add_room_day(founder, room, date(clock.now().year, *HOLIDAY), yearly=True, note="Closed for the holiday.")
    return people, rooms


def _what_happened(people, room, lou, kay, keyring):
    named = {member.name: member for member in people}
    seeded_troubles.look_after_together(named["Maya"], named["Nia"])
    seeded_troubles.ask_the_group(named)
    away = seeded_troubles.send_somebody_away(named["Maya"], lou)
    seeded_troubles.hold_an_hour(named, room, kay, keyring)
    seeded_troubles.ask_again(*away, keyring)


def _ask_first(founder, asker, keyring):
    """The group's two questions, and somebody who waits for an answer."""
    group = look_after_group(founder)
    change_group(founder, GroupWish(
        **{name: MEADOW[name] for name in ("name", "purpose", "for_whom", "access", "zone")}, questions=QUESTIONS,
        agreements=[one.text for one in group.agreements], contact_agreement=group.contact_agreement,
    ))
    with clock.ago(timedelta(hours=5)):
        ask_to_join(asker, group, *ASKS, keyring)


def _link(founder):
    """How somebody comes into a group that is not open to all."""
    return None if founder.group.access == Access.OPEN else invite(founder, uses=1, days=1)[1]


def _account(name, words, settings):
    words[name] = generate()
    return keep_account(open_account(), words[name], settings)


def _people(founder) -> list[Membership]:
    """Everybody of the group, in the order they came."""
    with reading() as session:
        return list(session.scalars(select(Membership).where(Membership.group_id == founder.group_id).order_by(Membership.id)))


def _chair(people, number, series):
    """Members take turns at leading; Maya leads the hour that is always on."""
    with reading() as session:
        soon = session.scalars(select(Meeting).where(Meeting.series_id == series.id).order_by(Meeting.starts_at).limit(2)).all()
    for week, meeting in enumerate(soon):
        turn = people[1:][(number + week) % len(people[1:])]
        serve(turn, meeting, "chair")


def _next(weekday, zone) -> date:
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    return today + timedelta(days=(weekday - today.weekday()) % 7)
