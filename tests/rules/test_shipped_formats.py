"""The formats and readings that come with the house: whole, ours, and fit to be led by somebody who
has never led anything."""

import re
from datetime import timedelta
from shutil import copytree

import pytest

from groups.formats.checking import checked, draft_of
from groups.formats.choosing import with_texts
from groups.formats.modes import RULES, Mode
from groups.formats.readings import OURS
from groups.formats.shipped import FOLDER, FORMATS, NOBODY_LEADS, ORDER, READINGS, shipped_formats, shipped_readings
from groups.meeting import commands as c
from groups.meeting.clockwork import OVERRUN
from tests.rules.stage import SEVEN, Stage

EVERY = pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.key)
ASKED_FOR = {
    "steps-60", "skills-90", "thoughts-90", "steadying-120", "values-60", "parts-60", "body-45", "beside-90", "beside-60", "circle-90",
    "reading-15", "speaker-60", "sharing-60", "check-in-45", "open-talk-60",
}
# Fellowships, sites and apps; methods may be called "style", people and places may not be named at all.
NAMED = re.compile(
    r"anonymous|\b(s?aa|slaa|s?anon|cosa|itaa|smart|btr|al-?anon|tinder|grindr|bumble|reddit|discord|telegram|whatsapp|instagram|"
    r"snapchat|tiktok|google|facebook|\w+\.(?:com|org|net)|\w+hub|onlyfans|zoom)\b", re.IGNORECASE,
)
CLAIMS = re.compile(r"\b(treat(s|ment|ed)?|cures?|heals?|patients?|clients?|sessions?|sobriety|sober|days? clean)\b|!", re.IGNORECASE)
SKILLS = ("skills-90", "thoughts-90", "steadying-120", "values-60", "parts-60", "body-45")


def lines(form):
    """Every sentence of a format that anybody reads."""
    yield from (form.title, form.kind, form.note)
    for segment in form.segments:
        yield from (segment.title, segment.prompt, segment.text, segment.source, *segment.script.splitlines())


def test_what_was_asked_for_is_there_and_offered_in_a_fixed_order():
    assert set(FORMATS) == ASKED_FOR and tuple(FORMATS) == ORDER


@EVERY
def test_a_shipped_format_passes_the_checks_a_group_passes(form):
    assert checked(draft_of(form), READINGS).segments == form.segments


@EVERY
def test_whoever_leads_can_read_it_out_line_by_line(form):
    for segment in form.segments:
        said = segment.script.splitlines()
        assert said and all(line == line.strip() and line for line in said), segment.title
        assert all(line[-1] in '.?"”' for line in said), segment.title
        assert all(len(line) < 300 for line in said), segment.title
        assert len(segment.prompt) <= 120 and segment.prompt[-1] in ".?", segment.title


@EVERY
def test_it_names_no_fellowship_and_no_site_and_promises_no_cure(form):
    for line in lines(with_texts(form, READINGS)):
        assert not NAMED.search(line), line
        assert not CLAIMS.search(line), line


@pytest.mark.parametrize("key", SKILLS)
def test_where_skills_are_taught_it_is_said_that_this_is_no_therapy(key):
    said = "\n".join(lines(FORMATS[key])).lower()
    assert said.count("peer learning, never therapy") >= 2, "in the note and to everybody"


@EVERY
def test_it_asks_for_one_step_away_from_the_screen(form):
    said = "\n".join(lines(form)).lower()
    assert "away from the screen" in said
    rounds = [segment for segment in form.segments if segment.mode == Mode.ROUND]
    if rounds:  # the end page shows everybody their own
        assert [segment.step for segment in rounds] == [False] * (len(rounds) - 1) + [True]


@EVERY
def test_every_text_to_be_read_has_its_words_and_its_source(form):
    for segment in with_texts(form, READINGS).segments:
        if segment.mode == Mode.READING:
            assert segment.text and OURS in segment.source and not segment.reading, segment.title
        else:
            assert not segment.text and not segment.reading


def test_when_nobody_leads_there_is_no_box_to_write_in():
    form = FORMATS[NOBODY_LEADS]
    assert {segment.mode for segment in form.segments} == {Mode.SILENCE, Mode.READING, Mode.CLOSING}
    assert all(RULES[segment.mode].words == "nobody" for segment in form.segments) and form.minutes == 15


