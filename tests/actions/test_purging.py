"""The words of an hour go when their time is over, whatever the clock, a crash or another process does."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from groups import clock, tidying
from groups.db import change, reading
from groups.meeting import commands as c
from groups.meeting import keeping
from groups.meeting.keeping import let_go, purge_due
from groups.meeting.ledger import Ledger
from groups.meeting.models import Entry
from groups.moderation.notes import write_note
from groups.retention.tidying import tidy
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from groups.sealing import KeyGone, Keyring
from tests.spoken import Spoken

KEPT = timedelta(minutes=60)


@pytest.fixture
def steps(app):
    return app.extensions["tidying"]


@pytest.fixture
def sealed(app, quay, maya, tom):
    """An hour of Maya's that has closed this moment, with words in it."""
    hour = Spoken(app, quay, (maya, tom))
    hour.says("Tom", "These words go.")
    hour.do(c.Close(by=hour.chair))
    return hour


def entries():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Entry))


@pytest.mark.parametrize(
    "closed_at",
    [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # in London the hour from one to two comes twice
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),  # and here it is left out
        datetime(2027, 1, 15, 12, 0, tzinfo=UTC),
    ],
)
def test_words_go_an_hour_after_the_close_also_when_the_clocks_change(closed_at, freeze, app, quay, maya, tom):
    freeze(closed_at)
    hour = Spoken(app, quay, (maya, tom))
    hour.says("Tom", "These words go.")
    hour.do(c.Close(by=hour.chair))
    closed = clock.now()
    assert purge_due(hour.ledger, hour.keyring, closed + KEPT - timedelta(minutes=1)) == 0 and entries()
    assert purge_due(hour.ledger, hour.keyring, closed + KEPT) == 1 and not entries()


def test_hours_that_keep_their_words_longer_stand_in_nobodys_way(app, quay, maya, tom, sealed, monkeypatch):
    """However many there are, and although they ended first: whoever was promised an hour is given no more."""
    monkeypatch.setattr(keeping, "TOGETHER", 1)
    with change() as (session, _):
        kept = Room(group=session.merge(quay.group), name="A day", capacity=9, retention_minutes=1440)
        session.add(kept)
    longer = Spoken(app, kept, (maya, tom))
    longer.do(c.Close(by=longer.chair))
    with change() as (session, _):
        session.get(Meeting, longer.meeting.id).sealed_at = clock.now() - timedelta(hours=2)
    assert purge_due(sealed.ledger, sealed.keyring, clock.now() + KEPT) == 1
    with reading() as session:
        assert session.get(Meeting, sealed.meeting.id).phase == Phase.PURGED


def test_a_clock_a_day_behind_keeps_nothing_once_it_is_right(sealed, steps, freeze):
    freeze.forward(days=-1)
    tidy(steps, clock.now())
    freeze.back_to_now()
    freeze.forward(minutes=61)
    tidy(steps, clock.now())
    assert not entries()


def test_an_hour_sealed_by_a_clock_a_day_ahead_keeps_its_words_no_day_longer(app, quay, maya, tom, steps, freeze):
    freeze.forward(days=1)
    hour = Spoken(app, quay, (maya, tom))
    hour.says("Tom", "These words go.")
    hour.do(c.Close(by=hour.chair))
    write_note(hour.keyring, maya.membership, tom.membership.handle, "Something to remember.")
    freeze.back_to_now()
    tidy(steps, clock.now())
    assert entries(), "the hour counts from now"
    freeze.forward(minutes=61)
    tidy(steps, clock.now())
    assert not entries()
    assert tidying.mend_moments_ahead(clock.now()) == 0


def test_a_purge_cut_off_after_the_key_is_finished_by_the_next(sealed, steps):
    sealed.keyring.destroy(sealed.meeting.public_id)  # and then the power went
    assert entries()
    tidy(steps, clock.now() + KEPT + timedelta(minutes=1))
    assert not entries()


def test_two_at_once_do_it_once_and_neither_fails(sealed, app, steps):
    """As when two processes lead for a moment, because the clocks of two machines differ."""
    folder, secret = app.extensions["settings"].keys, app.extensions["settings"].secret
    second = tidying.steps(Ledger(Keyring(folder, secret)), Keyring(folder, secret), app.extensions["settings"])
    together, failed = threading.Barrier(2), []

    def run(steps):
        together.wait(10)
        failed.extend(tidy(steps, clock.now() + KEPT + timedelta(minutes=1)))

    threads = [threading.Thread(target=run, args=[steps]) for steps in (steps, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == [] and not entries()


def test_another_process_lets_go_of_what_was_purged(sealed, app):
    settings = app.extensions["settings"]
    keyring = Keyring(settings.keys, settings.secret)
    other = Ledger(keyring)
    assert other.look(sealed.meeting.id).state.phase == "sealed"
    assert let_go(other, keyring) == [] and other.held(), "not before"
    assert keyring._open
    purge_due(sealed.ledger, sealed.keyring, clock.now() + KEPT)
    assert let_go(other, keyring) == [sealed.meeting.id]
    assert not other.held() and not keyring._open
    with pytest.raises(KeyGone):
        other.look(sealed.meeting.id)
    other.stop()
