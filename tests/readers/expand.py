"""recurring-ical-events, told in lines of JSON: {text, start, end} in, [[start, end, uid, status], …] out,
all in UTC, of what begins in [start, end)."""

import json
import sys
from datetime import UTC, datetime

import icalendar
import recurring_ical_events


def utc(moment):
    return moment.astimezone(UTC)


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        start, end = (datetime.fromisoformat(asked[name]) for name in ("start", "end"))
        calendar = icalendar.Calendar.from_ical(asked["text"])
        events = recurring_ical_events.of(calendar).between(start, end)
        found = [
            [utc(event["DTSTART"].dt).isoformat(), utc(event["DTEND"].dt).isoformat(), str(event["UID"]), str(event.get("STATUS", ""))]
            for event in events if start <= event["DTSTART"].dt < end
        ]
        sys.stdout.write(f"{json.dumps(sorted(found))}\n")
        sys.stdout.flush()


main()
