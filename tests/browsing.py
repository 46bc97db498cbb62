"""A real browser: Debian's Chromium through Playwright, one for the session, and one context (with
cookies of its own) per person.

Most tests take the engine without the windows around it: the same layout, script and network, for two thirds of what
they cost otherwise. What the whole browser does by itself (what it keeps of pages that were left, its profile, its
notifications) only the whole browser shows; a file of such tests has `at_home` for its `chromium`."""

import os
import shutil

import pytest
from playwright.sync_api import Page, sync_playwright

from groups.accounts.sessions import COOKIE
from tests import services
from tests.server import Server
from tests.sockets import until

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NAMES, ENGINE = ("chromium", "chromium-browser", "google-chrome"), "chromium-headless-shell"
QUIETLY = [
    "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
# A window's address bar loads two pages for a popup that nobody here opens: half of what a window costs. Chromium
# heeds only the last list of this kind, so ours names also what Playwright switches off.
UNSEEN = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"] + [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
]
# Pages that were left stay alive behind the next one, as in everybody's browser.
AS_AT_HOME = ["--disable-back-forward-cache"]
THE_NET = ("net::ERR_", "WebSocket connection to")  # what Chromium says by itself when a test cuts the line


def how_to_launch(*instead: str) -> dict:
    """What Playwright is told to start: Debian's own program, quietly, and otherwise as at home. instead: another
    program, where there is one."""
    program = next(filter(None, map(shutil.which, (*instead, *NAMES))), None)
    if program is None:
        services.needed("No Chromium here: apt-get install chromium")
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": program, "headless": True, "args": [*QUIETLY, *alone, f"--disable-features={','.join(UNSEEN)}"], "ignore_default_args": AS_AT_HOME}


@pytest.fixture(scope="session")
def driver():
    """What starts browsers and speaks with them."""
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def chromium(driver):
    """The browser; where Debian's package is there, its engine alone."""
    browser = driver.launch(**how_to_launch(ENGINE))
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def at_home(driver):
    """The whole browser."""
    browser = driver.launch(**how_to_launch())
    yield browser
    browser.close()


class Browse:
    """Opens a browser window per person. Whatever a page complains of in its console (a refused
    script, a broken policy, an exception) fails the test at its end."""

    def __init__(self, browser):
        self._browser, self._contexts, self.complaints = browser, [], []

    def __call__(
        self, server: Server, name: str = "", *, phone: bool = False, dark: bool = False, script: bool = True,
        zone: str = "Europe/London", still: bool = True,
    ) -> Page:
        """A fresh window for somebody of the cast (signed in), or for a stranger.

        zone: the device's time zone. still: ask for reduced motion."""
        context = self._browser.new_context(
            base_url=server.url, viewport=PHONE if phone else DESKTOP, device_scale_factor=2 if phone else 1, has_touch=phone,
            color_scheme="dark" if dark else "light", java_script_enabled=script, timezone_id=zone, locale="en-GB",
            reduced_motion="reduce" if still else "no-preference",
        )
        context.set_default_timeout(10_000)
        if name:
            context.add_cookies([{"name": COOKIE, "value": server.visit(name).cookie, "url": server.url}])
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda failure: self.complaints.append(str(failure)))
        return page

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()

    def _said(self, said):
        a_refused_page = "status of 4" in said.text and "/static/" not in said.location["url"]
        if said.type == "error" and not a_refused_page and not any(sign in said.text for sign in THE_NET):
            self.complaints.append(said.text)


def nowhere(page: Page) -> None:
    """Wait for the browser's own page about there being no line. (Playwright's waiting for an address fails where it
    hears first that loading did.)"""
    until(lambda: page.wait_for_timeout(50) or page.url.startswith("chrome-error:"), what="the page to be left")


@pytest.fixture
def browse(chromium):
    """`page = browse(server, "Tom", phone=True)`."""
    browse = Browse(chromium)
    yield browse
    browse.close()
    assert not browse.complaints, browse.complaints
