"""What is on the screen of a live meeting, and what never is: the same words with script and without,
one announcement per share, nothing for whoever was put out, nothing kept on the device."""

import re

from playwright.sync_api import expect

from groups import clock
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import keeping
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, come, press, sees
from tests.steps import asked_to_leave

# What the page says, as somebody reads it; how many minutes are left is not
# compared, for the two are read one after the other; what only stands there without script is
# left out, but for the buttons that stand there instead of others (data-twin). A line is written in a
# box with script, and by a link to one without.
READ = """() => {
  const live = document.querySelector("live-room");
  live.querySelectorAll('[data-every~="plain"]:not([data-twin]), noscript, .line-box').forEach(one => { one.hidden = true });
  return live.innerText.split("\\n").map(line => line.trim().replace(/\\d+ minutes/, "some minutes")).filter(Boolean);
}"""
FACTS = "() => document.querySelector('live-room').dataset.facts.split(' ').filter(word => word !== 'plain').sort()"


def test_with_and_without_script_the_page_says_the_same(room, begun, clerk, hour):
    """The twins `_facts.html` and `reckon.js` never differ: every state is read both ways."""
    maya = hours.handle("Maya")
    read, windows = set(), {}

    def opened(name, script):
        """The page as whoever opens it now gets it."""
        if (name, script) in windows:
            return come(windows[name, script], hour, script)
        return windows.setdefault((name, script), room(name, script=script))

    def compare(*names):
        for name in names:  # nobody is taken for gone while the others' pages are read
            keeping.note_seen([(hour.id, hours.handle(one)) for one in ("Maya", "Tom", "Nia")], clock.now())
            plain, live = opened(name, script=False), opened(name, script=True)
            assert plain.evaluate(FACTS) == live.evaluate(FACTS), name
            assert plain.evaluate(READ) == live.evaluate(READ), name
            read.update(plain.evaluate(FACTS))

    compare("Maya", "Tom")
    clerk.write(hour, *(c.Knock(by=hours.handle(name), name=name) for name in ("Maya", "Tom", "Nia")))
    compare("Maya", "Tom")
    begun(0)
    compare("Maya", "Tom")
    clerk.write(hour, c.NextSegment(by=maya), c.GiveFloor(by=maya))
    compare("Maya", "Tom")
    clerk.write(hour, c.Share(by=maya, client_id="by-maya-1", words=LETTER), c.NextSegment(by=maya))
    compare("Maya", "Tom")
    clerk.write(hour, *(c.RaiseHand(by=hours.handle(name)) for name in ("Tom", "Nia")), c.GiveFloor(by=maya), c.AddMinute(by=maya))
    compare("Maya", "Tom", "Nia")
    clerk.write(hour, c.NextSegment(by=maya), c.Share(by=hours.handle("Tom"), client_id="by-tom-01", words="Once."))
    compare("Maya", "Tom")
    clerk.write(hour, c.Leave(by=hours.handle("Nia")), asked_to_leave(by=maya, who=hours.handle("Tom")), c.NextSegment(by=maya))
    compare("Maya", "Tom", "Nia")
    clerk.write(hour, c.Close(by=maya))
    compare("Maya", "Tom", "Nia")
    seen = {"outside", "waiting", "listening", "may_raise", "queued", "turn", "offered", "open", "left", "out", "over"}
    assert seen <= read, seen - read


def test_whoever_is_put_out_has_nothing_of_the_room_on_the_screen(room, begun, clerk, hour):
    begun(HOUR.index(TALK))
    clerk.write(hour, c.Share(by=hours.handle("Nia"), client_id="by-nia-01", words="For this room alone."))
    tom, plain = room("Tom"), room("Tom", script=False)
    sees(tom, "For this room alone.")
    clerk.write(hour, asked_to_leave(by=hours.handle("Maya"), who=hours.handle("Tom"), agreement=3))
    sees(tom, "You were asked to leave for the day.")
    plain.reload()
    for page in (tom, plain):
        sees(page, "You were asked to leave for the day.")
        assert "For this room alone." not in page.content() and "Nia" not in page.content()
        expect(page.locator("#words")).to_be_hidden()


