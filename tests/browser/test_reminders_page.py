"""Reminders in a real browser: switched on with a worker that shows one sentence and does nothing else.
The company behind the browser is not there in a test, so where a browser would ask it for an address,
it is given one of ours."""

import json
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from groups.accounts.actions import keep_account
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import COOKIE
from groups.db import change, reading
from groups.membership.models import Membership
from groups.reminding.keys import make_key
from groups.reminding.models import Device
from groups.sentences import REMINDERS, SENTENCES
from groups.settings import ROOT
from tests.browsing import nowhere
from tests.hours import settled
from tests.house.test_words import TELLING
from tests.pushing import Browser
from tests.server import SECRET
from tests.sockets import until

PAGE = "/me/reminders"
SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
SUBSCRIBED = """
  const told = %s;
  const answer = { endpoint: told.endpoint, unsubscribe: async () => true,
    toJSON: () => ({ endpoint: told.endpoint, keys: { p256dh: told.point, auth: told.auth } }) };
  PushManager.prototype.subscribe = async () => answer;
  PushManager.prototype.getSubscription = async () => answer;
"""
SHOWN = """async () => {
  const all = await Promise.all((await navigator.serviceWorker.getRegistrations()).map((one) => one.getNotifications()));
  return all.flat().map(({ title, body, tag, silent, icon, image, badge, actions }) =>
    ({ title, body, tag, silent, icon, image: image ?? "", badge, actions: actions.length }));
}"""
KEPT = """async () => [await caches.keys(), localStorage.length, (await indexedDB.databases()).length]"""
SCOPES = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname)"
CLICKED = """async () => {
  const opened = [];
  Object.defineProperty(clients, "openWindow", { value: async (address) => opened.push(address) });
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  return [opened, (await registration.getNotifications()).length];
}"""


@pytest.fixture(scope="module")
def chromium(at_home):
    """The whole of it: its notifications is its own doing."""
    return at_home


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory, sink):
    """A server that has a key and may talk to that service. Leaving quickly lands there, too."""
    folder = tmp_path_factory.mktemp("reminding")
    make_key(folder / "push" / "key.pem")
    with settled(moved_in, folder, LAMPLIGHT_PUSH_HOSTS=sink.url, LAMPLIGHT_AWAY_URL=f"{sink.url}/gone") as server:
        yield server


def devices():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Device))


def test_from_switching_on_to_a_sentence_on_the_screen_and_gone_again(house, browse, sink):
    browser = Browser()
    page = browse(house, "Tom", phone=True)
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.add_init_script(SUBSCRIBED % json.dumps(browser.told(sink.at("toms-phone"))))
    page.goto(PAGE)
    page.get_by_label(REMINDERS[2]).check()
    page.get_by_role("button", name="Switch on for this device").click()
    expect(page.get_by_text("Reminders are on for this device.")).to_be_visible()
    expect(page.get_by_text("This device", exact=True)).to_be_visible()
    assert page.evaluate(SCOPES) == ["/static/js/"], "no page passes through the worker"

    page.get_by_role("button", name="Show one now").click()
    expect(page.get_by_text("It is on its way.")).to_be_visible()
    words = browser.open(sink.got[-1].body)
    assert words == REMINDERS[2]
    deliver(page, house, words)
    assert until(lambda: page.evaluate(SHOWN), 20, "it to be shown") == [
        {"title": words, "body": "", "tag": "note", "silent": True, "icon": "", "image": "", "badge": "", "actions": 0}
    ]
    deliver(page, house, REMINDERS[0])
    until(lambda: [shown["title"] for shown in page.evaluate(SHOWN)] == [REMINDERS[0]], 20, "the next in place of the first")
    assert page.evaluate(KEPT) == [[], 0, 0]
    assert page.context.service_workers[0].evaluate(CLICKED) == [["/"], 0]

    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": house.visit("Tom").cookie, "url": house.url}])
    page.goto(PAGE)
    expect(page.get_by_text("This device", exact=True)).to_be_visible()

    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(f"{sink.url}/gone")
    page.goto("/sign-in")
    assert (page.evaluate(SCOPES), devices()) == ([], 0)


