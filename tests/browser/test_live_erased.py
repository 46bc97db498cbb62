"""Somebody erases themselves while others have the room open: their name is on no page any more, shown or hidden."""

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import sees, sheet
from tests.sockets import until

NAME, SAID = "Leanora", "The kettle is on"
AGENDA = (
    Segment("Round", Mode.ROUND, 10, 5, turn=60, order="random"), Segment("Talk", Mode.OPEN_TALK, 30, 5, turn=0),
    Segment("Closing", Mode.CLOSING, 5, 2),
)


def test_the_name_goes_from_every_open_page_at_once(browse, house, clerk):
    (lea,) = hours.join(NAME)
    meeting, maya, tom = clerk.plan(begins_in=0), hours.handle("Maya"), hours.handle("Tom")
    clerk.open_lobby(meeting, AGENDA)
    clerk.bring_in(meeting, "Tom", NAME, chair="Maya")
    clerk.write(meeting, c.TakeDuty(by=lea.handle, duty="second", entitled=True))
    clerk.begin(meeting, "Maya", 1)
    pages = {name: browse(house, name, phone=name == "Tom") for name in ("Maya", "Tom")}
    for page in pages.values():
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        sees(page, "Talk")
    clerk.write(
        meeting, c.Share(by=lea.handle, client_id="lea-says-1", words=SAID), c.WriteDesk(by=lea.handle, client_id="lea-notes-1", words=SAID),
        c.WriteLine(by=lea.handle, client_id="lea-asks-1", words=SAID), c.WriteLine(by=tom, client_id="tom-asks-1", words="May I?"),
        c.WriteLine(by=lea.handle, who=tom, client_id="lea-answers", words=SAID), c.Hear(by=maya),
    )
    for page in pages.values():
        until(lambda page=page: page.content().count(SAID) >= 2, what="them to have read it")
        assert NAME in page.content()
    lines = sheet(pages["Maya"], "Private lines")
    lines.locator("li.line-of", has_text=NAME).first.wait_for()

    her = house.visit(NAME)
    her.get("/me/erase")
    assert her.post("/me/erase").headers["Location"] == "/erased"
    for name, page in pages.items():
        until(lambda page=page: NAME not in page.content() and SAID not in page.content(), what=f"{name}'s page to name her no more")
    sees(pages["Maya"], "May I?")


def test_a_page_that_is_blanked_takes_what_still_comes_for_nothing(browse, house, clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, AGENDA)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", 1)
    page = browse(house, "Tom")
    page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    clerk.write(meeting, c.Share(by=hours.handle("Nia"), client_id="nia-says-1", words="Good evening."))
    sees(page, "Good evening.")
    page.evaluate("""async () => {
      window.news = [];
      const room = document.querySelector("live-room");
      for (const name of ["take", "tellPart"]) {
        const plain = room[name].bind(room);
        room[name] = (...told) => (window.news.push(name), plain(...told));
      }
      (await import("/static/js/blank.js")).blank();
    }""")
    clerk.write(meeting, c.Share(by=hours.handle("Maya"), client_id="maya-says-1", words="And to you."), c.TakeDuty(by=hours.handle("Tom"), duty="second", entitled=True))
    until(lambda: {"take", "tellPart"} <= set(page.evaluate("window.news")), what="the news to have come")
    assert page.inner_text("body") == ""
