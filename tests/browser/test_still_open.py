"""A page that stands open when its browser is signed out from elsewhere: it goes while it is in view, and at once when it
is looked at again. What was written on it and not sent stays in its box, alone."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.browsers import end_everywhere
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Membership

OUT = "You are signed out here. Your words stay in their box"
UNSENT = "A quiet hour for those who work at night."
FOCUS = "() => dispatchEvent(new Event('focus'))"


@pytest.fixture
def page(house, browse):
    """Maya's page, and then any other of hers, with a clock of its own."""
    page = browse(house, "Maya")
    page.clock.install()
    page.goto("/me")
    return page


def signed_out():
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Maya"))
    end_everywhere(account)


def questions(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/still" in request.url else None)
    return asked


def test_a_page_in_view_goes_within_half_a_minute_and_no_sooner_asks_anything(page):
    asked = questions(page)
    signed_out()
    page.clock.run_for(25_000)
    assert asked == [] and "Harbour" in page.content()
    page.clock.run_for(6_000)
    page.wait_for_url("**/sign-in?next=/me")
    assert "Harbour" not in page.content() and len(asked) == 1


def test_a_page_that_is_looked_at_again_goes_at_once(page):
    signed_out()
    page.evaluate(FOCUS)
    page.wait_for_url("**/sign-in?next=/me")


def test_a_page_that_nobody_signed_out_stays_as_it_is(page):
    page.evaluate("() => (window.same = true)")
    with page.expect_response(lambda answer: "/me/still" in answer.url) as answer:
        page.clock.run_for(31_000)
    assert answer.value.status == 204 and page.evaluate("() => window.same")


def test_words_that_were_not_sent_stay_in_their_box_and_all_else_goes(page):
    page.goto("/groups/new")
    page.locator("textarea").first.fill(UNSENT)
    signed_out()
    page.evaluate(FOCUS)
    expect(page.get_by_text(OUT)).to_be_visible()
    expect(page.locator("textarea")).to_have_value(UNSENT)
    assert page.locator("main form, main input, main h1").count() == 0
    asked = questions(page)
    page.clock.run_for(70_000)
    page.evaluate(FOCUS)
    assert asked == [] and page.locator("textarea").input_value() == UNSENT


def test_words_that_came_back_with_their_form_were_not_sent_either(page):
    page.goto("/groups/new")
    page.locator("textarea").first.fill(UNSENT)
    page.locator("form:has(textarea)").evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")
    page.locator(".field-error").first.wait_for()
    signed_out()
    page.evaluate(FOCUS)
    expect(page.get_by_text(OUT)).to_be_visible()
    expect(page.locator("textarea")).to_have_value(UNSENT)
