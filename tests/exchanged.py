"""Series as rows for tests of what is exchanged, and what a Meeting Guide feed has to be like: its rules
(code4recovery/spec) written down once more, by us, to hold our feed against."""

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
