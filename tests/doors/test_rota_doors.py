"""The doors of the rota: who serves, cover, swaps; each for whom it is, and for nobody else."""

import re
from datetime import timedelta

import pytest

from groups import clock
from groups.rota.actions import ask_for_cover, serve
from groups.rota.coming import plan_to_come
from groups.rota.models import Coming, Duty, SwapOffer
from groups.rota.swaps import offer_swap
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.reading import part, text_of
from tests.evenings import count, duties, one, set_to
from tests.hours import join

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def hour(maya, quay):
    """Tonight at seven."""
    return one(maya, quay)


@pytest.fixture
def at(harbour, hour):
    """The address of tonight's page, or of something sent to it."""
    return lambda verb="": of(harbour, f"/m/{hour.public_id}{'/' if verb else ''}{verb}")


FORMS = {
    "duties": {"kind": "chair"}, "duties/end": {}, "duties/cover": {}, "duties/keep": {}, "duties/assign": {"kind": "door", "name": "Nia"},
    "duties/clear": {"kind": "chair"}, "duties/not-now": {}, "swaps": {"kind": "chair", "instead": "abc"}, "swaps/end": {"kind": "chair"},
    "swaps/accept": {"kind": "chair", "instead": "abc"}, "swaps/decline": {"kind": "chair", "instead": "abc"}, "coming": {},
    "coming/end": {}, "coming/confirm": {},
}


@pytest.mark.parametrize("verb", FORMS)
def test_nothing_of_it_is_there_for_outsiders(visitor, otto, vera, hour, harbour, verb):
    for person in (visitor, otto, vera):
        path = f"/m/{hour.public_id}/{verb}"
        assert same_as_nothing(person.post(of(harbour, path), **FORMS[verb]), person, path, **FORMS[verb])
    assert count(Duty) == count(Coming) == 0


@pytest.mark.parametrize("verb", FORMS)
def test_every_form_needs_its_token_and_takes_any_nonsense_kindly(app, tom, hour, at, verb):
    nonsense = dict.fromkeys(("kind", "name", "instead", "on"), "\x00🌊" + "x" * 5000)
    for form in ({}, nonsense, {"on": "https://evil.example", "kind": "chair", "name": "Nia", "instead": "%"}):
        answer = tom.post(at(verb), **form)
        assert answer.status_code in (303, 403, 422), (verb, form)
        assert answer.location in (None, at()), "one is led to pages of ours only"
    guard(app)
    assert tom.post(at(verb), **FORMS[verb]).status_code == 400


def test_the_rota_says_what_is_missing_first_and_takes_sign_ups(app, tom, maya, hour, harbour):
    guard(app)
    page = tom.get(of(harbour, "/rota"))
    assert page.status_code == 200 and "<title>Rota</title>" in page.text
    assert "Tuesday 19:00 still needs somebody to lead, somebody at the door and somebody to stand beside." in text_of(page)
    answer = tom.post(of(harbour, f"/m/{hour.public_id}/duties"), kind="door", on="rota.rota", csrf_token=token_in(page))
    assert (answer.status_code, answer.location) == (303, of(harbour, "/rota"))
    page = tom.get(of(harbour, "/rota"))
    assert "Tuesday 19:00 still needs somebody to lead and somebody to stand beside." in text_of(page)
    assert "Door You" in text_of(page) and "Door Tom" in text_of(maya.get(of(harbour, "/rota")))