def test_each_share_is_one_announcement_and_only_additions_are(room, begun, clerk, hour):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    log = tom.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_have_attribute("aria-relevant", "additions")
    tom.evaluate("""() => {
      window.added = [];
      new MutationObserver(all => all.forEach(one => added.push(...[...one.addedNodes].map(node => node.textContent))))
        .observe(document.querySelector("share-list"), {childList: true, subtree: true});
    }""")
    clerk.write(hour, c.Share(by=hours.handle("Nia"), client_id="by-nia-01", words=LETTER))
    sees(tom, "I almost did not come.")
    added = [" ".join(text.split()) for text in tom.evaluate("window.added")]
    assert len(added) == 1 and re.search(r"Nia .*I almost did not come\. ?Then somebody", added[0]), added
    expect(tom.get_by_role("article", name="Nia")).to_have_count(1)


def test_it_is_said_while_it_is_ones_turn_and_the_box_is_at_hand(room, begun, clerk, hour):
    begun()
    tom = room("Tom")
    press(tom, "Raise your hand")
    expect(tom.locator("[data-aside]")).to_have_text("You are next.")
    clerk.write(hour, c.GiveFloor(by=hours.handle("Maya")))
    expect(tom.locator("[data-aside]")).to_have_text("It is your turn.")
    expect(tom.locator("#words")).to_be_focused()
    clerk.write(hour, c.EndTurn(by=hours.handle("Maya")))
    expect(tom.locator("[data-aside]")).to_have_text("")


def test_the_sharer_alone_is_told_shortly_before_the_end(room, browse, house, clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, (Segment("Shares", Mode.ONE_VOICE, 30, 10, turn=34, warn=30),))
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    tom, nia = browse(house, "Tom"), browse(house, "Nia")
    for page in (tom, nia):
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    clerk.write(meeting, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=hours.handle("Maya")))
    sees(tom, "It is your turn.")
    sees(tom, "About half a minute to land it.")
    expect(tom.locator("[data-aside]")).to_have_text("About half a minute to land it.")
    expect(nia.locator("live-room").get_by_text("About half a minute to land it.").locator("visible=true")).to_have_count(0)


def test_nothing_of_the_room_is_kept_on_the_device(room, begun):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill(LETTER)
    press(tom, "Share")
    sees(tom, "I almost did not come.")
    kept = tom.evaluate("async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]")
    assert kept == [0, 0, 0]
    expect(tom).to_have_title("Lamplight")


def test_where_no_line_can_be_had_the_page_is_a_plain_page(browse, house, begun, hour):
    begun(HOUR.index(TALK))
    tom = browse(house, "Tom")
    tom.route_web_socket("**/*", lambda socket: socket.close())
    tom.goto(f"/g/{hour.group.slug}/m/{hour.public_id}/room")
    tom.locator("#words").fill("By the plain way.")
    press(tom, "Look again")
    expect(tom.locator("#words")).to_have_value("By the plain way.")
    press(tom, "Share")
    expect(tom.locator(".share", has_text="By the plain way.")).to_have_count(1)


def test_by_keyboard_one_is_always_where_one_may_do_something(room, begun, clerk, hour):
    """What one just used goes from the page; the keyboard does not go back to its top."""
    begun()
    tom, nia = room("Tom"), room("Nia", phone=True)
    here = "() => document.activeElement.closest('.dock') !== null"
    tom.get_by_role("button", name="Raise your hand").press("Enter")
    sees(tom, "You are next.")
    assert tom.evaluate(here)
    clerk.write(hour, c.GiveFloor(by=hours.handle("Maya"), who=hours.handle("Tom")))
    expect(tom.locator("#words")).to_be_focused()
    tom.keyboard.type("Without a mouse.")
    tom.get_by_role("button", name="Share", exact=True).press("Enter")
    sees(tom, "If you would like a turn, raise your hand.")
    assert tom.evaluate(here)
    sees(nia, "Without a mouse.")
    nia.get_by_role("button", name="I heard you").press("Enter")
    expect(nia.get_by_role("button", name="I heard you")).to_be_hidden()
    assert nia.evaluate(here)
