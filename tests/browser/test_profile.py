"""What a browser keeps on its disk of an evening here: after every page was read and every field written
in, and the person left quickly, somebody who searches the whole profile finds an address and plain titles."""

import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error

from groups.accounts.sessions import COOKIE
from groups.meeting import commands as c
from groups.telling import tells
from tests import hours, profile
from tests.browser.rooms import HOUR, SHARES, press, sees
from tests.browsing import how_to_launch
from tests.hours import settled

READ = "Wisteria grows over the lamplit boathouse."  # somebody else's share, read on the page
UNSENT = "Thirteen herons stand where the ferry was."
SHARED = "My grandmother kept walnuts in the piano."
SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
# Writes another sentence into every field there is to write in, as by hand.
FILL = """(number) => {
  const fields = document.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=search]");
  let at = 0;
  for (const field of fields) {
    if (field.readOnly || field.disabled || !field.getClientRects().length) continue;
    field.value = `Quince ${number} and lanterns ${at++}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return at;
}"""
FORM = "form[method=post]:has(textarea, input[type=text])"
SEND = "form => { form.noValidate = true; form.requestSubmit(); }"
LINKS = "() => [...document.querySelectorAll('a[href]')].filter((one) => !one.hasAttribute('download')).map((one) => one.href.split('#')[0])"
NOT_WALKED = ("/away", "/lines.txt", ".ics", "/export", "/lines/out/", "/room")  # the last is walked by hand
MOST = 45  # pages


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory, sink):
    with settled(moved_in, tmp_path_factory.mktemp("leaving"), LAMPLIGHT_AWAY_URL=f"{sink.url}/gone") as server:
        yield server


@contextmanager
def a_browser_of_ones_own(driver, tmp_path, **how):
    """A browser with a profile on the disk: `(context, folder)`. The folder is there until the test is over."""
    folder = tmp_path / "profile"
    context = driver.launch_persistent_context(folder, **how_to_launch(), locale="en-GB", **how)
    context.set_default_timeout(20_000)
    yield context, folder
    context.close()


@pytest.fixture
def own_browser(driver, tmp_path):
    """The same for a whole test, which closes it itself."""
    with a_browser_of_ones_own(driver, tmp_path) as its:
        yield its
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)