def test_every_button_says_back_what_it_did(tom, nia, maya, quay, hour, at):
    def told(person, verb, **form):
        return text_of(person.get(person.post(at(verb), **form).location))

    assert "You lead today at 19:00." in told(tom, "duties", kind="chair")
    assert "The others see that you ask. It is yours until somebody takes over." in told(tom, "duties/cover")
    assert "Thank you. You serve today at 19:00 after all." in told(tom, "duties/keep")
    assert "You stepped down. Thank you for saying so in time." in told(tom, "duties/end")
    assert "You keep the door today at 19:00." in told(tom, "duties", kind="door")
    assert "Noted. Whoever you put down sees it, and may say no." in told(maya, "duties/assign", kind="chair", name="Nia")
    assert "This duty is free again." in told(maya, "duties/clear", kind="chair")
    assert "Noted. Only a number is shown, to those on duty." in told(nia, "coming")
    assert "Noted. Thank you for saying so." in told(nia, "coming/end")
    thursday = one(maya, quay, hours=7 + 48)
    serve(nia.membership, thursday, "door")
    told(tom, "duties/cover")
    offered = {"kind": "door", "instead": thursday.public_id}
    assert "Offered. They see it on their page" in told(nia, "swaps", **offered)
    assert "Declined. Your duty stays yours" in told(tom, "swaps/decline", **offered)
    told(nia, "swaps", **offered)
    assert "Your offer is taken back." in told(nia, "swaps/end", kind="door")
    told(nia, "swaps", **offered)
    assert "Swapped. Your new hour is under “Where you serve”." in told(tom, "swaps/accept", **offered)


def test_the_rota_lists_who_asks_for_cover_with_what_is_missing(tom, nia, maya, hour, harbour):
    set_to(hour, needs="chair,door")
    serve(tom.membership, hour, "door")
    ask_for_cover(tom.membership, hour)
    said = "Tuesday 19:00 still needs somebody to lead; somebody asks for cover at the door."
    assert said in text_of(nia.get(of(harbour, "/rota")))
    serve(maya.membership, hour, "chair")
    assert "Tuesday 19:00 : somebody asks for cover at the door." in text_of(nia.get(of(harbour, "/rota")))
    assert "Tuesday 19:00 : you ask for cover at the door." in text_of(tom.get(of(harbour, "/rota")))


def test_the_rota_is_the_groups_alone_and_has_few_pages(visitor, otto, vera, tom, harbour):
    for person in (visitor, otto, vera):
        assert same_as_nothing(person.get(of(harbour, "/rota")), person, "/rota")
    assert tom.get(of(harbour, "/rota?page=4")).status_code == 200
    for page in ("0", "5", "-1", "x", "1e9", "²"):
        assert tom.get(of(harbour, f"/rota?page={page}")).status_code == 404, page


def test_a_refusal_is_shown_on_the_page_it_was_asked_on(tom, nia, hour, at):
    serve(nia.membership, hour, "door")
    answer = tom.post(at("duties"), kind="door", on="rota.rota")
    assert answer.status_code == 403 and "<title>Rota</title>" in answer.text and "Somebody already does this." in answer.text
    answer = tom.post(at("duties/cover"), on="rota.shifts")
    assert answer.status_code == 403 and "Where you serve" in answer.text


def test_asking_for_cover_and_taking_over(tom, nia, hour, at):
    serve(tom.membership, hour, "chair")
    assert tom.post(at("duties/cover")).location == at()
    page = text_of(nia.get(at()))
    assert "Tom asks for cover" in page and "I will take over" in page
    assert "You ask for cover" in text_of(tom.get(at()))
    assert nia.post(at("duties"), kind="chair").status_code == 303 and duties(hour) == {"chair": "Nia"}


def test_a_swap_from_the_offer_to_the_answer(maya, tom, nia, quay, hour, at):
    thursday = one(maya, quay, "Thursday hour", hours=7 + 48)
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    serve(nia.membership, thursday, "door")
    page = nia.get(at())
    assert "keep the door on Thursday 26 November, 19:00 (Thursday hour)" in text_of(page) and "Offer it" in page.text
    assert nia.post(at("swaps"), kind="chair", instead=thursday.public_id).status_code == 303
    assert "You offered to swap: they would keep the door" in text_of(nia.get(at()))
    for page in (tom.get(at()), tom.get("/me/shifts")):
        assert "Nia would do it, if you keep the door on Thursday 26 November, 19:00 (Thursday hour)." in text_of(page)
    assert "would do it" not in maya.get(at()).text, "an offer is between the two"
    assert tom.post(at("swaps/accept"), instead=thursday.public_id, kind="door", on="rota.shifts").location == "/me/shifts"
    assert (duties(hour), duties(thursday)) == ({"chair": "Nia"}, {"door": "Tom"})
    answer = tom.post(at("swaps/accept"), instead=thursday.public_id, kind="door")
    assert answer.status_code == 403 and "This offer was taken back, or settled already." in answer.text


