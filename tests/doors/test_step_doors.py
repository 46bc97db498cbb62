"""The doors of the ladder: somebody's page, one's own page, the way back."""

import pytest

from groups.membership.models import Membership
from groups.moderation.step_actions import ban, warn
from tests.cast import Person
from tests.doors.asking import guard, of, same_as_nothing
from tests.laddered import log_of, looks_after, made_steward, sent_out, steps_about, stored

HANDLE = "bcdfghjkmn"


def page_of(person) -> str:
    return f"/members/{person.membership.handle}"


def new_browser(app, person) -> Person:
    """The same seven words in another browser."""
    return Person(person.name, person.account, person.membership, app.test_client())


# --- somebody's page -----------------------------------------------------------------------------------


def test_somebodys_page_is_for_those_who_look_after_the_group(maya, tom, nia, otto, rosa, visitor, harbour):
    page = maya.get(of(harbour, page_of(tom)))
    assert page.status_code == 200
    for told in ("Tom", "new this week", "Take a step", "A word of warning", "first comes a word of warning"):
        assert told in page.text
    assert nia.get(of(harbour, page_of(tom))).status_code == 403
    for person in (otto, rosa, visitor):
        assert same_as_nothing(person.get(of(harbour, page_of(tom))), person, page_of(tom))
    assert maya.get(of(harbour, f"/members/{HANDLE}")).status_code == 404
    assert page_of(tom) in maya.get(of(harbour, "/members")).text


def test_somebody_of_another_group_is_not_there(maya, vera, harbour):
    assert maya.get(of(harbour, page_of(vera))).status_code == 404
    for verb, form in (("warn", {"agreement": 1}), ("ban", {"agreement": 1, "days": 1}), ("stewards", {"why": "threats"})):
        assert maya.post(of(harbour, f"{page_of(vera)}/{verb}"), **form).status_code == 404


def test_a_warning_from_the_page_is_read_on_the_groups_page(maya, tom, harbour):
    answer = maya.post(of(harbour, f"{page_of(tom)}/warn"), agreement="3")
    assert (answer.status_code, answer.location) == (303, of(harbour, page_of(tom)))
    page = maya.get(of(harbour, page_of(tom))).text
    assert "Agreement 3: <bdi>No contact details.</bdi>" in page and "by <bdi>Maya</bdi>" in page
    assert "Read it" in tom.get(of(harbour)).text
    mine = tom.get(of(harbour, "/steps")).text
    assert "You were given a word of warning." in mine and "No contact details." in mine
    assert "Maya" not in mine, "it comes from the group"


def test_a_ban_from_the_page(maya, tom, harbour):
    sent_out(tom)
    assert maya.post(of(harbour, f"{page_of(tom)}/ban"), agreement="3", days="60").status_code == 303
    page = maya.get(of(harbour, page_of(tom))).text
    assert "They are out until" in page and "in force" in page and "Asked for until" in page
    assert "Out for a while" in maya.get(of(harbour, "/members")).text


@pytest.mark.parametrize("verb, form, status, told", [
    ("warn", {}, 422, "Please choose one of these."), ("warn", {"agreement": "x"}, 422, "Please choose one of these."),
    ("warn", {"agreement": "99"}, 422, "Please choose one of these."), ("ban", {"agreement": "3", "days": "soon"}, 422, "whole number"),
    ("ban", {"agreement": "3"}, 422, "whole number"), ("ban", {"agreement": "3", "days": "400"}, 422, "from 1 to 365"),
    ("ban", {"agreement": "99", "days": "3"}, 422, "Please choose one of these."), ("stewards", {}, 422, "Please choose one of these."),
    ("stewards", {"why": "because"}, 422, "Please choose one of these."),
])
def test_what_will_not_do_is_said_beside_its_field(maya, tom, harbour, verb, form, status, told):
    sent_out(tom)
    answer = maya.post(of(harbour, f"{page_of(tom)}/{verb}"), **form)
    assert answer.status_code == status and told in answer.text
    assert len(steps_about(tom)) == 3


