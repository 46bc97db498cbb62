"""Sheets to write on for oneself: they leave no trace, and lose nothing before the page is left."""

import pytest
from playwright.sync_api import expect

from groups.formats.exercises import steps_of
from tests.browser.exercises.seen import LENGTH, moved, words

EMPTY = "all => all.every(one => one.type === 'checkbox' ? !one.checked : one.value === '')"
STORED = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state,
  await indexedDB.databases(), await caches.keys(),
])"""


def test_words_on_a_sheet_are_in_no_request_and_in_no_storage_and_go_with_the_page(window):
    for key, fields in (("thought", ("What happened", "What you felt")), ("values", ("One small step",)), ("parts", ("What it fears",))):
        page, exercise = window(key, gone=60)
        asked = []
        page.on("request", lambda request, asked=asked: asked.append(f"{request.method} {request.url} {request.post_data}"))
        for label in fields:
            field = exercise.get_by_label(label, exact=True)
            field.fill("zanzibar")
            field.press("End")
            if field.evaluate("field => field.tagName") == "INPUT":
                field.press("Enter")
        for box in exercise.get_by_role("checkbox").all()[:3]:
            box.check()
        page.wait_for_timeout(1500)
        assert "zanzibar" not in page.evaluate(STORED)
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")  # what a page hears when it is left
        assert exercise.locator("input, textarea, select").evaluate_all(EMPTY)
        page.reload()
        assert "zanzibar" not in page.evaluate(STORED)
        assert not [request for request in asked if "zanzibar" in request or "POST" in request]
        assert exercise.locator("input, textarea, select").evaluate_all(EMPTY)
        assert "zanzibar" not in str(page.context.cookies())


@pytest.mark.parametrize("key", ["thought", "values", "parts"])
def test_a_sheet_has_nothing_a_browser_could_send_or_remember(window, key):
    page, exercise = window(key, gone=60, script=False)
    fields = exercise.locator("input, select, textarea")
    assert fields.count() >= 4
    for field in fields.all():
        assert field.get_attribute("name") is None
        assert (field.get_attribute("autocomplete"), field.get_attribute("spellcheck")) == ("off", "false")
    assert exercise.locator("form, button").count() == 0
    assert exercise.locator("xpath=ancestor::form").count() == 0
    expect(exercise.get_by_text("This stays on this page. It is not sent and is gone when you leave.")).to_be_visible()


def test_a_sheet_keeps_its_words_through_every_step_a_pause_and_a_new_clock(window):
    page, exercise = window("thought", gone=10)
    field = exercise.get_by_label("What happened", exact=True)
    field.fill("The train was late.")
    field.evaluate("field => { field.itIsTheSame = true }")
    for step in steps_of("thought", LENGTH):
        moved(exercise, step.at + 0.5)
        here = exercise.locator(".field.here")
        if step.field:
            expect(here).to_have_attribute("data-field", step.field)
        elif step.kind == "say":
            expect(here).to_have_count(0)
    exercise.evaluate("exercise => { exercise.pause(); exercise.skew = 5000; exercise.resume(); exercise.parentNode.append(exercise) }")
    expect(field).to_have_value("The train was late.")
    assert field.evaluate("field => field.itIsTheSame && field.isConnected")


def test_at_the_end_of_the_part_a_sheet_with_words_stays_folded_and_an_empty_one_may_go(window):
    page, exercise = window("parts", gone=590)
    assert exercise.evaluate("exercise => exercise.finish()") is False
    page, exercise = window("parts", gone=590)
    field = exercise.get_by_label("What it needs", exact=True)
    field.fill("A quiet evening.")
    assert exercise.evaluate("exercise => exercise.finish()") is True
    expect(field).to_be_visible()  # somebody is writing
    field.blur()
    assert exercise.evaluate("exercise => exercise.finish()") is True
    expect(field).to_be_hidden()
    expect(words(exercise)).to_be_hidden()
    exercise.get_by_text("Your sheet").click()
    expect(field).to_have_value("A quiet evening.")


def test_a_fourth_word_is_met_with_a_question_and_no_refusal(window):
    page, exercise = window("values", gone=60)
    boxes = exercise.get_by_role("checkbox").all()
    more = exercise.get_by_text("That is more than three. Which would you keep for today?")
    for box in boxes[:3]:
        box.check()
    expect(more).to_be_hidden()
    boxes[3].check()
    expect(more).to_be_visible()
    expect(boxes[3]).to_be_checked()
    boxes[0].uncheck()
    expect(more).to_be_hidden()
