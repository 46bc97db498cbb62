"""What other programs make of a feed: `dateutil` here, recurring-ical-events and ical.js as processes of
their own. Each says what begins in [start, end): [(start, end, is it cancelled), …] in UTC, in order."""

import io
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzical
from icalendar import Calendar

from tests import services
from tests.node_client import FOLDER as NODE_FOLDER
from tests.node_client import Child, node

FOLDER = Path(__file__).parent / "readers"
PROGRAMS = FOLDER / ".venv" / "bin"
MOVED = timedelta(days=40)  # no date is moved farther

Read = list[tuple[datetime, datetime, bool]]


@contextmanager
def readers():
    """{name: read(text, start, end)} of every program there is."""
    with ExitStack() as stack:
        python = stack.enter_context(Child(program("python"), "expand.py", folder=FOLDER, PYTHONTZPATH=""))
        javascript = stack.enter_context(Child(node(), "calendar.mjs", folder=NODE_FOLDER))
        yield {"dateutil": with_dateutil, "recurring-ical-events": _by(python), "ical.js": _by(javascript)}


def program(name: str) -> Path:
    """A program of the readers' own environment: python, khal, vdirsyncer."""
    found = PROGRAMS / name
    if not found.exists():
        services.needed("Other calendar programs are not here: make tests/readers/.venv")
    return found


def with_dateutil(text: bytes, start: datetime, end: datetime) -> Read:
    """Rules, dates taken out and zones by `dateutil`, zones as the file itself spells them."""
    calendar = Calendar.from_ical(text)
    zones = {str(zone["TZID"]): tzical(io.StringIO(zone.to_ical().decode())).get() for zone in calendar.walk("VTIMEZONE")}

    def moments(prop):
        zone = zones.get(prop.params.get("TZID"), UTC)
        return [one.dt.replace(tzinfo=zone) for one in getattr(prop, "dts", [prop])]

    events = calendar.walk("VEVENT")
    instead = {(event["UID"], moments(event["RECURRENCE-ID"])[0]) for event in events if "RECURRENCE-ID" in event}
    found = []
    for event in events:
        first, last = moments(event["DTSTART"])[0], moments(event["DTEND"])[0]
        dates = [first]
        if "RRULE" in event:
            rules = rruleset()
            rules.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=first))
            for out in moments(event["EXDATE"]) if "EXDATE" in event else []:
                rules.exdate(out)
            until = end.astimezone(first.tzinfo) + MOVED
            dates = [date for date in rules.between(first, until, inc=True) if (event["UID"], date) not in instead]
        is_cancelled = event.get("STATUS") == "CANCELLED"
        found += [(date.astimezone(UTC), (date + (last - first)).astimezone(UTC), is_cancelled) for date in dates]
    return sorted(one for one in found if start <= one[0] < end)


def _by(child):
    def read(text: bytes, start: datetime, end: datetime) -> Read:
        child.tell({"text": text.decode(), "start": start.isoformat(), "end": end.isoformat()})
        found = child.hear(60)
        return sorted((datetime.fromisoformat(one[0]), datetime.fromisoformat(one[1]), one[3] == "CANCELLED") for one in found)

    return read