def test_a_ban_too_early_says_what_comes_first_and_keeps_what_was_typed(maya, tom, harbour):
    answer = maya.post(of(harbour, f"{page_of(tom)}/ban"), agreement="2", days="5")
    assert answer.status_code == 403
    assert "first comes a word of warning" in answer.text and 'value="5"' in answer.text
    assert '<option selected value="2">' in answer.text


def test_no_agreement_is_chosen_beforehand(maya, tom, harbour):
    sent_out(tom)
    page = maya.get(of(harbour, page_of(tom))).text
    assert page.count("Choose which agreement") == 2 and "<option selected value=\"1\"" not in page
    for verb, form in (("warn", {"agreement": ""}), ("ban", {"agreement": "", "days": "3"})):
        answer = maya.post(of(harbour, f"{page_of(tom)}/{verb}"), **form)
        assert answer.status_code == 422 and "Please choose one of these." in answer.text
    assert len(steps_about(tom)) == 3


def test_nobody_takes_a_step_about_themselves_or_alone_about_a_peer(maya, nia, harbour):
    looks_after(nia)
    for target, told in ((maya, "This is about you"), (nia, "They look after this group too")):
        assert told in maya.post(of(harbour, f"{page_of(target)}/warn"), agreement="1").text
        assert steps_about(target) == []
    assert "decided by others" in maya.get(of(harbour, page_of(maya))).text


def test_the_buttons_beside_a_step(maya, nia, tom, otto, harbour):
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 60)
    agree, lift = (of(harbour, f"/steps/{given.public_id}/{verb}") for verb in ("agree", "lift"))
    for person in (otto, tom):
        assert person.post(agree).status_code == person.post(lift).status_code == 404
    assert nia.post(agree).status_code == nia.post(lift).status_code == 403
    assert "Agree, as the second one" not in maya.get(of(harbour, page_of(tom))).text
    maya.post(agree)
    assert "You took this step, so somebody else looks at it now." in maya.get(of(harbour, page_of(tom))).text
    looks_after(nia)
    assert "Agree, as the second one" in nia.get(of(harbour, page_of(tom))).text
    assert nia.post(agree).status_code == 303
    assert "You agreed. It counts until" in nia.get(of(harbour, page_of(tom))).text
    assert nia.post(lift).status_code == 303
    assert stored(Membership, tom.membership).is_current
    assert nia.post(of(harbour, f"/steps/{HANDLE}/lift")).status_code == 404


def test_the_stewards_are_asked_from_the_page(maya, tom, harbour):
    assert maya.post(of(harbour, f"{page_of(tom)}/stewards"), why="threats").status_code == 303
    assert "The stewards were asked." in maya.get(of(harbour, page_of(tom))).text
    assert "asked about this person already" in maya.post(of(harbour, f"{page_of(tom)}/stewards"), why="threats").text


def test_where_nobody_could_read_it_whoever_asks_again_is_told_that_it_waits(maya, tom, otto, harbour):
    given = warn(maya.membership, tom.membership, 1)
    assert "so it would wait until there is" in tom.get(of(harbour, "/steps")).text
    tom.post(of(harbour, f"/steps/{given.public_id}/appeal"), words="Please look again.")
    page = tom.get(of(harbour, "/steps")).text
    assert page.count("There is nobody who could look at this yet; it waits until there is.") == 2
    assert "with somebody" not in page
    maya.post(of(harbour, f"{page_of(tom)}/stewards"), why="threats")
    assert "no stewards yet" in maya.get(of(harbour, page_of(tom))).text
    made_steward(otto)
    assert "It is with somebody who had no part in it." in tom.get(of(harbour, "/steps")).text


# --- one's own page, and the way back ---------------------------------------------------------------------


def test_a_ban_follows_the_account_into_a_new_browser_and_other_groups_are_untouched(app, maya, tom, harbour, willow, rosa):
    sent_out(tom)
    ban(maya.membership, tom.membership, 3, 3)
    again = new_browser(app, tom)
    answer = again.post(of(harbour, "/join"), agree="y", name="Somebody New")
    assert (answer.status_code, answer.location) == (303, of(harbour, "/steps"))
    page = again.get(of(harbour, "/steps")).text
    assert "You can come back to this group from" in page and "You cannot come to this group for a while." in page
    assert "Maya" not in page and "by <bdi>" not in page
    assert not stored(Membership, tom.membership).is_current
    group = again.get(of(harbour)).text
    assert "Read why, until when" in group and "Join with a name" not in group
    assert "Read why" in again.get("/me").text
    assert again.post("/groups/new", name="Heron", purpose="An hour.", for_whom="anybody", access="open", zone="UTC", my_name="Timo").status_code == 303


