"""The desk offers what would not be refused: who is asked to serve, whose duty is taken back, which step is open;
and so does the door."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from groups.meeting import commands as c
from groups.meeting.commands_safety import NoteReport, SettleReport, TakeStep
from tests import hours
from tests.browser.rooms import knocks, press, sees, sheet
from tests.laddered import looks_after


def _looks_after(name):
    """Somebody who looks after the group, too."""
    if not hours.handle(name):
        looks_after(SimpleNamespace(membership=hours.join(name)[0]))


@pytest.mark.parametrize("script", [True, False])
def test_who_is_offered_to_be_asked_and_whose_duty_to_be_taken_back(room, begun, clerk, hour, script):
    begun()
    maya, tom, nia = map(hours.handle, ("Maya", "Tom", "Nia"))
    knocks(clerk, hour, Ada=True)
    clerk.write(hour, c.Admit(by=maya, who="ada"), c.OfferDuty(by=maya, who=tom, duty="door"), c.TakeDuty(by=tom, duty="door"))
    clerk.write(hour, TakeStep(by=maya, who=nia, step="warn", agreement=1))
    page, theirs = room("Maya", script=script), room("Tom", script=script)
    for desk, may in ((page, {"Ask to help": [], "Take the duty back": ["Tom"], "Act": ["Tom", "Nia", "Ada"]}),
                      (theirs, {"Ask to help": [], "Take the duty back": [], "Act": ["Nia", "Ada"]})):
        inside = sheet(desk, "Who is inside")
        for summary, names in may.items():
            for name in ("Maya", "Tom", "Nia", "Ada"):
                line = inside.locator("li", has_text=name).locator("summary", has_text=summary)
                expect(line.locator("visible=true")).to_have_count(int(name in names)), (summary, name)
    row = page.locator("[data-rows=inside] li", has_text="Tom")
    row.locator("summary", has_text="Take the duty back").click()
    press(page, "Take it back", row)
    theirs.reload() if not script else None
    sees(theirs, "Your duty in this hour was taken back.")
    expect(theirs.locator("chair-desk")).to_be_hidden()
    expect(theirs.get_by_role("button", name="Keep the door").locator("visible=true")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_a_step_that_is_not_open_yet_says_what_comes_first(room, begun, clerk, hour, script):
    begun()
    maya, tom = hours.handle("Maya"), hours.handle("Tom")
    page = room("Maya", script=script)
    row = sheet(page, "Who is inside").locator("li", has_text="Tom")
    steps = row.locator("[data-cell=step] option")
    later = ("They listen only, for ten minutes (not yet: first a word)", "They leave for the day (not yet: first they listen)")
    expect(steps).to_have_text(["A word to them alone", *later])
    assert [one.is_disabled() for one in steps.all()] == [False, True, True]
    clerk.write(hour, TakeStep(by=maya, who=tom, step="warn", agreement=1))
    page.reload() if not script else expect(row).to_contain_text("had a word")
    expect(steps).to_have_text(["A word to them alone", "They listen only, for ten minutes", later[1]])
    assert [one.is_disabled() for one in steps.all()] == [False, False, True]


@pytest.mark.parametrize("script", [True, False])
def test_whoever_looks_after_the_group_comes_later_and_stands_beside_those_who_serve(room, begun, clerk, hour, script):
    begun()
    _looks_after("Ines")
    for name, duty in (("Tom", "door"), ("Nia", "second")):
        clerk.write(hour, c.TakeDuty(by=hours.handle(name), duty=duty, entitled=True))
    clerk.write(hour, c.Knock(by=hours.handle("Ines"), name="Ines", moderates=True), c.Admit(by=hours.handle("Maya"), who=hours.handle("Ines")))
    ines = room("Ines", script=script)
    ines.get_by_text("More", exact=True).click()
    offers = [name for name in ("Chair this hour", "Keep the door", "Stand beside") if ines.get_by_role("button", name=name).locator("visible=true").count()]
    assert offers == ["Stand beside"], "the others are somebody's"
    press(ines, "Stand beside")
    sees(ines, "The desk")
    expect(sheet(ines, "Who is inside").locator("li", has_text="stands beside")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False])
def test_whoever_waits_is_offered_no_longer_what_somebody_else_took_meanwhile(room, clerk, hour, script):
    _looks_after("Ines")
    knocks(clerk, hour, Ines=False, Maya=False)
    ines = room("Ines", script=script)
    offers = [ines.get_by_role("button", name=name, exact=True).locator("visible=true") for name in ("Chair this hour", "Keep the door")]
    for offer in offers:
        expect(offer).to_have_count(1)
    clerk.write(hour, c.TakeDuty(by=hours.handle("Maya"), duty="chair", entitled=True))
    ines.reload() if not script else None
    expect(offers[0]).to_have_count(0)
    expect(offers[1]).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_on_the_desk_of_a_moderator_until_it_is_decided_and_on_nobody_elses(room, begun, clerk, hour, script):
    begun()
    maya, tom = room("Maya", phone=True, script=script), room("Tom", script=script)
    handle = hours.handle("Tom")
    clerk.write(hour, c.TakeDuty(by=handle, duty="door", entitled=True), NoteReport(by=c.ROOM, report="r1", about=handle))
    for page in (maya, tom):
        page.reload() if not script else None
        sees(page, "The desk")
    line, dock = maya.locator("#reported"), maya.get_by_role("link", name="Something was reported for you to look at.")
    expect(line).to_contain_text("1 reported in this hour: look at it")
    expect(dock).to_be_visible()
    expect(tom.get_by_text("reported").locator("visible=true")).to_have_count(0)
    clerk.write(hour, SettleReport(by=c.ROOM, report="r1"))
    maya.reload() if not script else None
    expect(line).to_be_hidden()
    expect(dock).to_be_hidden()


def test_that_somebody_was_asked_is_said_until_they_answered_and_no_longer(room, begun, clerk, hour):
    begun()
    tom = room("Tom")
    said = tom.locator("[data-aside]")
    clerk.write(hour, c.OfferDuty(by=hours.handle("Maya"), who=hours.handle("Tom"), duty="door"))
    expect(said).to_have_text("You were asked to help. You can answer on this page.")
    clerk.write(hour, c.DeclineDuty(by=hours.handle("Tom")))
    expect(said).to_have_text("")


@pytest.mark.parametrize("script", [True, False])
def test_what_happens_if_nobody_leads_is_said_while_nobody_does(room, clerk, hour, script):
    knocks(clerk, hour, Maya=False, Tom=False)
    tom = room("Tom", script=script)
    told = tom.get_by_text("If nobody is free to lead within ten minutes")
    expect(told).to_be_visible()
    clerk.write(hour, c.TakeDuty(by=hours.handle("Maya"), duty="chair", entitled=True))
    tom.reload() if not script else None
    expect(told).to_be_hidden()
