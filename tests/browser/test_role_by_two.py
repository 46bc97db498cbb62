"""Looking after a group is given by two and taken with a yes: three phones, from the asking to the desk of
whoever has it now."""

from types import SimpleNamespace

from playwright.sync_api import expect
from sqlalchemy import select

from groups.db import reading
from groups.membership.models import Membership
from tests import hours
from tests.laddered import looks_after


def test_one_asks_a_second_agrees_on_their_desk_and_the_third_says_yes(browse, house):
    (ines,) = hours.join("Ines")
    looks_after(SimpleNamespace(membership=ines))
    with reading() as session:
        group = f"/g/{session.scalar(select(Membership).where(Membership.name == 'Tom')).group.slug}"
    maya, second, tom = (browse(house, name, phone=True, script=name != "Tom") for name in ("Maya", "Ines", "Tom"))
    maya.goto(f"{group}/members")
    maya.locator("summary", has_text="Ask somebody to help").tap()
    maya.locator("#offer-to").select_option(label="Tom")
    maya.get_by_role("button", name="Ask them").tap()
    expect(maya.get_by_role("status")).to_contain_text("Asked.")
    tom.goto(group)
    expect(tom.get_by_text("Would you help look after this group?")).to_have_count(0)

    maya.goto("/desk")
    expect(maya.get_by_text("if a second person agrees")).to_have_count(0)
    second.goto("/desk")
    second.get_by_role("link", name="Tom is to help look after the group, if a second person agrees").tap()
    second.get_by_role("button", name="I agree").tap()
    expect(second.get_by_role("button", name="I agree")).to_have_count(0)
    second.goto("/desk")
    expect(second.get_by_text("if a second person agrees")).to_have_count(0)

    tom.reload()
    expect(tom.get_by_text("Would you help look after this group?")).to_be_visible()
    tom.get_by_role("button", name="Yes", exact=True).tap()
    expect(tom.get_by_text("Would you help look after this group?")).to_have_count(0)
    tom.goto("/desk")
    expect(tom.get_by_role("heading", name="Your desk")).to_be_visible()
    expect(tom.get_by_text("Tom looks after the group from now on.")).to_be_visible()
    for page in (maya, second, tom):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
