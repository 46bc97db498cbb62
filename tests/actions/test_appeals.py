"""Looked at again: appeals and emergencies, by somebody who had no part in them."""

from datetime import timedelta

import pytest

from groups import clock
from groups.conduct.models import Sanction
from groups.errors import Invalid, NotFound, Refused
from groups.membership.models import Membership
from groups.moderation import review_views, step_views
from groups.moderation.appeal_actions import appeal, decide_appeal, forget_words
from groups.moderation.models import Appeal
from groups.moderation.step_actions import ban, confirm_step, lift, warn
from groups.sealing import group_key
from groups.zones import zone
from tests.laddered import log_of, looks_after, sent_out, stored

UTC, LONDON = zone("UTC"), zone("Europe/London")
WORDS = "It was not me who asked.\n\nPlease read the hour again."


@pytest.fixture
def keyring(app):
    return app.extensions["keyring"]


@pytest.fixture
def banned(maya, nia, tom, keyring):
    """Tom is banned by Maya and asks again; Nia looks after Harbour too."""
    looks_after(nia)
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 6)
    return given, appeal(tom.membership, given.public_id, WORDS, keyring)


def ends_in(sanction, days):
    return abs(stored(Sanction, sanction).until - clock.now() - timedelta(days=days)) < timedelta(minutes=1)


# --- asking -------------------------------------------------------------------------------------------


def test_the_words_are_sealed_and_open_for_the_one_who_reads(banned, nia, tom, keyring, harbour):
    _, asked = banned
    assert b"not me" not in stored(Appeal, asked).sealed_words
    assert review_views.appeal_page(nia.membership, asked.public_id, UTC, keyring).step.appeal.words == WORDS
    keyring.destroy(group_key(harbour.slug))
    assert review_views.appeal_page(nia.membership, asked.public_id, UTC, keyring).step.appeal.words == ""


def test_a_step_is_asked_about_once(banned, tom, keyring):
    given, _ = banned
    with pytest.raises(Refused, match="appealed_once"):
        appeal(tom.membership, given.public_id, "Again.", keyring)


@pytest.mark.parametrize("words, reason", [("", "empty"), (None, "empty"), (" \n ", "empty"), ("x" * 2001, "too_long")])
def test_words_that_will_not_do_are_refused(maya, tom, keyring, words, reason):
    given = warn(maya.membership, tom.membership, 1)
    with pytest.raises(Invalid, match=reason):
        appeal(tom.membership, given.public_id, words, keyring)


def test_nobody_asks_about_a_step_of_somebody_else(maya, tom, nia, vera, keyring):
    given = warn(maya.membership, tom.membership, 1)
    for person in (nia, vera, maya):
        with pytest.raises(NotFound):
            appeal(person.membership, given.public_id, "Please.", keyring)


def test_a_lifted_step_needs_no_second_look(maya, tom, keyring):
    given = warn(maya.membership, tom.membership, 1)
    lift(maya.membership, given.public_id)
    with pytest.raises(Refused, match="lifted_already"):
        appeal(tom.membership, given.public_id, "Please.", keyring)


# --- answering -----------------------------------------------------------------------------------------


def test_whoever_took_the_step_neither_reads_nor_decides(banned, maya, keyring):
    _, asked = banned
    with pytest.raises(Refused, match="someone_else_reads"):
        review_views.appeal_page(maya.membership, asked.public_id, UTC, keyring)
    with pytest.raises(Refused, match="someone_else_reads"):
        decide_appeal(maya.membership, asked.public_id, "lifted", None, "Sorry.", keyring)


def test_nor_does_the_second_one_who_agreed(maya, nia, tom, keyring):
    looks_after(nia)
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 30)
    confirm_step(nia.membership, given.public_id)
    asked = appeal(tom.membership, given.public_id, WORDS, keyring)
    with pytest.raises(Refused, match="someone_else_reads"):
        decide_appeal(nia.membership, asked.public_id, "stands", None, "No.", keyring)