def test_offers_are_declined_and_taken_back(maya, tom, nia, quay, hour, at):
    thursday = one(maya, quay, hours=7 + 48)
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    serve(nia.membership, thursday, "door")
    for person, verb, form in ((tom, "swaps/decline", {"instead": thursday.public_id, "kind": "door"}), (nia, "swaps/end", {"kind": "chair"})):
        offer_swap(nia.membership, hour, "chair", thursday.public_id)
        assert person.post(at(verb), **form).location == at() and count(SwapOffer) == 0


def test_nobody_is_chosen_beforehand_and_those_in_their_first_week_come_last_and_say_so(maya, tom, nia, hour, at):
    set_to(nia.membership, joined_at=clock.now() - timedelta(days=2))
    page = maya.get(at()).text
    names = re.findall(r'<option value="(.*?)">(.*?)</option>', page.partition('<select name="name" required>')[2].partition("</select>")[0])
    assert names == [("", "Choose somebody"), ("Maya", "Maya"), ("Tom", "Tom"), ("Nia", "Nia (new this week)")]
    answer = maya.post(at("duties/assign"), kind="door", name="")
    assert answer.status_code == 422 and "Please choose from the list." in answer.text and count(Duty) == 0
    assert maya.post(at("duties/assign"), kind="door", name="Nia").location == at(), "whoever looks after the group knows whom they ask"


def test_a_moderator_asks_somebody_and_frees_a_duty(maya, tom, nia, hour, at):
    page = maya.get(at()).text
    assert "Ask somebody" in page and '<option value="Nia">Nia</option>' in page
    assert "Ask somebody" not in tom.get(at()).text and "<option" not in tom.get(at()).text, "there is no roster for members"
    assert maya.post(at("duties/assign"), kind="door", name="Nia").location == at()
    assert "Somebody who looks after the group asked you." in text_of(nia.get(at())) and "I cannot" in nia.get(at()).text
    answer = tom.post(at("duties/assign"), kind="chair", name="Nia")
    assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    answer = maya.post(at("duties/assign"), kind="chair", name="Vera")
    assert answer.status_code == 422 and "Nobody here goes by that name now." in answer.text
    assert maya.post(at("duties/clear"), kind="door").location == at() and count(Duty) == 0


def test_on_the_page_of_a_cancelled_hour_nothing_can_be_signed_up(maya, tom, hour, at):
    serve(tom.membership, hour, "chair")
    plan_to_come(maya.membership, hour)
    set_to(hour, phase="cancelled")
    for person in (tom, maya):
        page = part(person.get(at()), "duties")
        assert "Tom" in page or "You" in page
        assert "<button" not in page and "I plan to come" not in person.get(at()).text
    answer = tom.post(at("coming"))
    assert answer.status_code == 403 and "This meeting was cancelled." in answer.text
    assert (count(Duty), count(Coming)) == (1, 1), "they stay with the hour, should it be held after all"


def test_in_the_last_half_hour_the_gap_is_said_where_it_helps(tom, maya, hour, at, freeze, visitor):
    freeze(hour.starts_at - timedelta(minutes=20))
    for page in (tom.get("/"), maya.get("/")):
        assert "begins in 20 minutes and still needs somebody to lead" in text_of(page)
    assert "It begins soon, and still needs somebody to lead" in text_of(tom.get(at()))
    assert "still needs" not in visitor.get(at()).text


def test_pages_name_nobodys_number_or_handle(maya, tom, hour, at, harbour):
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    join("Sam")
    for path in (at(), of(harbour, "/rota"), "/me/shifts", of(harbour, "/rota/rules"), "/"):
        page = maya.get(path).text
        assert tom.membership.handle not in page and maya.membership.handle not in page, path
