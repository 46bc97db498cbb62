"""Links by which a calendar fetches hours, made as a member makes them."""

import re

from groups import clock
from groups.db import change
from groups.schedule.models import DateChange, Series

FORM = {"word": "Class", "own_word": "", "remind": "15"}


def link_on(page) -> str | None:
    """The path of the link that is shown, if one is."""
    found = re.search(r">http://localhost(/c/[^<]+)</textarea>", page.text)
    return found and found[1]


def make(person, group, kind: str = "discreet", **form) -> str:
    """Set a link up; its path."""
    answer = person.post(f"/me/feeds/{kind}", **FORM | {"groups": [group.slug]} | form)
    assert answer.status_code == 303, answer.text
    return link_on(person.get(answer.location))


def decide(meeting, **told) -> None:
    """Somebody decides something about one date, as the actions of the calendar store it."""
    with change() as (session, _):
        session.add(DateChange(series_id=meeting.series_id, on_day=meeting.on_day, sequence=1, **told))
        series = session.get(Series, meeting.series_id)
        series.changed_at, series.sequence = clock.now(), 1
