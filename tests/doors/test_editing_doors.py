"""The pages on which moderators change one date, and a room's special days."""

import re
from datetime import UTC, date, datetime

import pytest

from groups.schedule.changing import cancel_date
from groups.schedule.models import DateChange, Phase, RoomDay
from tests.doors.asking import guard, of
from tests.doors.reading import text_of
from tests.evenings import count, every_tuesday, meetings, set_to

pytestmark = pytest.mark.usefixtures("noon")
FORM = {
    "day": "2026-11-26", "wall_time": "20:30", "minutes": "75", "title": "Evening harbour", "format": "sharing-60",
    "needs": ["chair", "door"], "why": "Tuesday is taken.",
}


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


def page(harbour, evening, what=""):
    return of(harbour, f"/m/{evening.public_id}{what}")


def test_a_moderator_moves_one_date_and_everybody_reads_from_where(maya, visitor, harbour, evening):
    form = maya.get(page(harbour, evening, "/change"))
    assert form.status_code == 200 and 'value="2026-11-24"' in form.text and 'value="19:00"' in form.text
    answer = maya.post(page(harbour, evening, "/change"), **FORM)
    assert (answer.status_code, answer.location) == (303, page(harbour, evening))
    row = meetings(id=evening.id)[0]
    assert (row.starts_at, row.needs) == (datetime(2026, 11, 26, 20, 30, tzinfo=UTC), "chair,door")
    read = text_of(visitor.get(page(harbour, evening)))
    assert "Thursday 26 November, 20:30" in read and "Moved from" in read and "Tuesday is taken." in read


@pytest.mark.parametrize("field, value, said", [
    ("day", "", "not a date"), ("day", "2026-11-23", "begin in the past"), ("day", "2027-06-01", "up to 31 days"),
    ("wall_time", "late", "not a time"), ("minutes", "x", "whole number"), ("minutes", "9999", "from"), ("title", "", "nothing written"),
    ("format", "x", "choose one"), ("needs", "cook", "choose one"), ("why", "x" * 201, "longer than fits"),
])
def test_what_makes_no_sense_is_said_beside_its_field_and_stays_typed(maya, harbour, evening, field, value, said):
    answer = maya.post(page(harbour, evening, "/change"), **FORM | {field: value})
    assert answer.status_code == 422
    beside = re.search(rf'id="{field}-error">([^<]*)<', answer.text)
    assert beside and said in beside[1]
    assert 'value="20:30"' in answer.text or field == "wall_time"
    assert count(DateChange) == 0


def test_a_date_is_cancelled_told_why_and_brought_back_from_its_page(maya, visitor, harbour, evening):
    assert maya.post(page(harbour, evening, "/cancellation"), why="The heating is out.").status_code == 303
    read = text_of(visitor.get(page(harbour, evening)))
    assert "cancelled" in read and "The heating is out." in read
    assert "Let it take place after all" in text_of(maya.get(page(harbour, evening)))
    maya.post(page(harbour, evening, "/cancellation/end"))
    assert meetings(id=evening.id)[0].phase == Phase.PLANNED
    assert "Take that back" in text_of(maya.get(page(harbour, evening)))
    maya.post(page(harbour, evening, "/decision/end"))
    assert count(DateChange) == 0


def test_what_cannot_be_is_said_on_the_page(maya, harbour, evening):
    assert maya.post(page(harbour, evening, "/cancellation"), why="x" * 300).status_code == 303
    assert "longer than fits" in text_of(maya.get(page(harbour, evening)))
    set_to(evening, phase=Phase.OPEN)
    assert maya.get(page(harbour, evening, "/change")).status_code == 403
    maya.post(page(harbour, evening, "/cancellation"))
    assert "has begun or is over" in text_of(maya.get(page(harbour, evening)))


def test_members_and_strangers_change_nothing(tom, rosa, visitor, harbour, evening, quay):
    for path in ("/change", "/cancellation", "/cancellation/end", "/decision/end"):
        tom.post(page(harbour, evening, path), **FORM)
        assert rosa.post(page(harbour, evening, path), **FORM).status_code == 404
        assert visitor.post(page(harbour, evening, path), **FORM).status_code == 404
    assert tom.get(page(harbour, evening, "/change")).status_code == 403
    assert tom.get(of(harbour, f"/rooms/{quay.slug}/days")).status_code == 403
    assert count(DateChange) == 0
    assert "Looking after this date" not in tom.get(page(harbour, evening)).text


def test_a_rooms_special_days(maya, harbour, quay, evening):
    days = of(harbour, f"/rooms/{quay.slug}/days")
    assert "None yet" in text_of(maya.get(days))
    assert maya.post(days, day="2026-12-25", yearly="y", note="Christmas").status_code == 303
    assert maya.post(days, day="2026-12-29", longer="30").status_code == 303
    read = text_of(maya.get(days))
    assert "25 December every year, closed Christmas" in read and "29 December 2026 30 minutes longer" in read
    again = maya.post(days, day="2026-12-29", longer="45")
    assert again.status_code == 403 and "in the list already" in text_of(again) and 'value="45"' in again.text
    for day, longer in (("", ""), ("2026-12-30", "x"), ("2026-12-30", "1"), ("2020-01-01", "")):
        assert maya.post(days, day=day, longer=longer).status_code == 422
    number = re.search(r"/days/(\d+)/end", maya.get(days).text)[1]
    assert maya.post(f"{days}/{number}/end").status_code == 303
    assert maya.post(f"{days}/{number}/end").status_code == 303
    assert count(RoomDay) == 1
    assert "1 day on which the room" in text_of(maya.get(of(harbour, f"/rooms/{quay.slug}")))


def test_the_forms_ask_for_their_token(app, maya, harbour, quay, evening):
    guard(app)
    for path in (page(harbour, evening, "/cancellation"), page(harbour, evening, "/decision/end"), of(harbour, f"/rooms/{quay.slug}/days")):
        assert maya.post(path, day="2026-12-25").status_code == 400
    assert meetings(id=evening.id)[0].phase == Phase.PLANNED


def test_a_date_nobody_may_change_any_more_shows_no_way_to(maya, harbour, evening, freeze):
    cancel_date(maya.membership, evening)
    freeze.forward(days=1)
    assert "Looking after this date" not in maya.get(page(harbour, evening)).text
    assert date(2026, 11, 24) == meetings(id=evening.id)[0].on_day
