"""Going back after leaving quickly shows nothing, whichever way one left. The browser keeps pages alive
behind the next one here, as everybody's does (`tests/browsing.AS_AT_HOME`); each test says so itself, or
it would prove nothing."""

import signal

import pytest
from playwright.sync_api import Error, Page, expect
from sqlalchemy import func, select

from groups.accounts.models import SignIn
from groups.db import change, reading
from groups.meeting import commands as c
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import LETTER, press, sees
from tests.browsing import nowhere
from tests.hours import settled
from tests.sockets import until

PLANTED = ("I almost did not come.", "You go by Tom")
# What stands on a page at the very moment the browser shows it again, before any script of the page.
WATCH = """addEventListener("pageshow", (event) => console.info(`shown ${event.persisted} ${document.body?.innerText} ${document.title}`))"""
READ = "() => `${document.title} ${document.documentElement.innerText}`"
FINGERS = [{"x": 120, "y": 400}, {"x": 220, "y": 420}]


@pytest.fixture(scope="module")
def chromium(at_home):
    """The whole of it: what it keeps alive of pages is its own doing."""
    return at_home


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory, sink):
    with settled(moved_in, tmp_path_factory.mktemp("leaving"), LAMPLIGHT_AWAY_URL=f"{sink.url}/gone") as server:
        yield server


@pytest.fixture
def read(room, begun, clerk, hour, house):
    """Tom has read his own page, and then what somebody shared in a meeting; `page.told`
    is whatever the browser kept alive, as it shows it again."""
    begun()
    maya, tom = hours.handle("Maya"), hours.handle("Tom")
    clerk.write(hour, c.RaiseHand(by=tom), c.GiveFloor(by=maya), c.Share(by=tom, client_id="planted", words=LETTER))

    def come(**how) -> Page:
        page = room("Tom", **how)
        page.add_init_script(WATCH)
        page.told = []
        page.on("console", lambda said: page.told.append(said.text) if said.text.startswith("shown true") else None)
        page.goto(f"{house.url}/me")
        page.goto(f"{house.url}/g/{hour.group.slug}/m/{hour.public_id}/room")
        sees(page, PLANTED[0])
        return page

    return come


def by_link(page):
    page.get_by_role("link", name="Leave quickly").click()


def by_shift(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def by_two_fingers(page):
    touch = page.context.new_cdp_session(page)
    for _ in range(3):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": FINGERS})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def by_keyboard(page):
    """The second Tab of the page, right after the way past the top line."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def leads_on(page, sink, times=2):
    """Back, as often: each time to the everyday site again, and nothing of ours on the way."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for count in range(1, times + 1):
        page.evaluate("() => { setTimeout(() => history.back()) }")
        until(lambda count=count: page.wait_for_timeout(50) or asked.count(f"{sink.url}/gone") >= count, 20, "the everyday site")
        page.wait_for_url(f"{sink.url}/gone")
    assert not [said for said in page.told if len(said) > len("shown true  ")], page.told


def left_in(page):
    return {one["name"]: one["value"] for one in page.context.cookies()}


def sign_ins():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(SignIn))


def go_back(page, times=2):
    """Back, as often as there is something to go back to; all that was to be read on the way."""
    seen = []
    for _ in range(times):
        here = page.url
        page.evaluate("history.back()")
        until(lambda here=here: settled_on(page, here), 20, "the page before")
        seen.append(page.evaluate(READ))
    return "\n".join(seen + page.told)


def settled_on(page, left):
    """Whether another page stands there, and is there to stay. (Playwright loses sight of pages that come back alive.)"""
    try:
        return page.evaluate("(left) => location.href !== left && document.readyState === 'complete' && !document.querySelector('html.gone')", left)
    except Error:  # it changed while we asked
        return False


def shows_nothing(said):
    assert not [word for word in PLANTED if word in said], said


@pytest.mark.parametrize(("leave", "how"), [
    (by_link, {}), (by_link, {"script": False}), (by_shift, {}), (by_keyboard, {"script": False}), (by_two_fingers, {"phone": True}),
])
def test_back_shows_nothing(read, house, sink, leave, how):
    page, before = read(**how), sign_ins()
    leave(page)
    page.wait_for_url(f"{sink.url}/gone")
    assert sign_ins() == before - 1
    if how.get("script", True):
        leads_on(page, sink)
    else:
        shows_nothing(go_back(page))