def test_somebody_banned_from_a_group_by_invitation_still_finds_why(rosa, vera, otto, willow):
    sent_out(vera)
    ban(rosa.membership, vera.membership, 3, 3)
    assert "Read why, until when" in vera.get(of(willow)).text
    assert vera.get(of(willow, "/join")).location == of(willow, "/steps")
    assert vera.get(of(willow, "/steps")).status_code == 200
    for path in ("/members", "/rota", "/invitations"):
        assert same_as_nothing(vera.get(of(willow, path)), vera, path)
    assert same_as_nothing(otto.get(of(willow, "/steps")), otto, "/steps")


def test_after_the_end_the_way_is_open_again(maya, tom, harbour, freeze):
    sent_out(tom)
    ban(maya.membership, tom.membership, 3, 3)
    freeze.forward(days=3, minutes=1)
    tom.signed_in = False
    assert "You can join again" in tom.get(of(harbour, "/steps")).text
    assert "Join with a name" in tom.get(of(harbour)).text
    assert tom.post(of(harbour, "/join"), agree="y", name="Tom").location == of(harbour)
    assert stored(Membership, tom.membership).is_current


def test_the_end_is_told_on_ones_own_clock(maya, tom, harbour):
    sent_out(tom)
    ban(maya.membership, tom.membership, 3, 3)
    tom.client.set_cookie("tz", "Asia/Tokyo")
    assert "on the clock in Tokyo" in tom.get(of(harbour, "/steps")).text


def test_ones_own_page_without_steps(tom, otto, visitor, harbour):
    assert "There is nothing." in tom.get(of(harbour, "/steps")).text
    for person in (otto, visitor):
        assert same_as_nothing(person.get(of(harbour, "/steps")), person, "/steps")


def test_an_appeal_is_sent_once_and_what_was_typed_stays(maya, tom, nia, otto, harbour):
    given = warn(maya.membership, tom.membership, 1)
    path = f"/steps/{given.public_id}/appeal"
    for person in (nia, otto, maya):
        assert person.post(of(harbour, path), words="Please.").status_code == 404
    assert tom.post(of(harbour, path), words="  ").status_code == 422
    long = "word " * 500
    answer = tom.post(of(harbour, path), words=long)
    assert answer.status_code == 422 and long.strip() in answer.text and "longer than fits" in answer.text
    assert tom.post(of(harbour, path), words="It was <b>not</b> me.").status_code == 303
    page = tom.get(of(harbour, "/steps")).text
    assert "There is nobody who could look at this yet" in page and "It was &lt;b&gt;not&lt;/b&gt; me." in page
    assert "You asked about this step already" in tom.post(of(harbour, path), words="Again.").text
    assert tom.post(of(harbour, f"/steps/{HANDLE}/appeal"), words="Please.").status_code == 404


def test_forms_from_elsewhere_change_nothing(app, maya, tom, harbour, otto):
    sent_out(tom)
    given = warn(maya.membership, tom.membership, 1)
    before = len(log_of(harbour))
    guard(app)
    made_steward(otto)
    for person in (maya, tom, otto):
        person.get("/me")
    asked = (
        (maya, of(harbour, f"{page_of(tom)}/warn"), {"agreement": 1}), (maya, of(harbour, f"{page_of(tom)}/ban"), {"agreement": 1, "days": 1}),
        (maya, of(harbour, f"{page_of(tom)}/stewards"), {"why": "threats"}), (maya, of(harbour, f"/steps/{given.public_id}/lift"), {}),
        (tom, of(harbour, f"/steps/{given.public_id}/appeal"), {"words": "Please."}), (otto, f"/stewards/{HANDLE}/answer", {"agrees": "yes"}),
    )
    for person, path, form in asked:
        assert person.post(path, **form).status_code == 400, path
    assert len(log_of(harbour)) == before
