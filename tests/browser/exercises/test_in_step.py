"""Exercises in step: the same words in the same second whatever the device's clock says, words instead
of motion, and a whole text without script."""

import pytest
from playwright.sync_api import expect

from groups.formats.exercises import EXERCISES, exercise_of, steps_of
from tests.browser.exercises.seen import LENGTH, SHOWN, WATCH, lines, moved, words

FETCHED = """address => new Promise(done => {
  const asked = new XMLHttpRequest();
  asked.open('GET', address);
  asked.responseType = 'document';
  asked.onload = () => {
    const fresh = document.adoptNode(asked.response.querySelector('step-exercise'));
    const old = document.querySelector('step-exercise');
    window.old = old;
    fresh.skew = old.skew;
    old.replaceWith(fresh);
    done();
  };
  asked.send();
})"""


def test_two_devices_with_different_clocks_show_the_same_step_within_a_second(window):
    turn = lines("breath")[1].at
    page, early = window("breath", gone=turn - 4)
    _, late = window("breath", wrong=95_000, bare=True)  # a minute and a half fast, and told nothing by the page
    begins = early.get_attribute("data-begins")
    for exercise, skew in ((early, 0), (late, -95_000)):
        exercise.evaluate("(exercise, [begins, skew]) => { exercise.dataset.begins = begins; exercise.skew = skew }", [begins, skew])
        exercise.evaluate(WATCH)
    page.wait_for_timeout(16_000)  # a line, and a breath and a half
    seen = [exercise.evaluate("exercise => exercise.seen") for exercise in (early, late)]
    first, second = ([shown for _, shown in one] for one in seen)
    assert first == second and len(first) >= 4
    for (sooner, _), (later, shown) in zip(*seen, strict=True):
        assert abs(sooner - later) < 1000, shown


def test_a_clock_that_is_learned_late_puts_it_right_at_once(window):
    page, exercise = window("senses", gone=30, wrong=-300_000, bare=True)
    expect(words(exercise)).to_have_text("")
    exercise.evaluate("exercise => { exercise.skew = 300_000 }")
    expect(words(exercise)).to_have_text(next(step.text for step in reversed(lines("senses")) if step.at <= 31))


def test_until_the_live_page_knows_the_clock_the_moment_of_drawing_is_good_enough(window):
    page, exercise = window("body", gone=130, wrong=7_200_000)
    expect(words(exercise)).to_have_text(next(step.text for step in reversed(lines("body")) if step.at <= 132))


@pytest.mark.parametrize("key", EXERCISES)
def test_every_step_can_be_shown_and_whoever_comes_late_sees_the_present_one(window, key):
    page, exercise = window(key, gone=1)
    for step in steps_of(key, LENGTH):
        if step.kind in ("say", "rest", "sheet"):
            moved(exercise, step.at + 0.5)
            assert words(exercise).inner_text() == step.text
    assert words(exercise).inner_text() == exercise_of(key).closing
    expect(exercise.locator("ol li[aria-current=step] .step-words")).to_have_text(exercise_of(key).closing)


def test_the_light_grows_and_fades_with_the_breath_and_needs_no_inline_style(window):
    page, exercise = window("breath", gone=0, still=False)
    first = next(step.at for step in steps_of("breath", LENGTH) if step.kind == "in")
    light = exercise.locator("[data-light]")
    size = "light => Number(getComputedStyle(light).scale)"
    sizes = {}
    for into in (0.3, 2, 3.8, 7, 9.5):
        moved(exercise, first + 20 + into)
        sizes[into] = light.evaluate(size)
        assert exercise.evaluate(SHOWN).endswith("| in" if into < 4 else "| out")
    assert sizes[0.3] < sizes[2] < sizes[3.8] and sizes[3.8] > sizes[7] > sizes[9.5]
    assert "style=" not in page.content()


def test_the_wave_rises_and_falls_over_the_minutes_by_a_property_set_from_script(window):
    page, exercise = window("urge", gone=1)
    done, offsets = [], []
    for gone in (60, 300, 540):
        moved(exercise, gone)
        done.append(float(exercise.evaluate("exercise => exercise.querySelector('[data-wave]').style.getPropertyValue('--done')")))
        offsets.append(exercise.locator(".wave-here").evaluate("path => getComputedStyle(path).strokeDashoffset"))
    assert 0 < done[0] < done[1] < done[2] < 1
    assert all(f"-{reached:.4f}".rstrip("0") in offset for reached, offset in zip(done, offsets, strict=True))


def test_where_nothing_may_move_the_words_breathe(window):
    page, exercise = window("breath", gone=0, still=True, phone=True)
    first = next(step.at for step in steps_of("breath", LENGTH) if step.kind == "in")
    expect(exercise.locator(".exercise-lamp")).to_be_hidden()
    moved(exercise, first + 2.5)
    expect(exercise.get_by_text("Breathe in …")).to_be_visible()
    expect(exercise.get_by_text("Breathe out …")).to_be_visible(timeout=4000)
    expect(exercise.get_by_text("Breathe in …")).to_be_hidden()
    assert exercise.evaluate("exercise => exercise.getAnimations({ subtree: true }).length") == 0


