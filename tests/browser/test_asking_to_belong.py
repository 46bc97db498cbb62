"""From a group's address to a place in it, as somebody asks for one who has no account yet."""

from playwright.sync_api import expect
from sqlalchemy import select

from groups.db import change
from groups.membership.models import Access, Group
from tests.browser.rooms import press


def test_a_stranger_asks_hears_yes_and_is_in(browse, house):
    with change() as (session, _):
        willow = session.scalar(select(Group).where(Group.name == "Willow"))
        willow.access, willow.questions = Access.SCREENED, "What brings you here?"
    rosa, lin = browse(house, "Rosa", script=False), browse(house, phone=True)
    lin.goto(f"/g/{willow.slug}")
    lin.get_by_role("link", name="Ask to belong").click()
    press(lin, "Send")
    expect(lin.locator(".field-error").first).to_be_visible()
    lin.get_by_label("What brings you here?").fill("He told me in March.")
    lin.get_by_label("The name you would go by here").fill("Lin")
    lin.get_by_label("I am an adult").check()
    press(lin, "Send")
    expect(lin.get_by_text("Sent. Those who look after the group read it.")).to_be_visible()
    rosa.goto(f"/g/{willow.slug}")
    rosa.get_by_role("link", name="Who asks to belong").click()
    expect(rosa.get_by_text("He told me in March.")).to_be_visible()
    rosa.get_by_role("button", name="There is a place").click()
    lin.reload()
    lin.get_by_role("link", name="Come in").click()
    expect(lin.get_by_label("Your name here")).to_have_value("Lin")
    lin.get_by_label("Yes to all of these.").check()
    press(lin, "Come in")
    expect(lin.get_by_text("You go by Lin here.")).to_be_visible()