def test_without_script_a_refused_form_leaves_nothing_either_and_nothing_typed_is_lost(house, clerk, driver, tmp_path):
    """Seven words, a private entry, a report and a share that are refused: each page shows what was typed, and
    the disk knows nothing of it, while the page is open and after."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, HOUR)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", HOUR.index(SHARES))
    nia, maya = hours.handle("Nia"), hours.handle("Maya")
    clerk.write(meeting, c.RaiseHand(by=nia), c.GiveFloor(by=maya))
    with a_browser_of_ones_own(driver, tmp_path, java_script_enabled=False) as (context, folder):
        page = context.pages[0]
        page.goto(f"{house.url}/sign-in")
        page.locator("[name=words]").fill(SEVEN)
        page.locator("[name=words]").press("Enter")
        page.get_by_text("These seven words open nothing.").wait_for()
        context.add_cookies([{"name": COOKIE, "value": house.visit("Nia").cookie, "url": house.url}])
        at = f"{house.url}/g/{meeting.group.slug}"
        for address, button, typed in (
            (f"{house.url}/keep", "Keep this account", "Quince and six more"), (f"{at}/reports/new", "Tell them", "Quince was said"),
            (f"{at}/m/{meeting.public_id}/room", "Share", "Quince " + "w" * 4100),
        ):
            page.goto(address)
            page.locator("[name=words]").locator("visible=true").first.fill(typed)
            page.get_by_role("button", name=button, exact=True).locator("visible=true").first.click()
            assert page.locator("[name=words]").locator("visible=true").first.input_value() == typed
            assert page.locator("[aria-invalid], .care, .refusal").count(), address
        page.goto(f"{house.url}/calendar")
    assert profile.files_with(folder, ["Quince", *(f"abacus{between}tshirt" for between in (" ", "+", "%20"))]) == {}
    assert profile.files_with(folder, [house.url]), "and the search does find what is there"


@pytest.mark.timeout(300)
def test_after_an_evening_and_leaving_quickly_the_profile_tells_nothing(house, clerk, own_browser, sink):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, HOUR)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", HOUR.index(SHARES))
    maya, tom = hours.handle("Maya"), hours.handle("Tom")
    clerk.write(meeting, c.RaiseHand(by=tom), c.GiveFloor(by=maya), c.Share(by=tom, client_id="read", words=READ))
    context, folder = own_browser
    page, asked = context.pages[0], set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))

    page.goto(f"{house.url}/sign-in")
    page.locator("[name=words]").fill(SEVEN)
    page.keyboard.press("Enter")
    page.get_by_text("These seven words open nothing.").wait_for()

    context.add_cookies([{"name": COOKIE, "value": house.visit("Maya").cookie, "url": house.url}])
    walked, written = walk(page, house)
    assert len(walked) > 25 and written > 15, (len(walked), written)

    page.goto(f"{house.url}/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    sees(page, READ)
    for words in (SHARED, UNSENT):
        clerk.write(meeting, c.RaiseHand(by=maya), c.GiveFloor(by=maya, who=maya))
        page.locator("#words").fill(words)
        if words == SHARED:
            press(page, "Share")
            sees(page, SHARED)
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(f"{sink.url}/gone")
    context.close()

    assert asked == {urlsplit(house.url).netloc, urlsplit(sink.url).netloc}, "nobody else was asked for anything"
    lists = profile.listed(folder)
    assert any(house.url in line for line in lists["History"]), "the browser does write things down"
    telling = [(file, line) for file, lines in lists.items() for line in lines if tells(line)]
    assert telling == []
    planted = [READ, UNSENT, SHARED, *(f"abacus{between}tshirt" for between in (" ", "+", "%20")), "Quince", "You go by Maya", "Harbour", "The Quay"]
    assert profile.files_with(folder, planted) == {}
    assert profile.files_with(folder, [house.url]), "and the search does find what is there"


def test_words_that_were_refused_are_forgotten_before_anybody_can_read_that_they_were(house, own_browser):
    """Whoever goes on at once, before the page has all of its scripts, leaves nothing of them either."""
    context, folder = own_browser
    context.route("**/js/away.js*", lambda route: route.abort())
    page = context.pages[0]
    page.goto(f"{house.url}/sign-in")
    page.locator("[name=words]").fill(SEVEN)
    page.keyboard.press("Enter")
    page.get_by_text("These seven words open nothing.").wait_for()
    page.goto(f"{house.url}/calendar")
    context.close()
    assert profile.files_with(folder, ["abacus+tshirt", "abacus tshirt", "abacus%20tshirt"]) == {}
    assert profile.files_with(folder, [house.url]), "and the search does find what is there"


def walk(page, house):
    """Every page that links lead to from their own, read and written on. How many, and in how many fields."""
    ahead, walked, written = [f"{house.url}/", f"{house.url}/me", f"{house.url}/desk"], set(), 0
    while ahead and len(walked) < MOST:
        address = ahead.pop(0)
        kind = urlsplit(address).path
        if kind in walked or not address.startswith(house.url) or any(kind.startswith(part) or kind.endswith(part) for part in NOT_WALKED):
            continue
        walked.add(kind)
        try:
            page.goto(address)
            ahead += page.evaluate(LINKS)
            here = page.evaluate(FILL, len(walked))
            written += here
            if here and page.locator(FORM).count():
                with page.expect_navigation():
                    page.locator(FORM).first.evaluate(SEND)
        except Error as failure:  # a file to keep, not a page
            assert "Download is starting" in str(failure), failure
    return walked, written
