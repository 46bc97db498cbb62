"""The pages on which moderators change a whole series from a day on, end it and confirm it."""

from datetime import date

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.schedule.models import Series
from tests.doors.asking import guard, of
from tests.doors.reading import text_of
from tests.evenings import HOUR, count, every_tuesday, meetings, set_to

pytestmark = pytest.mark.usefixtures("noon")
WEDNESDAYS = HOUR | {"kind": "weekly", "weekdays": ["2"], "every": "1", "first_day": "2026-12-08", "wall_time": "20:00", "ends": "never"}


@pytest.fixture
def page(maya, harbour, quay):
    """The page of the Tuesday evening."""
    every_tuesday(maya, quay)
    return of(harbour, f"/rooms/{quay.slug}/series/{_rows()[0].public_id}")


def _rows():
    with reading() as session:
        return session.scalars(select(Series).order_by(Series.id)).all()


def test_the_page_holds_the_series_as_it_is_from_that_day_on(maya, page):
    read = maya.get(f"{page}?since=2026-12-08").text
    assert 'value="2026-12-08"' in read and 'value="19:00"' in read and 'value="Evening harbour"' in read
    assert "Change it from Tuesday 8 December on." in text_of(maya.get(f"{page}?since=2026-12-08"))
    assert "Change it from Tuesday 24 November on." in text_of(maya.get(f"{page}?since=nonsense")), "else the next one"


def test_what_would_become_of_it_is_shown_and_then_done(maya, page):
    shown = maya.post(f"{page}?since=2026-12-08", preview="x", **WEDNESDAYS)
    read = text_of(shown)
    assert shown.status_code == 200 and "Every Wednesday at 20:00 in London" in read
    assert "55 dates are new 56 dates go" in read and "stay" not in read.split("reaches:")[1][:40] and "Nothing is changed yet." in read
    assert count(Series) == 1
    answer = maya.post(f"{page}?since=2026-12-08", save="x", **WEDNESDAYS)
    assert answer.status_code == 303
    assert "From 8 December on: every Wednesday at 20:00 in London" in text_of(maya.get(answer.location.split("#")[0]))
    old, new = _rows()
    assert (old.last_day, new.follows_id, new.first_day) == (date(2026, 12, 7), old.id, date(2026, 12, 9))


def test_what_cannot_be_is_said_and_kept_typed(maya, page, quay):
    answer = maya.post(f"{page}?since=2026-12-08", save="x", **WEDNESDAYS | {"first_day": "2026-12-01"})
    assert answer.status_code == 422 and 'value="20:00"' in answer.text
    bad = maya.post(f"{page}?since=2026-12-08", save="x", **WEDNESDAYS | {"title": ""})
    assert bad.status_code == 422 and "There is nothing written here yet." in text_of(bad)
    assert (count(Series), _rows()[0].last_day) == (1, None)


def test_a_series_is_ended_and_goes_on_again(maya, page, harbour, quay):
    room = of(harbour, f"/rooms/{quay.slug}")
    assert "End it" in text_of(maya.get(room))
    assert maya.post(f"{page}/end", since="2026-12-08").status_code == 303
    assert "Let it go on after 7 December" in text_of(maya.get(room))
    assert len(meetings()) == 2
    maya.post(f"{page}/end/end")
    assert (len(meetings()), _rows()[0].last_day) == (58, None)


def test_a_series_nobody_led_is_confirmed_from_the_groups_page(maya, tom, visitor, page, harbour):
    set_to(_rows()[0], unlisted_at=clock.now())
    for row in meetings():
        set_to(row, is_listed=False)
    assert "Evening harbour" not in text_of(visitor.get("/"))
    assert "Nobody came to lead “ Evening harbour ” twice in a row" in text_of(maya.get(of(harbour)))
    assert "Nobody came to lead" not in text_of(tom.get(of(harbour)))
    maya.post(f"{page}/confirmation")
    assert "Evening harbour" in text_of(visitor.get("/"))


def test_members_and_strangers_change_nothing(tom, rosa, visitor, page):
    for person, status in ((tom, 403), (rosa, 404), (visitor, 404)):
        assert person.get(page).status_code == status
        assert person.post(page, save="x", **WEDNESDAYS).status_code == status
        for what in ("/end", "/end/end", "/confirmation"):
            assert person.post(page + what, since="2026-12-08").status_code == status
    assert (count(Series), _rows()[0].last_day, len(meetings())) == (1, None, 58)


def test_the_forms_ask_for_their_token(app, maya, page):
    guard(app)
    for what in ("", "/end", "/end/end", "/confirmation"):
        assert maya.post(page + what, save="x", **WEDNESDAYS).status_code == 400
    assert count(Series) == 1
