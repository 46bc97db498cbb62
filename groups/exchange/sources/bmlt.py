"""What a BMLT server answers: a list of meetings, or {"meetings", "formats"}. Every value is a string, and
Sunday is 1. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from groups.errors import Invalid
from groups.exchange.sources import cells
from groups.exchange.sources.candidate import FROM_NOW_ON, Candidate, Unread, each, id_of, weekly
from groups.schedule.plans import Plan

SOURCE = "bmlt"
USUAL = 60  # minutes, where no length is said
VIRTUAL = ("2", "3")  # and hybrid
CLOSED, ONLINE = {"TC"}, {"VM", "HY", "HYBR"}
_LENGTH = re.compile("([0-9]{1,3}):([0-5][0-9])(?::[0-9]{2})?")


def read_meetings(meetings: list, formats: list = ()) -> Iterator[Candidate | Unread]:
    """One after the other, counted from 1. formats: what the keys mean on that server."""
    worlds = {one.get("key_string"): one.get("world_id") for one in formats if isinstance(one, dict)}
    return each(meetings, lambda row, meeting: _read(row, meeting, worlds), _name)


def is_meeting(thing: object) -> bool:
    """Whether this looks like a meeting of a BMLT server."""
    return isinstance(thing, dict) and bool({"weekday_tinyint", "id_bigint", "meeting_name"} & thing.keys())


def _read(row, meeting, worlds):
    if not isinstance(meeting, dict):
        raise Invalid("row", "import_no_hour")
    title, notes = cells.title(meeting.get("meeting_name"))
    keys = {key.strip() for key in cells.text(meeting.get("formats")).split(",")}
    keys |= {worlds.get(key) for key in keys}
    if cells.text(meeting.get("published")) == "0":
        raise Invalid("published", "import_unpublished")
    if keys & CLOSED:
        raise Invalid("formats", "import_closed")
    begins, language = meeting.get("start_time"), cells.language(meeting.get("lang_enum"))
    if not cells.text(begins) or not cells.text(meeting.get("weekday_tinyint")):
        raise Invalid("weekday_tinyint", "import_no_day")
    plan = Plan(
        title=title, first_day=FROM_NOW_ON, wall_time=cells.clock(begins), zone=cells.zone_name(meeting.get("time_zone")),
        rule=weekly([_weekday(meeting["weekday_tinyint"])]), minutes=_minutes(meeting.get("duration_time")), format=None,
        language=language[0],
    )
    return Candidate(row, title, SOURCE, _called(meeting, plan), plan, offline=_offline(meeting, keys), notes=notes + language[1])


def _called(meeting, plan):
    """The number there; with the server where it is said, as two servers count alike."""
    server = urlsplit(cells.text(meeting.get("root_server_uri")))
    number = cells.text(meeting.get("id_bigint"))
    return id_of(number, server.hostname or "", server.path.strip("/")) if number else id_of(plan.title, plan.rule, plan.wall_time)


def _offline(meeting, keys):
    online = cells.text(meeting.get("venue_type")) in VIRTUAL or keys & ONLINE
    linked = cells.text(meeting.get("virtual_meeting_link")) or cells.text(meeting.get("phone_meeting_number"))
    if online or linked:
        return ""
    return "import_in_person" if cells.text(meeting.get("location_street")) else "import_not_online"


def _weekday(cell):
    number = cells.text(cell)
    if number not in tuple("1234567"):
        raise Invalid("weekday_tinyint", "import_bad_day", given=cells.shown(cell))
    return int(number) - 1


def _minutes(cell):
    words = cells.text(cell)
    if not words:
        return USUAL
    found = _LENGTH.fullmatch(words)
    if not found:
        raise Invalid("duration_time", "import_bad_time", given=cells.shown(cell))
    return int(found[1]) * 60 + int(found[2])


def _name(meeting):
    return cells.shown(meeting.get("meeting_name")) if isinstance(meeting, dict) else ""
