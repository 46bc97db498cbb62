"""The doors of reminders: one's own devices, switched on, changed, tried and removed; nobody else's."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import reading
from groups.reminding.models import Device
from groups.sentences import REMINDERS, SENTENCES
from tests.doors.asking import guard, token_in
from tests.doors.reading import reads_by, text_of
from tests.pushing import Browser

PAGE = "/me/reminders"
CHOSEN = {"minutes": "15", "sentence": "1", "quiet_from": "22:00", "quiet_to": "07:00"}


@pytest.fixture
def on(sender, sink, harbour):
    """`on(tom)`: Tom switches reminders on in a browser of his; the answer, and that browser."""

    def switch_on(person, name="phone", **other):
        browser = Browser()
        form = browser.told(sink.at(name)) | CHOSEN | {"groups": harbour.slug} | other
        return person.post(f"{PAGE}/devices", **form), browser

    return switch_on


def devices(person):
    with reading() as session:
        return list(session.scalars(select(Device).where(Device.account_id == person.account.id).order_by(Device.id)))


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Device))


def said(answer):
    return html.unescape(text_of(answer))


# --- the page --------------------------------------------------------------------------------------


def test_the_page_says_what_others_can_see_before_anything_is_on(sender, tom):
    assert f'href="{PAGE}"' in tom.get("/me").text
    page = tom.get(PAGE)
    for words in ("off until you switch it on", "No group, no hour, no picture.", "It cannot read the sentence.", "on every device of yours", "Harbour", *REMINDERS):
        assert words in said(page)
    assert sender.key.public in page.text
    assert re.search(r'<form class="stack choices"[^>]* hidden>', page.text), "switching on needs script"
    assert "<p data-says=\"plain\">Switching on needs script" in page.text
    assert "Your devices" not in page.text


def test_where_the_server_has_no_key_the_page_says_so_calmly(app, tom, harbour):
    page = tom.get(PAGE)
    assert page.status_code == 200
    assert SENTENCES["push_not_set_up"] in said(page)
    assert "<form" not in page.text.split("<main")[1] and "data-push-key" not in page.text
    answer = tom.post(f"{PAGE}/devices", groups=harbour.slug, **CHOSEN, **Browser().told("https://fcm.googleapis.com/1"))
    assert answer.status_code == 403 and SENTENCES["push_not_set_up"] in said(answer) and count() == 0


def test_who_belongs_nowhere_has_nothing_to_be_reminded_of(sender, otto):
    assert "You belong to no group yet." in said(otto.get(PAGE))


@pytest.mark.parametrize("method, path", [
    ("get", ""), ("post", "/devices"), ("post", "/this"), ("post", "/devices/0011223344556677"),
    ("post", "/devices/0011223344556677/end"), ("post", "/devices/0011223344556677/now"),
])
def test_a_visitor_is_asked_to_sign_in_first(sender, visitor, method, path):
    assert getattr(visitor, method)(PAGE + path).location == f"/sign-in?next={PAGE}"


# --- switching on ----------------------------------------------------------------------------------


def test_switching_on_makes_this_device_and_the_page_knows_it(on, tom):
    answer, _ = on(tom)
    assert (answer.status_code, answer.location) == (303, PAGE)
    (device,) = devices(tom)
    assert (device.minutes, device.sentence, device.zone) == (15, 1, "UTC")
    page = tom.get(PAGE)
    assert "This device" in said(page) and "Another device" not in said(page)
    assert f'action="{PAGE}/devices/{device.name}"' in page.text
    assert f"{device.made_at:%-d %B}" in said(page)


def test_quiet_hours_are_on_the_clock_of_whoever_chose_them(on, tom):
    reads_by(tom, "Asia/Kathmandu")
    on(tom)
    assert devices(tom)[0].zone == "Asia/Kathmandu"
    assert "on the clock of Kathmandu" in said(tom.get(PAGE))


def test_a_device_of_mine_that_is_not_this_one_is_another(on, tom, app):
    on(tom)
    tom.sign_in()
    page = tom.get(PAGE)
    assert "Another device" in said(page) and "This device" not in said(page)
    assert re.search(r'<form class="stack choices"[^>]* hidden>', page.text)


@pytest.mark.parametrize("other, status, told", [
    ({"groups": ""}, 422, "choose_group"), ({"groups": "nosuchgroup"}, 422, "choose_group"), ({"minutes": "7"}, 422, "choose_one"),
    ({"minutes": "soon"}, 422, "choose_one"), ({"sentence": "3"}, 422, "choose_one"), ({"sentence": "Meet me"}, 422, "choose_one"),
    ({"quiet_to": ""}, 422, "quiet_needs_both"), ({"quiet_to": "22:00"}, 422, "quiet_needs_both"), ({"quiet_from": "late"}, 422, "bad_time"),
    ({"endpoint": "https://evil.example/1"}, 422, "push_service_unknown"), ({"endpoint": ""}, 422, "push_service_unknown"),
    ({"endpoint": "http://127.0.0.1:1/latest"}, 422, "push_service_unknown"), ({"point": "AAAA"}, 422, "device_unclear"),
    ({"auth": ""}, 422, "device_unclear"), ({"point": "\x00"}, 422, "device_unclear"),
])
def test_what_cannot_be_is_told_and_the_rest_stays_as_typed(on, tom, sink, other, status, told):
    answer, _ = on(tom, minutes=other.get("minutes", "60"), **{name: value for name, value in other.items() if name != "minutes"})
    assert answer.status_code == status
    assert SENTENCES[told] in said(answer)
    assert count() == 0 and sink.got == []
    assert "minutes" in other or '<option selected value="60">' in answer.text


def test_an_empty_form_is_a_refusal_and_not_a_fault(sender, tom):
    assert tom.post(f"{PAGE}/devices").status_code == 422
    assert count() == 0


def test_both_times_empty_are_no_quiet_hours(on, tom):
    assert on(tom, quiet_from="", quiet_to="")[0].status_code == 303
    assert (devices(tom)[0].quiet_from, devices(tom)[0].quiet_to) == (None, None)


# --- choosing, recognising, removing ----------------------------------------------------------------


def test_choices_can_be_changed_with_no_script(on, tom, harbour):
    on(tom)
    name = devices(tom)[0].name
    answer = tom.post(f"{PAGE}/devices/{name}", groups=harbour.slug, minutes="1440", sentence="2", quiet_from="", quiet_to="")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert (devices(tom)[0].minutes, devices(tom)[0].sentence, devices(tom)[0].quiet_from) == (1440, 2, None)
    refused = tom.post(f"{PAGE}/devices/{name}", minutes="5")
    assert refused.status_code == 422 and SENTENCES["choose_group"] in said(refused)
    assert devices(tom)[0].minutes == 1440


def test_a_browser_that_was_on_before_is_recognised_after_the_next_sign_in(on, tom, nia, sink):
    on(tom)
    tom.sign_in()
    for person, endpoint in ((tom, sink.at("another")), (tom, ""), (nia, sink.at("phone"))):
        assert person.post(f"{PAGE}/this", endpoint=endpoint).status_code == 404
    assert "This device" not in said(tom.get(PAGE))
    answer = tom.post(f"{PAGE}/this", endpoint=sink.at("phone"))
    assert (answer.status_code, answer.text) == (204, "")
    assert "This device" in said(tom.get(PAGE))


def test_removing_ends_it_here_and_there(on, tom):
    on(tom, "phone")
    on(tom, "desktop")
    phone, desktop = devices(tom)
    assert tom.post(f"{PAGE}/devices/{phone.name}/end").status_code == 303
    assert "This device" in said(tom.get(PAGE))
    tom.post(f"{PAGE}/devices/{desktop.name}/end")
    assert count() == 0
    assert "This device" not in said(tom.get(PAGE))


@pytest.mark.parametrize("verb", ["", "/end", "/now"])
def test_a_device_is_not_there_for_anybody_else(on, tom, nia, sink, verb):
    on(tom)
    for name in (devices(tom)[0].name, "0" * 16, "..", "1", str(devices(tom)[0].id)):
        answer = nia.post(f"{PAGE}/devices/{name}{verb}", groups="x", minutes="5", sentence="0")
        assert answer.status_code == 404, name
    assert count() == 1 and sink.got == []


@pytest.mark.parametrize("path", ["/devices", "/this", "/devices/{}", "/devices/{}/end", "/devices/{}/now"])
def test_a_form_from_elsewhere_changes_nothing(on, app, tom, sink, path):
    on(tom)
    name = devices(tom)[0].name
    guard(app)
    assert tom.post(PAGE + path.format(name), endpoint=sink.at("x")).status_code == 400
    assert [device.name for device in devices(tom)] == [name] and sink.got == []
    tom.post(f"{PAGE}/devices/{name}/end", csrf_token=token_in(tom.get(PAGE)))
    assert count() == 0


# --- one now ----------------------------------------------------------------------------------------


def test_one_can_be_shown_now_quiet_hours_or_not_and_not_too_often(on, tom, sink, freeze):
    freeze(clock.now().replace(hour=23))
    _, browser = on(tom)
    now = f"{PAGE}/devices/{devices(tom)[0].name}/now"
    assert tom.post(now).location == PAGE
    assert "It is on its way." in said(tom.get(PAGE))
    assert [browser.open(got.body) for got in sink.got] == [REMINDERS[1]]
    tom.post(now)
    assert "Please give it 10 seconds." in said(tom.get(PAGE)) or "Please give it 9 seconds." in said(tom.get(PAGE))
    freeze(clock.now() + timedelta(seconds=11))
    tom.post(now)
    assert len(sink.got) == 2


@pytest.mark.parametrize("status, told, left", [(410, "device_gone", 0), (404, "device_gone", 0), (500, "reminder_not_taken", 1), (302, "reminder_not_taken", 1)])
def test_what_the_service_says_is_said_on_the_page(on, tom, sink, status, told, left):
    on(tom)
    sink.status = status
    tom.post(f"{PAGE}/devices/{devices(tom)[0].name}/now")
    assert SENTENCES[told] in said(tom.get(PAGE))
    assert count() == left and len(sink.got) == 1
