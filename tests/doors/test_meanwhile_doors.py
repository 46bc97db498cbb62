"""Two who look after the same group have the same form open. Whoever saves second writes over nothing unseen: what
they typed stays, and the page says how it stands now."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.membership.models import Membership, Role
from groups.rooms.models import Room
from groups.rota.models import RotaRules
from groups.schedule.models import Phase, Series
from tests.doors.asking import of
from tests.doors.filling import form_on
from tests.doors.reading import text_of
from tests.evenings import every_tuesday, meetings

pytestmark = pytest.mark.usefixtures("noon")
FASTER = "Somebody else changed this while you were writing. Yours is still here; saving again replaces theirs."


@pytest.fixture(autouse=True)
def two(nia):
    """Nia looks after Harbour, too."""
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MODERATOR


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


def form_with(page, mark):
    """The form of the page in which this stands first, which is not always the last one."""
    whole = page.text
    begins = whole.rindex("<form", 0, re.search(mark, whole).start())

    class Part:
        text = whole[begins : whole.index("</form>", begins)]

    return form_on(Part)


def form_for(page):
    """The form that bears what it was drawn from."""
    return form_with(page, 'name="seen"')


def decision_form(page, address):
    """The form on an hour's page that is sent to this address below it."""
    return form_with(page, f'action="[^"]*{address}"')


def all_series():
    with reading() as session:
        return session.scalars(select(Series).order_by(Series.id)).all()


def test_a_date_somebody_cancelled_meanwhile_stays_cancelled_until_that_was_read(maya, nia, harbour, evening):
    page = of(harbour, f"/m/{evening.public_id}")
    mine = form_for(maya.get(f"{page}/change"))
    nia.post(f"{page}/cancellation", why="The heating is out.")
    answer = maya.post(f"{page}/change", **mine | {"wall_time": "20:30"})
    read = text_of(answer)
    assert answer.status_code == 409 and "Somebody cancelled this date while you were writing." in read
    assert "The heating is out." in read and 'value="20:30"' in answer.text
    assert (meetings(id=evening.id)[0].phase, meetings(id=evening.id)[0].why) == (Phase.CANCELLED, "The heating is out.")
    assert maya.post(f"{page}/change", **form_for(answer)).status_code == 303, "who sends it again has read that"
    assert (meetings(id=evening.id)[0].phase, meetings(id=evening.id)[0].starts_at.hour) == (Phase.PLANNED, 20)


def test_a_date_somebody_moved_meanwhile_is_not_moved_back_unseen(maya, nia, harbour, evening):
    page = of(harbour, f"/m/{evening.public_id}/change")
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"wall_time": "20:15"}).status_code == 303
    read = text_of(answer := maya.post(page, **mine | {"title": "Late harbour"}))
    assert answer.status_code == 409 and FASTER in read
    assert "At : “ 20:15 ”" in read and "Name of the hour : “ Evening harbour ”" in read and "Minutes :" not in read
    assert meetings(id=evening.id)[0].starts_at.minute == 15


def test_the_same_form_sent_twice_is_no_quarrel(maya, harbour, quay, evening):
    for page, changes in (
        (of(harbour, f"/m/{evening.public_id}/change"), {"wall_time": "20:15"}), (of(harbour, f"/rooms/{quay.slug}"), {"name": "The Pier"}),
        (of(harbour, "/settings"), {"name": "Haven"}), (of(harbour, "/rota/rules"), {"days": "3"}),
    ):
        mine = form_for(maya.get(page)) | changes
        assert [maya.post(page, **mine).status_code for _ in range(2)] == [303, 303], page


def test_another_date_of_the_series_is_none_of_this_ones_business(maya, nia, harbour, evening):
    page = of(harbour, f"/m/{evening.public_id}/change")
    mine = form_for(maya.get(page))
    nia.post(of(harbour, f"/m/{meetings()[1].public_id}/cancellation"))
    assert maya.post(page, **mine | {"wall_time": "20:15"}).status_code == 303


