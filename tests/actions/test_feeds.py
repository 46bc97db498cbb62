"""Links by which a calendar fetches somebody's hours: made, changed, renewed, ended; and the mark that
says whether there is anything new."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound
from groups.formats.actions import copy_format
from groups.membership.actions import join, leave
from groups.schedule.actions import schedule_series
from groups.schedule.models import Series
from groups.subscribing.actions import end_feed, note_fetched, renew_link, set_up_feed
from groups.subscribing.finding import feed_by, groups_in, mark_of
from groups.subscribing.models import Feed, FeedGroup, FeedKind
from groups.subscribing.wishes import WORD_LIMIT, Wish
from tests.evenings import EVENING, count, set_to

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def wish(harbour):
    return Wish("Class", frozenset([harbour.slug]), 15)


def found(token):
    with reading() as session:
        return feed_by(session, token)


def mark(token, days=0):
    with reading() as session:
        feed = feed_by(session, token)
        return mark_of(session, feed, groups_in(session, feed), (clock.now() + timedelta(days=days)).date())[0]


def carried(token):
    with reading() as session:
        return [group.name for group in groups_in(session, feed_by(session, token))]


def test_a_link_is_256_bits_of_which_the_table_keeps_the_hash(tom, wish, tmp_path):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    feed = found(token)
    assert len(token) == 43 and len(feed.token_hash) == len(feed.uid_key) == 32
    assert (feed.word, feed.remind_minutes, carried(token)) == ("Class", 15, ["Harbour"])
    assert token.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))


def test_its_word_is_sealed_in_its_own_row_and_in_one_size(tom, nia, wish, tmp_path):
    long = "ö" * WORD_LIMIT
    tokens = [set_up_feed(tom.account, kind, replace(wish, word="Plantedword")) for kind in FeedKind]
    tokens.append(set_up_feed(nia.account, FeedKind.DISCREET, replace(wish, word=long)))
    rows = [found(token) for token in tokens]
    assert [row.word for row in rows] == ["Plantedword", "Plantedword", long]
    assert b"Plantedword" not in b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    assert len({len(row.sealed_word) for row in rows}) == 1 and len({row.sealed_word for row in rows}) == 3
    for other in rows[1:]:
        other.sealed_word = rows[0].sealed_word
        with pytest.raises(InvalidTag):
            assert other.word


def test_setting_it_up_again_changes_it_and_the_link_stays(tom, wish, freeze):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    before = mark(token)
    freeze.forward(minutes=1)
    assert set_up_feed(tom.account, FeedKind.DISCREET, replace(wish, word="My own  thing", remind=None)) is None
    assert (found(token).word, found(token).remind_minutes) == ("My own thing", None)
    assert mark(token) != before
    assert count(Feed) == count(FeedGroup) == 1


def test_there_is_one_of_each_kind(tom, nia, wish):
    tokens = {set_up_feed(person.account, kind, wish) for person in (tom, nia) for kind in FeedKind}
    assert len(tokens) == count(Feed) == 4
    assert len({found(token).uid_key for token in tokens}) == 4


@pytest.mark.parametrize("told, field, reason", [
    ({"word": ""}, "own_word", "empty"), ({"word": " \u200f "}, "own_word", "empty"), ({"word": "x" * 41}, "own_word", "too_long"),
    ({"groups": frozenset()}, "groups", "choose_group"), ({"groups": frozenset(["nosuchgroup"])}, "groups", "choose_one"),
    ({"remind": 7}, "remind", "choose_one"), ({"remind": "soon"}, "remind", "choose_one"),
])
def test_what_makes_no_sense_is_refused_by_name_and_nothing_is_made(tom, wish, told, field, reason):
    with pytest.raises(Invalid) as caught:
        set_up_feed(tom.account, FeedKind.DISCREET, replace(wish, **told))
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert count(Feed) == 0


def test_a_word_stays_on_one_line(tom, wish):
    token = set_up_feed(tom.account, FeedKind.DISCREET, replace(wish, word="Call\r\nDESCRIPTION:x"))
    assert found(token).word == "Call DESCRIPTION:x"


def test_another_groups_hours_cannot_be_ticked(tom, willow, wish):
    with pytest.raises(Invalid):
        set_up_feed(tom.account, FeedKind.DISCREET, replace(wish, groups=wish.groups | {willow.slug}))


def test_a_new_link_is_new_in_every_part_and_the_old_one_opens_nothing(tom, wish):
    old = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    note_fetched(found(old), clock.now().date())
    key = found(old).uid_key
    new = renew_link(tom.account, FeedKind.DISCREET)
    assert found(old) is None
    assert found(new).uid_key != key and found(new).fetched_on is None and found(new).word == "Class"


def test_a_link_is_ended_for_good_and_twice_is_harmless(tom, wish):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    for _ in range(2):
        end_feed(tom.account, FeedKind.DISCREET)
        assert found(token) is None and count(FeedGroup) == 0
    with pytest.raises(NotFound):
        renew_link(tom.account, FeedKind.DISCREET)


def test_only_ones_own_is_changed_or_ended(tom, nia, wish):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    end_feed(nia.account, FeedKind.DISCREET)
    end_feed(tom.account, FeedKind.FULL)
    with pytest.raises(NotFound):
        renew_link(nia.account, FeedKind.DISCREET)
    assert found(token)


def test_the_day_of_the_last_fetch_is_kept_and_no_more(tom, wish, freeze):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    changed = found(token).changed_at
    for _ in range(3):
        note_fetched(found(token), clock.now().date())
        assert found(token).fetched_on == clock.now().date()
        freeze.forward(days=1)
    assert found(token).changed_at == changed


def test_a_group_one_has_left_drops_out_and_the_mark_says_so(tom, wish):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    before = mark(token)
    leave(tom.membership)
    assert carried(token) == [] and mark(token) != before


def test_the_mark_stays_while_nothing_changes_and_goes_with_whatever_does(tom, maya, quay, harbour, wish, freeze):
    series = schedule_series(maya.membership, quay, EVENING)
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    full = set_up_feed(tom.account, FeedKind.FULL, wish)
    marks, full_marks = [mark(token)], [mark(full)]
    freeze.forward(hours=1)
    assert (mark(token), mark(full)) == (marks[0], full_marks[0])
    for happens in (
        lambda: set_to(series, changed_at=clock.now(), sequence=1), lambda: schedule_series(maya.membership, quay, replace(EVENING, rule="FREQ=WEEKLY;BYDAY=WE")),
        lambda: _gone(series), lambda: set_to(quay, archived_at=clock.now()),
    ):
        happens()
        marks.append(mark(token))
        full_marks.append(mark(full))
    assert mark(token, days=1) not in marks
    assert len(set(marks)) == len(set(full_marks)) == 5
    set_to(harbour, name="Haven")
    assert mark(full) not in full_marks and mark(token) == marks[-1], "a discreet feed names no group"
    full_marks.append(mark(full))
    copy_format(maya.membership, "sharing-60")
    assert mark(full) not in full_marks


def _gone(series):
    with change() as (session, _):
        session.delete(session.get(Series, series.id))


def test_what_happens_in_other_groups_changes_nothing(tom, rosa, grove, wish):
    token = set_up_feed(tom.account, FeedKind.DISCREET, wish)
    before = mark(token)
    schedule_series(rosa.membership, grove, EVENING)
    assert mark(token) == before


def test_an_account_that_is_not_kept_may_have_one_and_it_goes_with_the_account(harbour, wish):
    member, _ = join(None, harbour, "Ann")
    assert not member.account.is_kept
    token = set_up_feed(member.account, FeedKind.DISCREET, wish)
    with change() as (session, _):
        session.delete(session.get(type(member.account), member.account_id))
    assert found(token) is None
    with reading() as session:
        assert session.scalars(select(FeedGroup)).all() == []
