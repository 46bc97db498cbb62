"""What moderators remember about somebody and what repeats around them: sealed, theirs alone, forgotten
after ninety days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.conduct.models import Signal
from groups.conduct.record import write_signal
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.logbook.models import LogEntry
from groups.moderation import notes, pattern_looks
from groups.moderation.note_models import MemberNote, PatternLook
from tests.actions.telling import moderate

NINETY = timedelta(days=90)


def rows(kind):
    with reading() as session:
        return session.scalars(select(kind)).all()


def actions():
    return [(line.action, line.by, line.about) for line in rows(LogEntry)]


def test_a_note_is_read_by_those_who_look_after_the_group(keyring, maya, tom, nia):
    notes.write_note(keyring, maya.membership, tom.membership.handle, "Asked twice for a number.\n\nKindly.")
    (row,) = rows(MemberNote)
    assert b"Asked" not in row.sealed_words
    moderate(nia)
    about, (note,) = notes.notes_about(keyring, nia.membership, tom.membership.handle)
    assert (about.name, note.words, note.by, note.is_mine) == ("Tom", "Asked twice for a number.\n\nKindly.", "Maya", False)
    assert actions() == [("note_written", maya.membership.handle, tom.membership.handle)]


def test_not_by_members_nor_by_whom_it_is_about_nor_from_another_group(keyring, maya, tom, rosa, nia):
    note = notes.write_note(keyring, maya.membership, tom.membership.handle, "A note.")
    handle = tom.membership.handle
    for reader, failure in ((nia, Refused), (rosa, NotFound)):
        for trying in (lambda by: notes.notes_about(keyring, by, handle), lambda by: notes.write_note(keyring, by, handle, "x"),
                       lambda by: notes.remove_note(by, handle, note.public_id)):
            with pytest.raises(failure):
                trying(reader.membership)
    moderate(tom)
    with pytest.raises(NotFound):
        notes.notes_about(keyring, tom.membership, handle)
    with pytest.raises(NotFound):
        notes.write_note(keyring, tom.membership, handle, "I am fine.")


@pytest.mark.parametrize("words, reason", [("", "empty"), ("  \n ", "empty"), ("x" * 1001, "too_long")])
def test_a_note_has_words_and_not_too_many(keyring, maya, tom, words, reason):
    with pytest.raises(Invalid, match=reason):
        notes.write_note(keyring, maya.membership, tom.membership.handle, words)
    assert rows(MemberNote) == [] and actions() == []


def test_everybody_takes_back_their_own(keyring, maya, tom, nia):
    note = notes.write_note(keyring, maya.membership, tom.membership.handle, "A note.")
    moderate(nia)
    with pytest.raises(Refused, match="not_your_note"):
        notes.remove_note(nia.membership, tom.membership.handle, note.public_id)
    with pytest.raises(NotFound):
        notes.remove_note(maya.membership, nia.membership.handle, note.public_id)
    notes.remove_note(maya.membership, tom.membership.handle, note.public_id)
    assert rows(MemberNote) == [] and actions()[-1][0] == "note_removed"


def test_after_ninety_days_a_note_is_gone(keyring, maya, tom, freeze):
    notes.write_note(keyring, maya.membership, tom.membership.handle, "A note.")
    notes.forget_notes(clock.now() + NINETY - timedelta(minutes=1))
    assert len(rows(MemberNote)) == 1
    freeze.forward(days=90, minutes=1)
    assert notes.notes_about(keyring, maya.membership, tom.membership.handle)[1] == []
    notes.forget_notes(clock.now())
    assert rows(MemberNote) == []


# --- patterns --------------------------------------------------------------------------------------


def note_signals(about, *kinds, other=None, days=0):
    with change() as (session, _):
        for kind in kinds:
            write_signal(session, about.membership, kind, other=other)
        session.flush()
        for signal in session.scalars(select(Signal).where(Signal.at > clock.now() - timedelta(minutes=1))):
            signal.at -= timedelta(days=days)


def test_two_look_at_a_pattern_and_it_is_put_away_until_it_grows(app, maya, tom, nia, freeze):
    moderate(nia)
    note_signals(tom, "contact_held", "contact_held", "contact_held")
    (shown,) = pattern_looks.patterns_of(maya.membership)
    assert (shown.about.name, shown.pattern.about, shown.i_looked, shown.looked) == ("Tom", ("contact_again",), False, ())
    handle = tom.membership.handle
    for _ in range(2):
        pattern_looks.look_at_pattern(maya.membership, handle)
    (shown,) = pattern_looks.patterns_of(nia.membership)
    assert shown.looked == ("Maya",)
    pattern_looks.look_at_pattern(nia.membership, handle)
    assert pattern_looks.patterns_of(maya.membership) == []
    assert pattern_looks.pattern_around(maya.membership, handle).is_put_away, "the person's page shows it still"
    assert actions() == [("pattern_looked", by.membership.handle, handle) for by in (maya, nia)]
    freeze.forward(minutes=5)
    note_signals(tom, "contact_held")
    (shown,) = pattern_looks.patterns_of(maya.membership)
    assert (shown.looked, shown.i_looked, len(shown.pattern.examples)) == ((), False, 4)


def test_where_one_moderator_looks_alone_one_look_is_enough(app, maya, tom):
    note_signals(tom, "contact_held", "contact_held", "contact_held")
    pattern_looks.look_at_pattern(maya.membership, tom.membership.handle)
    assert pattern_looks.patterns_of(maya.membership) == []


def test_nobody_sees_their_own_nor_that_of_another_group(app, maya, tom, rosa, nia):
    note_signals(tom, "contact_held", "contact_held", "contact_held")
    handle = tom.membership.handle
    assert pattern_looks.patterns_of(rosa.membership) == []
    for trying in (pattern_looks.pattern_around, pattern_looks.look_at_pattern):
        with pytest.raises(NotFound):
            trying(rosa.membership, handle)
        with pytest.raises(Refused, match="for_moderators"):
            trying(nia.membership, handle)
        with pytest.raises(NotFound):
            trying(maya.membership, "nosuchhandle")
    moderate(tom)
    assert pattern_looks.patterns_of(tom.membership) == []
    with pytest.raises(NotFound):
        pattern_looks.pattern_around(tom.membership, handle)


def test_where_there_is_no_pattern_there_is_nothing_to_look_at(app, maya, tom):
    note_signals(tom, "contact_held")
    assert pattern_looks.pattern_around(maya.membership, tom.membership.handle) is None
    with pytest.raises(NotFound):
        pattern_looks.look_at_pattern(maya.membership, tom.membership.handle)


def test_what_was_noted_is_forgotten_after_ninety_days(app, maya, tom):
    note_signals(tom, "contact_held", "contact_held", "contact_held")
    pattern_looks.look_at_pattern(maya.membership, tom.membership.handle)
    pattern_looks.forget_signals(clock.now() + NINETY - timedelta(minutes=1))
    assert (len(rows(Signal)), len(rows(PatternLook))) == (3, 1)
    pattern_looks.forget_signals(clock.now() + NINETY + timedelta(minutes=1))
    assert (rows(Signal), rows(PatternLook)) == ([], [])
