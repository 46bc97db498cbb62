"""Planning to come, a place at a small circle, and the one thing the front page asks."""

from datetime import timedelta

import pytest

from groups.meeting.actions import open_lobby
from groups.rota.actions import serve
from groups.rota.coming import plan_to_come
from groups.rota.models import Coming
from groups.schedule.models import Meeting
from tests.actions.stored import row
from tests.doors.asking import of
from tests.doors.reading import part, text_of
from tests.evenings import circle, count, duties, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def hour(maya, quay):
    """Tonight at seven."""
    return one(maya, quay)


@pytest.fixture
def at(harbour, hour):
    """The address of tonight's page, or of something sent to it."""
    return lambda verb="": of(harbour, f"/m/{hour.public_id}{'/' if verb else ''}{verb}")


def test_one_tap_to_come_and_one_to_think_better_of_it(tom, nia, maya, visitor, hour, at):
    page = tom.get(at()).text
    assert "I plan to come" in page and "to come so far" not in page
    assert "I plan to come" not in visitor.get(at()).text
    assert tom.post(at("coming")).location == at()
    assert "You plan to come. Nobody sees your name." in text_of(tom.get(at()))
    assert "One person plans to come so far. Only those on duty see this." in text_of(maya.get(at()))
    assert "so far" not in nia.get(at()).text and "Tom" not in part(maya.get(at()), "coming")
    assert tom.post(at("coming/end")).location == at() and count(Coming) == 0


def test_a_small_circle_from_the_line_to_the_door(maya, tom, nia, quay, harbour, freeze):
    small = circle(maya, quay, places=1)
    page = of(harbour, f"/m/{small.public_id}")
    assert "There is one place. Ask for one" in text_of(tom.get(page))
    assert tom.post(f"{page}/coming").location == page
    shown = tom.get(page).text
    assert "A place is kept for you" in shown and "You have a place." in shown
    assert "Every place is taken" in nia.get(page).text
    nia.post(f"{page}/coming")
    shown = text_of(nia.get(page))
    assert "You are in line." in shown and "You are first in line for a place." in shown
    freeze(small.starts_at - timedelta(hours=20))
    for person in (tom, nia):
        person.sign_in()  # a browser is not remembered for so long
    assert "Do you still come?" in tom.get(page).text and "Do you still come?" in tom.get("/").text
    assert tom.post(f"{page}/coming/confirm", on="schedule.front").location == "/"
    shown = text_of(tom.get("/"))
    assert "Your place is kept" in shown and "Do you still come?" not in shown
    set_to(small, phase="lobby")
    answer = nia.post(f"{page}/knock")
    assert answer.status_code == 303 and "Every place is kept for somebody until the hour begins." in nia.get(f"{page}/room").text


def test_the_front_page_asks_one_calm_thing_and_takes_no_for_an_answer(tom, otto, visitor, maya, quay, hour, harbour, at):
    tomorrow = one(maya, quay, "Tomorrow", hours=31)
    for page in (tom.get("/"), tom.get(of(harbour))):
        assert "Could you lead today at 19:00?" in text_of(page) and page.text.count('class="asking"') == 1
    for person in (otto, visitor):
        assert 'class="asking"' not in person.get("/").text
    assert tom.post(at("duties/not-now"), on="schedule.front").location == "/"
    assert "Could you lead tomorrow at 19:00?" in text_of(tom.get("/"))
    tom.post(of(harbour, f"/m/{tomorrow.public_id}/duties/not-now"), on="membership.group")
    assert 'class="asking"' not in tom.get("/").text
    assert 'class="asking"' in maya.get("/").text, "it is between one person and their browser"


@pytest.mark.parametrize("verb", ["duties/end", "duties/cover"])
def test_who_asked_out_of_an_hour_is_not_asked_to_serve_there(tom, nia, hour, at, freeze, verb):
    serve(tom.membership, hour, "chair")
    tom.post(at(verb))
    serve(nia.membership, hour, "chair")
    assert 'class="asking"' not in tom.get("/").text
    freeze(hour.starts_at - timedelta(minutes=20))
    assert 'class="asking"' not in tom.get("/").text, "nor in the last half hour"


def test_who_swapped_an_hour_away_is_not_asked_to_serve_there(maya, tom, nia, quay, hour, harbour, at):
    tomorrow = one(maya, quay, "Tomorrow", hours=31)
    serve(tom.membership, hour, "chair")
    tom.post(at("duties/cover"))
    serve(nia.membership, tomorrow, "door")
    nia.post(at("swaps"), kind="chair", instead=tomorrow.public_id)
    tom.post(at("swaps/accept"), kind="door", instead=tomorrow.public_id)
    assert duties(hour) == {"chair": "Nia"} and duties(tomorrow) == {"door": "Tom"}
    for person in (tom, nia):
        assert 'class="asking"' not in person.get("/").text


def test_a_swap_that_is_offered_comes_first_on_the_front_page(maya, tom, nia, quay, hour, at):
    thursday = one(maya, quay, "Thursday hour", hours=7 + 48)
    serve(tom.membership, hour, "chair")
    tom.post(at("duties/cover"))
    serve(nia.membership, thursday, "door")
    nia.post(at("swaps"), kind="chair", instead=thursday.public_id)
    page = text_of(tom.get("/"))
    assert "Nia would lead for you today at 19:00, if you keep the door on Thursday 26 November, 19:00 (Thursday hour)." in page
    assert "would lead for you" not in text_of(maya.get("/"))
    assert tom.post(at("swaps/accept"), kind="door", instead=thursday.public_id, on="schedule.front").location == "/"
    assert duties(hour) == {"chair": "Nia"} and "would lead for you" not in text_of(tom.get("/"))


def test_the_desk_of_a_lobby_says_how_many_plan_to_come_and_no_other_page_does(app, maya, tom, nia, hour, at):
    plan_to_come(nia.membership, hour)
    open_lobby(app.extensions["ledger"], row(Meeting, hour))
    assert "One person plans to come so far." in maya.get(at("room")).text
    assert "so far" not in tom.get(at("room")).text
    serve(tom.membership, hour, "door")
    assert "One person plans to come so far." in tom.get(at("room")).text