def test_the_small_circle_has_five_places_and_shuts_its_door():
    circle = FORMATS["circle-90"]
    assert (circle.capacity, circle.door_shuts, circle.places(40), circle.places(3)) == (5, 5, 5, 3)
    slices = next(segment for segment in circle.segments if segment.order == "random")
    assert slices.mode == Mode.ROUND and slices.turn * 5 <= slices.minutes * 60


def test_two_hours_have_a_break():
    rest = [segment for segment in FORMATS["steadying-120"].segments if segment.mode == Mode.SILENCE]
    assert rest and rest[0].minutes >= 10


@EVERY
@pytest.mark.parametrize("late", [0, 9])
def test_left_to_itself_every_format_ends_by_itself(form, late):
    """Three people who say nothing: every turn is as long as it can be."""
    stage = Stage(*form.segments, minutes=form.minutes).begins("tom", "nia", at=SEVEN + timedelta(minutes=late))
    stage.wait(minutes=form.minutes + 60)
    assert (stage.state.phase, stage.state.why_closed) == ("sealed", "agenda")
    assert stage.state.closed_at <= stage.state.ends_at + OVERRUN
    assert stage.is_as_its_log()


@EVERY
def test_with_hands_up_all_the_time_every_format_still_ends_by_itself(form):
    stage = Stage(*form.segments, minutes=form.minutes).begins("tom", "nia")
    while stage.state.phase != "sealed":
        for who in (stage.maya, stage.tom, stage.nia):
            if who.refused(c.RaiseHand) is None:
                who(c.RaiseHand)
        stage.wait(20)
    assert stage.state.closed_at <= stage.state.ends_at + OVERRUN


def test_there_are_readings_for_every_group_of_a_length_to_be_read_together():
    assert len(READINGS) >= 10
    for key, text in READINGS.items():
        assert text.key == key and text.is_shipped and text.credit == OURS
        assert 80 <= len(text.text.split()) <= 200, key
        assert not NAMED.search(text.text) and not CLAIMS.search(text.text), key
        assert "\n\n" in text.text and len(text.title) <= 60


@pytest.fixture
def folder(tmp_path):
    """The shipped files, to be broken."""
    return copytree(FOLDER, tmp_path / "shipped")


def start(folder):
    """What the house says when it starts with these files."""
    with pytest.raises(SystemExit) as said:
        shipped_formats(folder, shipped_readings(folder))
    return str(said.value)


@pytest.mark.parametrize("old, new, told", [
    ('title = "Check-in round"', "title = ", "is not whole"),
    ('kind = "check-in"', 'kinds = "check-in"', "it says kinds"),
    ("minutes = 22", "minutes = 23", "46 minutes"),
    ("minutes = 22", 'minutes = "22"', "Expected `int`"),
    ("least = 9", "least = 30", "The least is 30 minutes"),
    ("turn = 120", "turn = 0", "nobody could take turns"),
    ('mode = "closing"', 'mode = "notice"', "The last part has to be the closing"),
    ('mode = "round"', 'mode = "karaoke"', "karaoke"),
    ('order = "arrival"', 'order = "size"', "size"),
    ('order = "arrival"', 'order = "hand"', "means nothing in its mode"),
    ("minutes = 22", "minutes = 22\nborrow_from = 4", "means nothing in its mode"),
    ("grows = true", "grows = true\nlouder = true", "it says louder"),
])
def test_a_broken_file_stops_the_start_with_a_sentence_that_names_it(folder, old, new, told):
    file = folder / "check-in-45.toml"
    words = file.read_text()
    assert old in words
    file.write_text(words.replace(old, new, 1))
    said = start(folder)
    assert "check-in-45.toml" in said and told in said and "\n" not in said and said.endswith("."), said


def test_a_file_that_is_missing_or_too_many_stops_the_start_too(folder):
    (folder / "tea-30.toml").write_text("")
    assert "tea-30" in start(folder)
    (folder / "tea-30.toml").unlink()
    (folder / "body-45.toml").unlink()
    assert "body-45" in start(folder)


def test_a_reading_without_words_and_one_nobody_can_read_stop_the_start(folder):
    (folder / "readings" / "arriving.toml").write_text('title = "Arriving"\ntext = ""\n')
    assert "arriving.toml" in start(folder)
    (folder / "readings" / "arriving.toml").write_bytes(b"\xff")
    assert "arriving.toml is not whole" in start(folder)
    (folder / "readings" / "arriving.toml").unlink()
    assert "reading-15.toml" in start(folder), "a part names a reading that is not there"
