"""Three hundred pieces of text that want to be a program, written into the boxes of the house by hand and
read by others in a real browser: they are words, everywhere. `browse` fails the test besides if a page
complains of anything, a broken policy above all."""

import re

import pytest

from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import HOUR, SHARES, press
from tests.rules.payloads import payloads
from tests.sockets import until

MOST = 3900  # characters of a share
NAMES = re.compile(r"/[gm]/[0-9a-z]{10}(?![0-9a-z])")  # of a group and of a meeting: drawn at random, now and then with a "zz"
# What a payload would have left on the page, had it been taken for one: an element, or a moment to act.
TAKEN = """() => [
  ...document.querySelectorAll("img, svg script, iframe, object, embed, video, audio, marquee, math, base, style, xss, x, script:not([src]), [srcdoc]"),
].map((one) => one.outerHTML.slice(0, 100)).concat(
  [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name, value }) => /^on/.test(name) || /^\\s*javascript:/i.test(value))).map((one) => one.outerHTML.slice(0, 100)),
  [...document.querySelectorAll("meta")].filter((one) => one.content.replace(/\\/[gm]\\/[0-9a-z]{10}(?![0-9a-z])/g, "").includes("zz")).map((one) => one.outerHTML),
  "zzRan" in window ? ["it ran"] : [],
)"""


def chunks():
    """All payloads, in shares of a length that fits."""
    found = [""]
    for one in payloads():
        if len(found[-1]) + len(one) > MOST:
            found.append("")
        found[-1] += one + "\n"
    return found


@pytest.fixture
def reading(browse, house):
    """`reading("Tom")`: a browser of Tom's that tells whether anything ran, asked elsewhere or opened a dialog."""
    told = []

    def leads_elsewhere(url):
        return not url.startswith(house.url) or "zz" in NAMES.sub("", url)

    def heard(dialog):
        if dialog.type == "beforeunload":  # what came back with its form is not sent yet
            return dialog.accept()
        told.append(dialog.message)
        dialog.dismiss()

    def come(name, **how):
        page = browse(house, name, **how)
        page.add_init_script("window.zz = () => { window.zzRan = true; }")
        page.on("dialog", heard)
        page.on("request", lambda request: told.append(request.url) if leads_elsewhere(request.url) else None)
        return page

    yield come
    assert told == []


def test_what_wants_to_be_a_program_stays_words_wherever_it_is_written_and_read(reading, house, clerk):
    assert len(payloads()) == 300
    meeting = clerk.plan(begins_in=0)
    group = f"{house.url}/g/{meeting.group.slug}"
    room = f"{group}/m/{meeting.public_id}/room"
    clerk.open_lobby(meeting, HOUR)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", HOUR.index(SHARES))
    maya, tom = hours.handle("Maya"), hours.handle("Tom")
    pages = {"Tom": reading("Tom"), "Nia": reading("Nia", phone=True), "Maya": reading("Maya")}
    for page in pages.values():
        page.goto(room)
    for words in chunks():
        clerk.write(meeting, c.RaiseHand(by=tom), c.GiveFloor(by=maya, who=tom))
        pages["Tom"].locator("#words").fill(words)
        press(pages["Tom"], "Share")
        for name, page in pages.items():
            until(lambda page=page, words=words: words.strip()[-40:] in page.locator("live-room").inner_text(), 20, f"{name} to read it")
    look(pages)
    pages["Plain"] = reading("Nia", script=False)
    pages["Plain"].goto(room)
    for words in chunks():
        assert words.strip()[-40:] in pages["Plain"].locator("body").inner_text()
    look(pages)

    kept = written_by(pages["Maya"], group, meeting)
    for name in ("Tom", "Plain", "Maya"):
        for address in (group, f"{group}/rooms/{meeting.room.slug}", f"{group}/readings", f"{group}/votes", f"{group}/members/{tom}"):
            pages[name].goto(address)
            look({f"{name} at {address}": pages[name]})
    assert len(kept) >= 3, kept


def written_by(page, group, meeting):
    """Payloads sent by the forms of the house, whatever comes of it. What was taken, by the address it was sent at."""
    taken = []
    for address in (f"{group}/settings", f"{group}/rooms/{meeting.room.slug}", f"{group}/readings/new", f"{group}/votes/new", f"{group}/members/{hours.handle('Tom')}"):
        page.goto(address)
        form = page.locator("form[method=post]:has(textarea)").first
        for at, field in enumerate(form.locator("textarea:visible, input[type=text]:visible").all()):
            field.fill(payloads()[at])
        with page.expect_navigation():
            form.evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")
        look({address: page})
        taken += [address] if page.locator(".field-error").count() == 0 else []
    return taken


def look(pages):
    assert {name: taken for name, page in pages.items() if (taken := page.evaluate(TAKEN))} == {}