def test_a_series_somebody_changed_from_that_day_on_is_not_forked(maya, nia, harbour, quay, evening):
    page = of(harbour, f"/rooms/{quay.slug}/series/{all_series()[0].public_id}?since=2026-12-08")
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"wall_time": "20:00"}, save="x").status_code == 303
    for button in ("save", "preview"):
        answer = maya.post(page, **mine | {"title": "Evening harbour M", "minutes": "45"} | {button: "x"})
        assert answer.status_code == 409 and "This hour goes on as another one already. Change that one instead." in text_of(answer)
    assert 'value="Evening harbour M"' in answer.text
    assert len(all_series()) == 2
    after = all_series()[1]
    assert f"/series/{after.public_id}" in answer.text
    assert f"/series/{after.public_id}?since=2026-12-08" in maya.get(page).location, "that page now is the other's"
    room = maya.get(of(harbour, f"/rooms/{quay.slug}")).text
    assert room.count("Change it from ") == 2


def test_a_series_that_goes_on_as_another_can_be_changed_up_to_there(maya, harbour, quay, evening):
    old = all_series()[0]
    page = of(harbour, f"/rooms/{quay.slug}/series/{old.public_id}?since=")
    later = form_for(maya.get(f"{page}2027-01-05"))
    assert maya.post(f"{page}2027-01-05", **later | {"wall_time": "20:00"}, save="x").status_code == 303
    between = form_for(maya.get(f"{page}2026-12-08"))
    assert between["ends"] == "day" and between["last_day"] == "2027-01-04"
    assert maya.post(f"{page}2026-12-08", **between | {"ends": "never"}, save="x").status_code == 409
    assert maya.post(f"{page}2026-12-08", **between | {"wall_time": "18:00"}, save="x").status_code == 303
    first, after, middle = all_series()
    assert (middle.follows_id, after.follows_id, middle.last_day) == (first.id, middle.id, date(2027, 1, 4))


def test_a_series_changed_in_place_meanwhile_is_shown_as_it_is(maya, nia, harbour, quay, evening):
    page = of(harbour, f"/rooms/{quay.slug}/series/{all_series()[0].public_id}?since=2026-11-24")
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"weekdays": "2"}, save="x").status_code == 303
    answer = maya.post(page, **mine | {"minutes": "75"}, save="x")
    read = text_of(answer)
    assert answer.status_code == 409 and FASTER in read
    assert "On these days : “ Wednesday ”" in read and "Minutes : “ 60 ”" in read and "Which of the month :" not in read
    assert all_series()[0].minutes == 60
    shown = maya.post(page, **form_for(answer), preview="x")
    assert shown.status_code == 200 and maya.post(page, **form_for(shown), save="x").status_code == 303


def test_room_settings_somebody_else_saved_are_not_written_over_unseen(maya, nia, harbour, quay):
    page = of(harbour, f"/rooms/{quay.slug}")
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"name": "The Pier", "capacity": "20", "guard": "strict"}).status_code == 303
    answer = maya.post(page, **mine | {"about": "Bring tea."}, urgent="y")
    read = text_of(answer)
    assert answer.status_code == 409 and FASTER in read and "Bring tea." in answer.text
    assert "Name of the room : “ The Pier ”" in read and "Places : “ 20 ”" in read and "About the room : nothing" in read
    assert "Strict. Hints at" in read and "Apply it to the hour that is on now, too :" not in read
    with reading() as session:
        room = session.get(Room, quay.id)
    assert (room.name, room.capacity, room.about, room.guard) == ("The Pier", 20, "", "strict")
    again = form_for(answer) | {"name": "The Pier", "capacity": "20"}
    assert maya.post(page, **again).status_code == 303