@pytest.mark.parametrize("key", EXERCISES)
def test_without_script_the_whole_exercise_is_a_text_and_the_present_step_is_marked(window, key):
    page, exercise = window(key, gone=100, script=False)
    for step in steps_of(key, LENGTH):
        if step.kind in ("say", "rest", "sheet"):
            expect(exercise.locator("li .step-words").get_by_text(step.text, exact=True).first).to_be_visible()
    expect(exercise.get_by_text(exercise_of(key).intro)).to_be_visible()
    expect(exercise.get_by_text("You can stop any time; looking at the floor is fine.")).to_be_visible()
    expect(exercise.locator("[data-stage]")).to_be_hidden()
    expect(exercise.locator("li[aria-current=step]")).to_have_count(1)
    for field in exercise_of(key).fields:
        expect(exercise.locator("label, legend").get_by_text(field.label, exact=True)).to_be_visible()


def test_all_the_words_are_one_tap_away_with_script_too(window):
    page, exercise = window("body", gone=5)
    expect(exercise.locator("ol")).to_be_hidden()
    exercise.get_by_text("All the words, at your own pace").click()
    expect(exercise.locator("li").get_by_text(exercise_of("body").closing)).to_be_visible()


def test_when_the_room_rests_it_stands_still_and_goes_on_from_there(window):
    first = next(step.at for step in steps_of("breath", LENGTH) if step.kind == "in")
    page, exercise = window("breath", gone=first + 2, still=False)
    exercise.evaluate("exercise => exercise.pause()")
    expect(exercise.get_by_text("We rest a moment, and go on from here.")).to_be_visible()
    size = "exercise => getComputedStyle(exercise.querySelector('[data-light]')).scale"
    page.wait_for_timeout(200)
    before, grown = exercise.evaluate(SHOWN), exercise.evaluate(size)
    page.wait_for_timeout(2500)
    assert (exercise.evaluate(SHOWN), exercise.evaluate(size)) == (before, grown)
    assert before.endswith("| in")
    begins = exercise.get_attribute("data-begins")
    exercise.evaluate("exercise => exercise.resume(60)")  # the server says how late it goes on
    expect(exercise.get_by_text("We rest a moment")).to_be_hidden()
    late = "([exercise, begins]) => Date.parse(exercise.dataset.begins) - Date.parse(begins)"
    assert page.evaluate(late, [exercise.element_handle(), begins]) == 60_000


def test_a_resting_room_can_also_be_told_by_attributes_alone(window):
    page, exercise = window("senses", gone=30)
    exercise.evaluate("exercise => { exercise.dataset.paused = new Date(Date.parse(exercise.dataset.begins) + 1000).toISOString() }")
    expect(words(exercise)).to_have_text(lines("senses")[0].text)
    exercise.evaluate("exercise => { delete exercise.dataset.paused }")
    expect(words(exercise)).to_have_text(lines("senses")[1].text)


def test_the_next_part_brings_its_own_exercise_and_the_old_one_falls_silent(window):
    page, exercise = window("breath", gone=40)
    page.evaluate(FETCHED, "/exercise/senses?gone=30")
    expect(words(exercise)).to_have_text(lines("senses")[1].text)
    exercise.get_by_text("All the words, at your own pace").click()
    expect(exercise.locator("li").first).to_be_visible()
    told = page.evaluate("() => { old.skew = 100_000; return old.querySelector('[data-words]').textContent }")
    assert told in [step.text for step in lines("breath")[:3]]


def test_a_screen_reader_hears_what_it_is_once_and_each_line_but_no_breath(window):
    page, exercise = window("breath", gone=2)
    told = exercise.locator("[data-told]")
    said = lines("breath")
    expect(told).to_have_text(f"{exercise_of('breath').intro} {said[0].text}")
    exercise.evaluate("""exercise => {
      window.heard = [];
      new MutationObserver(() => heard.push(exercise.querySelector('[data-told]').textContent))
        .observe(exercise.querySelector('[data-told]'), { childList: true });
    }""")
    moved(exercise, said[1].at + 0.1)
    page.wait_for_timeout(7000)  # a breath in, and out
    assert page.evaluate("heard") == [said[1].text]
    assert exercise.evaluate("exercise => exercise.querySelector('.exercise-pace').ariaHidden") == "true"
    expect(page.get_by_role("region", name="Breathing in step")).to_be_visible()


@pytest.mark.parametrize("key", ["breath", "urge", "values", "thought"])
def test_it_fits_the_width_of_the_page(window, key):
    page, exercise = window(key, gone=100, still=False)
    exercise.get_by_text("All the words, at your own pace").click()
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        for thing in exercise.locator("summary:visible, .choice:visible").all():
            assert thing.bounding_box()["height"] >= 44, width
