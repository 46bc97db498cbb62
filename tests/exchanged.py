"""Series as rows for tests of what is exchanged, and what a Meeting Guide feed has to be like: its rules
(code4recovery/spec) written down once more, by us, to hold our feed against."""

import json
import re
from datetime import UTC, date, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

THEN = datetime(2026, 11, 22, 9, 30, 5, 123456, tzinfo=UTC)
TYPES = set(  # the published ones, as far as we could ever say them
    "O C BE D SP ST TR LIT MED 11 XT A M W NB T LGBTQ POC Y SEN P DD ASL DB POA "
    "EN AR DA DE EL S FA FI FR HE HI HU ITA JA KOR NL NO PUN POL POR RUS SV TH TUR UK".split()
)
NEEDED = {"name", "slug", "day", "time"}
MAY_BE = NEEDED | set(
    "end_time timezone types notes group group_notes updated url conference_url conference_url_notes entity entity_url "
    "entity_website_url".split()
)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def row(**other):
    """A row of `public.SERIES`: every Tuesday at seven in London."""
    return SimpleNamespace(**{
        "public_id": "24tmm3tncm", "title": "Evening harbour", "first_day": date(2026, 11, 24), "last_day": None,
        "wall_time": time(19), "zone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=TU", "pauses": "", "minutes": 60,
        "format": "sharing-60", "language": "en", "changed_at": THEN, "confirmed_at": THEN, "about": "Bring tea.",
        "purpose": "A quiet hour.", "access": "open", "group": "ftbk43hnr2", "group_name": "Harbour", "own_title": None,
        "own_kind": None,
    } | other)


def guide_faults(feed) -> list[str]:
    """What is wrong with a Meeting Guide feed; nothing for a good one."""
    if not isinstance(feed, list):
        return ["it is no list"]
    slugs = [one.get("slug") for one in feed]
    return ["slugs are not unique"] * (len(slugs) != len(set(slugs))) + [fault for one in feed for fault in _faults(one)]


def _faults(one):
    yield from (f"{name} is missing" for name in NEEDED - one.keys())
    yield from (f"{name} is no field we know" for name in one.keys() - MAY_BE)
    if not 0 < len(one["name"]) <= 255:
        yield "the name is empty or too long"
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", one["slug"]):
        yield "the slug does not fit into an address"
    days = one["day"] if isinstance(one["day"], list) else [one["day"]]
    if not days or not all(type(day) is int and 0 <= day <= 6 for day in days) or len(set(days)) < len(days):
        yield "a day is no weekday"
    if not all(CLOCK.fullmatch(one[name]) for name in ("time", "end_time") if name in one):
        yield "a time is not HH:MM"
    if "timezone" in one:
        ZoneInfo(one["timezone"])
    if not one.get("conference_url", "").startswith("http"):
        yield "an online meeting without a link is not active"
    if not set(one.get("types", [])) <= TYPES or len(set(one.get("types", []))) < len(one.get("types", [])):
        yield "a type is not one of the list"
    if {"O", "C"} <= set(one.get("types", [])):
        yield "it is open and closed"
    if "updated" in one:
        datetime.strptime(one["updated"], "%Y-%m-%d %H:%M:%S")
    if any(name.startswith("entity_") for name in one) and not one.get("entity"):
        yield "something is said of an entity that has no name"
    if not all(isinstance(value, str) and value for name, value in one.items() if name not in ("day", "types")):
        yield "something is empty or no text"


def guide_list(**first) -> str:
    """A Meeting Guide list: two hours that can come, one that cannot. first: changes of the first one."""
    return json.dumps([
        {"name": "Evening circle", "slug": "evening-circle", "day": 2, "time": "20:00", "conference_url": "https://meet.example.org/1"}
        | first,
        {"name": "Late one", "slug": "late-one", "day": [4, 5], "time": "22:00", "timezone": "Europe/Berlin", "conference_phone": "+1"},
        {"name": "By appointment", "slug": "by-appointment"},
    ])


TABLE = """\
Name,ID,Day,Time,End Time,Time Zone,Types,Conference URL,Address,Notes
Evening circle,evening-circle,Tuesday,8:00 PM,9:00 PM,Europe/London,"Open, Discussion, German",https://meet.example.org/1,,"Two lines,
one cell"
Church hall,church-hall,Sunday,10:00 AM,,Europe/London,Open,,12 Mill Lane,
Late one,late-one,Friday,midnight,,,,https://meet.example.org/2,,
"""


def bmlt_meeting(**other) -> dict:
    """A meeting of a BMLT server, as messy as they come: all strings, much of it empty. Sunday is 1."""
    return {
        "id_bigint": "17", "worldid_mixed": "", "service_body_bigint": "3", "weekday_tinyint": "3", "venue_type": "2",
        "start_time": "19:30:00", "duration_time": "01:30:00", "time_zone": "", "formats": "O,D,VM", "lang_enum": "en",
        "longitude": "0", "latitude": "0", "published": "1", "meeting_name": "Never Alone &amp; Friends",
        "virtual_meeting_link": "https://meet.example.org/3", "location_street": "", "comments": "",
    } | other


def bmlt_list() -> str:
    """Two hours of a BMLT server, one of them in a church hall."""
    return json.dumps([bmlt_meeting(), bmlt_meeting(
        id_bigint="18", venue_type="1", formats="O", virtual_meeting_link="", location_street="12 Mill Lane", meeting_name="In the hall"
    )])