def test_a_form_that_came_back_for_another_reason_still_remembers_what_it_was_drawn_from(maya, nia, harbour, quay):
    for page, theirs in ((of(harbour, "/settings"), {"purpose": "Hers."}), (of(harbour, f"/rooms/{quay.slug}"), {"about": "Hers."})):
        mine, hers = form_for(maya.get(page)), form_for(nia.get(page)) | theirs
        assert nia.post(page, **hers).status_code == 303
        wrong = maya.post(page, **mine | {"name": ""})
        assert wrong.status_code == 422
        answer = maya.post(page, **form_for(wrong) | {"name": "Mine"})
        assert answer.status_code == 409 and "“ Hers. ”" in text_of(answer)


def test_what_serving_asks_for_and_the_words_of_a_reading_are_not_written_over_unseen(maya, nia, harbour):
    page = of(harbour, "/rota/rules")
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"days": "21"}).status_code == 303
    answer = maya.post(page, **mine | {"meetings": "2"})
    assert answer.status_code == 409 and "Days in the group before a first duty : “ 21 ”" in text_of(answer)
    with reading() as session:
        assert (session.get(RotaRules, harbour.id).days, session.get(RotaRules, harbour.id).meetings) == (21, 0)
    text = {"title": "At the end", "text": "Go gently.", "source": "Maya", "licence": "own", "licence_words": ""}
    assert maya.post(of(harbour, "/readings/new"), **text).status_code == 303
    shown = maya.get(of(harbour, "/readings")).text
    page = next(part.split('"')[0] for part in shown.split('href="') if part.split('"')[0].endswith("/edit"))
    mine, theirs = form_for(maya.get(page)), form_for(nia.get(page))
    assert nia.post(page, **theirs | {"text": "Go very gently."}).status_code == 303
    answer = maya.post(page, **mine | {"title": "The end"})
    assert answer.status_code == 409 and "The words : “ Go very gently. ”" in text_of(answer) and 'value="The end"' in answer.text


def test_a_date_somebody_moved_meanwhile_is_not_cancelled_unseen_and_pressing_once_more_is(maya, nia, harbour, evening):
    page = of(harbour, f"/m/{evening.public_id}")
    cancelling = decision_form(nia.get(page), "/cancellation")
    maya.post(f"{page}/change", **form_for(maya.get(f"{page}/change")) | {"wall_time": "20:30"})
    answer = nia.post(f"{page}/cancellation", **cancelling | {"why": "The heating is out."})
    read = text_of(answer)
    assert answer.status_code == 409 and "somebody else changed this date since you opened the page" in read and "20:30" in read
    assert meetings(id=evening.id)[0].phase == Phase.PLANNED
    again = decision_form(answer, "/cancellation")
    assert again["why"] == "The heating is out.", "what was typed stays"
    for _ in range(2):  # twice is harmless
        assert nia.post(f"{page}/cancellation", **again).status_code == 303
    assert (meetings(id=evening.id)[0].phase, meetings(id=evening.id)[0].why) == (Phase.CANCELLED, "The heating is out.")


def test_nor_is_a_decision_taken_back_unseen(maya, nia, harbour, evening):
    page = of(harbour, f"/m/{evening.public_id}")
    maya.post(f"{page}/cancellation", why="The heating is out.")
    holding = decision_form(nia.get(page), "/cancellation/end")
    maya.post(f"{page}/cancellation", why="The house is being sold.")
    assert nia.post(f"{page}/cancellation/end", **holding).status_code == 409
    assert meetings(id=evening.id)[0].phase == Phase.CANCELLED
    maya.post(f"{page}/cancellation/end")
    back = decision_form(nia.get(page), "/decision/end")
    maya.post(f"{page}/change", **form_for(maya.get(f"{page}/change")) | {"wall_time": "20:30"})
    assert nia.post(f"{page}/decision/end", **back).status_code == 409
    assert "20:30" in text_of(nia.get(page))
    assert nia.post(f"{page}/decision/end", **decision_form(nia.get(page), "/decision/end")).status_code == 303