def test_back_shows_nothing_after_leaving_with_no_line(read, house, sink):
    page, before = read(), sign_ins()
    page.context.set_offline(True)
    by_link(page)
    nowhere(page)
    for _ in range(2):
        page.wait_for_load_state()
        page.evaluate("() => { setTimeout(() => history.back()) }")  # later, or it takes the answer to this along
        page.wait_for_timeout(300)
        shows_nothing("\n".join([page.content(), *page.told]))
    page.context.set_offline(False)
    assert sign_ins() == before
    page.goto(f"{house.url}/me")
    page.wait_for_url(f"{sink.url}/gone")
    assert sign_ins() == before - 1, "the next request of that browser signs it out"
    assert list(left_in(page)) == ["x"] and left_in(page)["x"] != "1"


def test_every_other_page_of_the_browser_goes_with_it(read, house, sink):
    page = read()
    others = [page.context.new_page() for _ in range(2)]
    others[0].goto(f"{house.url}/me")
    others[1].goto(page.url)
    sees(others[1], PLANTED[0])
    by_shift(page)
    for one in (page, *others):
        one.wait_for_url(f"{sink.url}/gone")


def test_signing_out_on_one_page_empties_the_others(read, house):
    page = read()
    other = page.context.new_page()
    other.goto(f"{house.url}/me")
    press(other, "Sign out")
    expect(page.locator("body")).not_to_contain_text(PLANTED[0])
    expect(page.locator("h1")).to_be_visible()  # what is there for a stranger
    shows_nothing(page.evaluate(READ))


def test_signed_out_from_another_browser_the_room_is_not_to_be_read_any_more(read, browse, house):
    page, other = read(), browse(house, "Tom")
    other.goto("/me")
    press(other, "Sign out everywhere else")
    sees(page, sentence("signed_out_here_unkept"))
    expect(page.locator("live-room")).not_to_contain_text(PLANTED[0])


@pytest.mark.parametrize("gone", ["frozen", "dead"])
def test_while_the_house_does_not_answer_an_everyday_page_opens_all_the_same(read, house, sink, gone):
    page = read()
    if gone == "frozen":
        house.process.send_signal(signal.SIGSTOP)
    else:
        house.kill()
    try:
        by_shift(page)
        page.wait_for_url(f"{sink.url}/gone")
    finally:
        house.process.send_signal(signal.SIGCONT) if gone == "frozen" else house.restart()
    page.goto(f"{house.url}/me")
    page.wait_for_url(f"{sink.url}/gone")
    assert list(left_in(page)) == ["x"] and left_in(page)["x"] != "1", "and the first that is heard of that browser signs it out"


def test_what_the_browser_keeps_of_a_page_that_was_only_left_is_empty(read, house, sink):
    page = read()
    page.goto(f"{sink.url}/elsewhere")
    with change() as (session, _):
        session.execute(SignIn.__table__.delete())  # signed out from another device
    shows_nothing(go_back(page))
    assert page.told, "the browser did keep it alive"


def test_without_script_and_without_leaving_the_browser_shows_what_it_kept(read, house, sink):
    """The measure of the others: the same browser, the same pages, and no `/away` on the way."""
    page = read(script=False)
    page.goto(f"{sink.url}/elsewhere")
    with change() as (session, _):
        session.execute(SignIn.__table__.delete())
    assert PLANTED[0] in go_back(page, times=1), "from memory, for nobody is signed in"


@pytest.mark.parametrize("keys", [["Shift", "Shift", "a", "Shift"], ["Shift+a"] * 4, ["Control+Shift"] * 4])
def test_capitals_and_shortcuts_never_leave(house, browse, keys):
    page = browse(house, "Tom")
    page.goto("/me")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/me")


@pytest.mark.parametrize("address", ["/lines?country=GB", "/lines/out/AU/1", "/"])
def test_shift_leaves_from_pages_that_stand_alone_too(house, browse, sink, address):
    page = browse(house)
    page.goto(address)
    by_shift(page)
    page.wait_for_url(f"{sink.url}/gone")
