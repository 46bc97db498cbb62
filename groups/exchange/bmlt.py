"""BMLT's way to list hours: every value a string, Sunday is 1, one record for each weekday. Pure.

BMLT calls things by numbers. Ours are the public ids read as numbers of base 27, so they say nothing
that the ids do not say, stay below what JavaScript counts exactly, and no two are alike."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from groups.exchange.codes import FORMAT_CODES
from groups.exchange.meeting_guide import HOW_IT_OPENS, join_page
from groups.exchange.weekly import week_days
from groups.formats.choosing import UNKNOWN
from groups.formats.shipped import FORMATS
from groups.ids import LETTERS
from groups.membership.models import Access
from groups.schedule.languages import LANGUAGES
from groups.schedule.words import clock_words

ROOT = "/feeds/bmlt"
VERSION = "4.2.7"  # of BMLT, whose answers these are like
VIRTUAL = "2"  # venue_type
RESERVED = {  # key: (number, name, description, world id, what kind of format it is)
    "VM": ("1", "Virtual Meeting", "Meets online, in writing", "VM", "LOCATION"),
    "O": ("2", "Open", "Anybody may come", "OPEN", "OPEN_OR_CLOSED"),
    "C": ("3", "Closed", "For members of the group", "CLOSED", "OPEN_OR_CLOSED"),
}
_SHIPPED_FROM = 101  # the number of the first shipped format


class BmltMeeting(msgspec.Struct, kw_only=True):
    """One hour on one weekday, in the words of BMLT. Latitude and longitude are 0 because programs that
    draw maps stumble over nothing; there is no place. Whoever is to be written to is left empty."""

    id_bigint: str
    worldid_mixed: str = ""
    service_body_bigint: str
    service_body_name: str
    weekday_tinyint: str
    venue_type: str = VIRTUAL
    start_time: str
    duration_time: str
    time_zone: str
    formats: str
    format_shared_id_list: str
    lang_enum: str
    longitude: str = "0"
    latitude: str = "0"
    published: str = "1"
    email_contact: str = ""
    root_server_uri: str
    meeting_name: str
    comments: str
    virtual_meeting_link: str
    virtual_meeting_additional_info: str = HOW_IT_OPENS


class BmltFormat(msgspec.Struct, kw_only=True):
    """A format, in the words of BMLT: our key, and the world id where there is a true one."""

    key_string: str
    name_string: str
    description_string: str
    lang: str = "en"
    id: str
    world_id: str
    format_type_enum: str = "MEETING_FORMAT"
    root_server_uri: str


class BmltBoth(msgspec.Struct):
    """What `get_used_formats=1` asks for."""

    meetings: list[BmltMeeting]
    formats: list[BmltFormat]


class BmltServer(msgspec.Struct, kw_only=True):
    """What this server says of itself, in the words of BMLT."""

    version: str = VERSION
    versionInt: str = "".join(part.zfill(3) for part in VERSION.split(".")).lstrip("0")
    langs: str = ",".join(LANGUAGES)
    nativeLang: str = "en"
    centerLongitude: str = "0"
    centerLatitude: str = "0"
    centerZoom: str = "0"
    defaultDuration: str = "01:00:00"
    regionBias: str = ""
    charSet: str = "UTF-8"
    distanceUnits: str = "km"
    semanticAdmin: str = "0"
    emailEnabled: str = "0"
    changesPerMeeting: str = "0"
    available_keys: str = ",".join(BmltMeeting.__struct_fields__)
    server_name: str


@dataclass(frozen=True)
class Used:
    """A format that some hour goes by."""

    key: str
    title: str
    kind: str


def meetings(rows: Iterable, base: str) -> list[BmltMeeting]:
    """A record for each weekday of each weekly series."""
    return [_meeting(row, day, base) for row in rows for day in week_days(row) or ()]


def formats(rows: Iterable, base: str) -> list[BmltFormat]:
    """What all formats of these series mean, the general ones first."""
    used = {row.format: Used(row.format, *format_words(row)) for row in rows}
    general = [
        BmltFormat(
            key_string=key, id=number, name_string=name, description_string=about, world_id=world, format_type_enum=kind,
            root_server_uri=base + ROOT,
        )
        for key, (number, name, about, world, kind) in RESERVED.items()
    ]
    return general + [_format(one, base) for one in sorted(used.values(), key=lambda one: one.key)]


def format_words(row) -> tuple[str, str]:
    """(title, kind) of the format of a row, a shipped one or the group's own."""
    form = FORMATS.get(row.format, UNKNOWN)
    return row.own_title or form.title, row.own_kind or form.kind


def number_of(public_id: str) -> int:
    """A public id as a number of base 27."""
    number = 0
    for letter in public_id:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def format_number(key: str) -> str:
    """The number BMLT calls a format by; 0 for one that nobody knows any more."""
    shipped = list(FORMAT_CODES)
    if key in shipped:
        return str(_SHIPPED_FROM + shipped.index(key))
    return str(number_of(key)) if set(key) <= set(LETTERS) else "0"


def _meeting(row, day, base):
    keys = ["VM", "O" if row.access == Access.OPEN else "C"]
    numbers = [RESERVED[key][0] for key in keys]
    hours, minutes = divmod(row.minutes, 60)
    return BmltMeeting(
        id_bigint=str(number_of(row.public_id) * 7 + day), weekday_tinyint=str(day + 1), meeting_name=row.title,
        start_time=f"{clock_words(row.wall_time)}:00", duration_time=f"{hours:02}:{minutes:02}:00", time_zone=row.zone,
        formats=",".join([*keys, row.format]), format_shared_id_list=",".join([*numbers, format_number(row.format)]),
        lang_enum=row.language, service_body_bigint=str(number_of(row.group)), service_body_name=row.group_name,
        root_server_uri=base + ROOT, comments=row.about, virtual_meeting_link=join_page(base, row.group),
    )


def _format(used, base):
    return BmltFormat(
        key_string=used.key, id=format_number(used.key), name_string=used.title, description_string=used.kind,
        world_id=FORMAT_CODES.get(used.key, ((), ""))[1], root_server_uri=base + ROOT,
    )
