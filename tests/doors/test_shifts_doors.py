"""One's own shifts, and what a group asks of those who serve."""

import re

import pytest

from groups.rota.actions import serve
from groups.rota.models import RotaRules
from tests.doors.asking import guard, of, same_as_nothing
from tests.doors.reading import text_of
from tests.evenings import count, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def hour(maya, quay):
    """Tonight at seven."""
    return one(maya, quay)


def test_my_shifts_are_for_me_alone(visitor, tom, nia, hour, harbour):
    serve(tom.membership, hour, "chair")
    answer = visitor.get("/me/shifts")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/me/shifts")
    page = tom.get("/me/shifts")
    assert "Chair · Harbour" in text_of(page) and "<title>Your page</title>" in page.text
    assert "You are not down to serve anywhere." in nia.get("/me/shifts").text
    assert tom.post(of(harbour, f"/m/{hour.public_id}/duties/end"), on="rota.shifts").location == "/me/shifts"
    set_to(hour, phase="cancelled")


def test_my_shifts_show_that_an_hour_was_cancelled(tom, hour):
    serve(tom.membership, hour, "chair")
    set_to(hour, phase="cancelled")
    page = tom.get("/me/shifts")
    assert "cancelled" in text_of(page) and "<s>" in page.text and "Step down" not in page.text


def test_moderators_say_what_serving_asks_for(app, maya, tom, visitor, otto, harbour):
    path = of(harbour, "/rota/rules")
    for person in (visitor, otto):
        assert same_as_nothing(person.get(path), person, "/rota/rules")
    for answer in (tom.get(path), tom.post(path, days="0", meetings="0")):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    assert re.search(r'name="days"[^>]*value="7"', maya.get(path).text)
    answer = maya.post(path, days="30", meetings="4", shadowing="y")
    assert (answer.status_code, answer.location) == (303, of(harbour, "/rota"))
    assert re.search(r'name="days"[^>]*value="30"', maya.get(path).text) and "checked" in maya.get(path).text
    assert "What serving asks for" in maya.get(of(harbour, "/rota")).text
    assert "What serving asks for" not in tom.get(of(harbour, "/rota")).text
    guard(app)
    assert maya.post(path, days="1", meetings="0").status_code in (400, 422) and count(RotaRules) == 1


@pytest.mark.parametrize("form, told", [
    ({"days": "x", "meetings": "0"}, "This needs a whole number, in digits."), ({"days": "-1", "meetings": "0"}, "This can be from 0 to 365."),
    ({"days": "9" * 40, "meetings": "0"}, "This can be from 0 to 365."), ({"days": "0", "meetings": "51"}, "This can be from 0 to 50."),
])
def test_rules_that_make_no_sense_are_refused_beside_the_field(maya, harbour, form, told):
    answer = maya.post(of(harbour, "/rota/rules"), **form)
    assert answer.status_code == 422 and told in answer.text and count(RotaRules) == 0
