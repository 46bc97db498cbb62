"""A ban, from the page it is given on to the answer somebody else writes: on phones, without a script for
whom it is about."""

import re
from types import SimpleNamespace

from playwright.sync_api import expect
from sqlalchemy import select

from groups.db import reading
from groups.membership.models import Membership
from tests.laddered import looks_after, sent_out


def one_of_the_cast(name):
    with reading() as session:
        return SimpleNamespace(membership=session.scalar(select(Membership).where(Membership.name == name)))


def test_from_a_ban_to_the_answer_of_somebody_else(server, browse):
    tom, nia = one_of_the_cast("Tom"), one_of_the_cast("Nia")
    sent_out(tom)
    looks_after(nia)
    group = f"/g/{tom.membership.group.slug}"

    maya = browse(server, "Maya", phone=True)
    maya.goto(f"{group}/members")
    maya.get_by_role("link", name="Tom").click()
    maya.locator("summary", has_text="A ban").click()
    maya.locator("#ban-agreement").select_option("3")
    maya.get_by_label("For how many days").fill("6")
    maya.get_by_role("button", name="Ban for these days").click()
    expect(maya.get_by_role("status")).to_contain_text("They are out until")

    his = browse(server, "Tom", phone=True, dark=True, script=False, zone="Europe/Berlin")
    his.goto(f"{group}/join")
    expect(his.get_by_role("heading", name="You cannot come to this group for a while.")).to_be_visible()
    expect(his.locator("main")).not_to_contain_text("Maya")
    his.locator("details.sheet").first.locator("summary").click()
    his.get_by_label("What should they know?").first.fill("It was a mistake.\n\nI did not know it counts as contact.")
    his.get_by_role("button", name="Send it to somebody else").first.click()
    expect(his.get_by_text("It is with somebody who had no part in it.")).to_be_visible()

    maya.goto(f"{group}/appeals")
    expect(maya.get_by_text("Somebody else reads it")).to_be_visible()
    hers = browse(server, "Nia", phone=True)
    hers.goto(f"{group}/appeals")
    hers.get_by_role("link", name=re.compile("Tom")).click()
    expect(hers.get_by_text("I did not know it counts as contact.")).to_be_visible()
    hers.get_by_label("Make it shorter").check()
    hers.get_by_label("If shorter: how many days from now").fill("1")
    hers.get_by_label("Your answer to them").fill("We believe you. One day, then come back.")
    hers.get_by_role("button", name="Send this answer").click()
    expect(hers.get_by_role("status")).to_contain_text("They read your answer")

    his.goto(f"{group}/steps")
    expect(his.get_by_text("We believe you. One day, then come back.")).to_be_visible()
    expect(his.get_by_text("The step was made shorter.")).to_be_visible()
    for page in (maya, his, hers):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