def test_it_stands(banned, nia, tom, keyring, harbour):
    given, asked = banned
    decide_appeal(nia.membership, asked.public_id, "stands", None, "We read the hour again.", keyring)
    assert ends_in(given, 6) and not stored(Membership, tom.membership).is_current
    assert log_of(harbour)[-1].action == "appeal_stands"
    _, steps = step_views.own_steps(tom.account.id, harbour.slug, LONDON, keyring)
    assert (steps[0].appeal.outcome, steps[0].appeal.answer) == ("stands", "We read the hour again.")
    with pytest.raises(Refused, match="decided_already"):
        decide_appeal(nia.membership, asked.public_id, "lifted", None, "Or not.", keyring)


def test_it_is_made_shorter(banned, nia, tom, keyring, harbour):
    given, asked = banned
    decide_appeal(nia.membership, asked.public_id, "shortened", 2, "Two days are enough.", keyring)
    assert ends_in(given, 2) and stored(Membership, tom.membership).barred_until == stored(Sanction, given).until
    assert (log_of(harbour)[-1].action, log_of(harbour)[-1].until) == ("appeal_shortened", stored(Sanction, given).until)


def test_what_was_made_shorter_cannot_be_made_longer_by_agreeing_late(maya, nia, tom, keyring):
    looks_after(nia)
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 60)
    asked = appeal(tom.membership, given.public_id, WORDS, keyring)
    decide_appeal(nia.membership, asked.public_id, "shortened", 2, "Two days.", keyring)
    with pytest.raises(Refused, match="nothing_to_confirm"):
        confirm_step(nia.membership, given.public_id)


def test_it_is_lifted_and_they_are_back(banned, nia, tom, keyring, harbour):
    given, asked = banned
    decide_appeal(nia.membership, asked.public_id, "lifted", None, "We were wrong, and are sorry.", keyring)
    assert stored(Membership, tom.membership).is_current
    assert (log_of(harbour)[-1].action, log_of(harbour)[-1].undoes_id is not None) == ("appeal_lifted", True)


@pytest.mark.parametrize("outcome, days, answer, wrong", [
    (None, None, "Yes.", "outcome"), ("kept", None, "Yes.", "outcome"), ("stands", None, "", "answer"), ("stands", None, None, "answer"),
    ("shortened", None, "Yes.", "days"), ("shortened", 0, "Yes.", "days"), ("shortened", 6, "Yes.", "days"), ("shortened", 400, "Yes.", "days"),
    ("lifted", None, "x" * 2001, "answer"),
])
def test_an_answer_that_makes_no_sense_changes_nothing(banned, nia, tom, keyring, harbour, outcome, days, answer, wrong):
    given, asked = banned
    before = len(log_of(harbour))
    with pytest.raises(Invalid) as said:
        decide_appeal(nia.membership, asked.public_id, outcome, days, answer, keyring)
    assert said.value.field == wrong
    assert stored(Appeal, asked).decided_at is None and ends_in(given, 6) and len(log_of(harbour)) == before


def test_a_word_of_warning_has_nothing_to_shorten(maya, nia, tom, keyring):
    looks_after(nia)
    asked = appeal(tom.membership, warn(maya.membership, tom.membership, 1).public_id, WORDS, keyring)
    with pytest.raises(Refused, match="nothing_to_change"):
        decide_appeal(nia.membership, asked.public_id, "shortened", 1, "Shorter.", keyring)


def test_somebody_reads_no_appeal_of_their_own(maya, nia, tom, keyring):
    looks_after(nia)
    given = warn(maya.membership, tom.membership, 1)
    asked = appeal(tom.membership, given.public_id, WORDS, keyring)
    looks_after(tom)
    with pytest.raises(Refused, match="not_oneself"):
        decide_appeal(tom.membership, asked.public_id, "lifted", None, "Yes.", keyring)


def test_thirty_days_after_the_answer_nothing_written_is_left(banned, nia, keyring, freeze):
    _, asked = banned
    freeze.forward(days=40)
    assert forget_words(clock.now()) == 0, "what waits for an answer is kept"
    decide_appeal(nia.membership, asked.public_id, "stands", None, "It stands.", keyring)
    assert forget_words(clock.now()) == 0
    freeze.forward(days=31)
    assert (forget_words(clock.now()), forget_words(clock.now())) == (1, 0)
    kept = stored(Appeal, asked)
    assert (kept.sealed_words, kept.sealed_answer, kept.outcome) == (None, None, "stands")