def test_later_on_the_words_go_along_and_a_slip_is_said_beside_the_empty_field(house, browse, sink):
    page = browse(house, "Vera", phone=True)
    with change() as (session, _):
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Vera"))
        session.execute(update(SignIn).where(SignIn.account_id == account.id).values(came_by="passkey"))
    keep_account(account, SEVEN.split(), SimpleNamespace(secret=SECRET, fast_hash=True))
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.add_init_script(SUBSCRIBED % json.dumps(Browser().told(sink.at("veras-phone"))))
    page.goto(PAGE)
    words, button = page.get_by_label("Your seven words"), page.get_by_role("button", name="Switch on for this device")
    words.fill("abacus " * 7)
    button.click()
    expect(page.locator(".field-error:visible")).to_have_text(SENTENCES["words_not_yours"])
    expect(words).to_have_value("")
    assert devices() == 0
    words.fill(SEVEN)
    button.click()
    expect(page.get_by_text("Reminders are on for this device.")).to_be_visible()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Nothing is shown there any more.")).to_be_visible()


def test_switching_off_lets_go_of_the_worker_too(house, browse, sink):
    page = browse(house, "Nia")
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.add_init_script(SUBSCRIBED % json.dumps(Browser().told(sink.at("nias-desktop"))))
    page.goto(PAGE)
    page.get_by_role("button", name="Switch on for this device").click()
    page.get_by_role("button", name="Switch off").click()
    expect(page.get_by_text("Nothing is shown there any more.")).to_be_visible()
    expect(page.get_by_role("button", name="Switch on for this device")).to_be_visible()
    assert (page.evaluate(SCOPES), devices()) == ([], 0)


def test_leaving_quickly_lets_go_of_the_worker_with_no_line_too(house, browse, sink):
    page = browse(house, "Nia")
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.add_init_script(SUBSCRIBED % json.dumps(Browser().told(sink.at("nias-phone"))))
    page.goto(PAGE)
    page.get_by_role("button", name="Switch on for this device").click()
    expect(page.get_by_text("Reminders are on for this device.")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("link", name="Leave quickly").click()
    nowhere(page)
    page.context.set_offline(False)
    page.goto("/sign-in")
    assert page.evaluate(SCOPES) == []
    page.goto("/away")
    assert devices() == 0


@pytest.mark.parametrize("how, told", [
    ({"script": False}, "Switching on needs script"), ({}, "This browser was told to show nothing from here."),
], ids=["no script", "not allowed"])
def test_where_it_cannot_be_switched_on_the_page_says_why(house, browse, how, told):
    page = browse(house, "Maya", phone=True, **how)
    page.context.grant_permissions([], origin=house.url)  # and all others are refused
    page.goto(PAGE)
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_role("button", name="Switch on for this device")).to_be_hidden()
    assert page.get_by_text("calendar").first.is_visible()


def test_a_browser_that_gets_no_address_says_so_beside_the_button_and_may_try_again(house, browse):
    page = browse(house, "Maya", phone=True)
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.goto(PAGE)
    button = page.get_by_role("button", name="Switch on for this device")
    button.click()
    why = page.get_by_role("alert").get_by_text("Private windows have none.")
    expect(why).to_be_in_viewport(ratio=1)
    expect(button).to_be_in_viewport(ratio=1)
    assert button.bounding_box()["y"] - why.bounding_box()["y"] < 150, "the one is right above the other"
    browse.complaints = [words for words in browse.complaints if "Push API in incognito" not in words]  # Chromium's own
    assert devices() == 0


@pytest.mark.parametrize("said, told", [("default", "Press once more"), ("denied", "told to show nothing from here")])
def test_whoever_does_not_say_yes_reads_what_that_means_where_they_look(house, browse, said, told):
    page = browse(house, "Maya", phone=True)
    page.context.grant_permissions(["notifications"], origin=house.url)
    page.add_init_script(f"Notification.requestPermission = async () => '{said}'")
    page.goto(PAGE)
    page.get_by_role("button", name="Switch on for this device").click()
    expect(page.get_by_text(told)).to_be_in_viewport(ratio=1)
    assert devices() == 0


def test_the_worker_hears_a_push_and_a_tap_and_knows_nothing_else():
    code = (ROOT / "static" / "js" / "push-worker.js").read_text()
    assert {line.split('"')[1] for line in code.splitlines() if line.startswith("addEventListener")} == {"push", "notificationclick"}
    for word in ("fetch", "caches", "indexedDB", "importScripts", "icon", "http"):
        assert word not in code.split("\n\n", 1)[1], word
    assert not TELLING.search(code)


def deliver(page, house, words):
    """What the company would do: hand the worker what was sent, opened."""
    found = []
    browser = page.context.new_cdp_session(page)
    browser.on("ServiceWorker.workerRegistrationUpdated", lambda news: found.extend(news["registrations"]))
    browser.send("ServiceWorker.enable")
    until(lambda: page.evaluate("1") and found, 20, "the worker")
    browser.send("ServiceWorker.deliverPushMessage", {"origin": house.url, "registrationId": found[-1]["registrationId"], "data": words})
