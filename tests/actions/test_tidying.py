"""What has had its time goes: each step by itself, in silence only while it goes well."""

import logging
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from groups import clock, tidying
from groups.accounts.models import IDLE, UNKEPT, Account, SignIn
from groups.db import change, reading
from groups.erasure.sweeping import sweep_accounts
from groups.meeting import commands as c
from groups.retention.models import Deletion
from groups.retention.tidying import LATE, NotYet, Step, look, tidy
from groups.sentences.retention import STEPS
from tests.doors.reading import text_of
from tests.laddered import made_steward
from tests.spoken import Spoken

KEPT = timedelta(minutes=60)


@pytest.fixture
def steps(app):
    return app.extensions["tidying"]


def broken(_):
    raise ValueError("something somebody wrote")


# --- steps ------------------------------------------------------------------------------------------------


def test_a_step_that_fails_keeps_no_other_from_its_work(app, caplog):
    done = []
    steps = [Step("notes", done.append), Step("meetings", broken), Step("reports", done.append)]
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert tidy(steps, clock.now()) == ["meetings"]
    assert len(done) == 6
    assert [record.getMessage() for record in caplog.records] == ["tidying fails: meetings: ValueError"], "once, and no words"
    assert tidy([Step("meetings", done.append)], clock.now()) == []
    tidy(steps, clock.now())
    assert len(caplog.records) == 2, "and once more when it fails anew"


def test_whoever_is_in_the_way_makes_no_failure_and_no_success(app, caplog):
    def in_the_way(_):
        raise NotYet

    begun, done = clock.now(), []
    steps = [Step("disk", in_the_way), Step("notes", done.append)]
    assert tidy([Step("disk", int_of)], begun) == [] and tidy(steps, begun + LATE / 2) == []
    assert done and not caplog.records and look(["disk"], begun + LATE).late == ()
    tidy(steps, begun + LATE * 2)
    assert look(["disk"], begun + LATE * 2).late == (("disk", begun),), "an hour of it is told"


def test_a_success_is_kept_and_whatever_is_late_is_named(app, freeze):
    begun = clock.now()
    tidy([Step("notes", int_of), Step("meetings", int_of)], begun)
    assert look(["notes", "meetings"], clock.now()).late == ()
    assert look(["notes", "requests"], clock.now()).late == (("requests", None),)
    freeze(begun + LATE / 2)
    tidy([Step("notes", int_of), Step("meetings", broken)], clock.now())
    freeze(begun + LATE + timedelta(minutes=1))
    seen = look(["notes", "meetings"], clock.now())
    assert [name for name, _ in seen.late] == ["meetings"] and seen.late[0][1] == begun == seen.since


def test_a_success_written_by_a_clock_that_ran_ahead_is_none(app):
    tidy([Step("notes", int_of)], clock.now() + timedelta(days=1))
    assert look(["notes"], clock.now()).late
    tidy([Step("notes", int_of)], clock.now())
    assert not look(["notes"], clock.now()).late


def int_of(_):
    return 0


def test_every_step_of_the_house_runs_and_has_words_for_stewards(steps):
    assert tidy(steps, clock.now()) == []
    assert [step.name for step in steps][-2:] == ["disk", "rewrite"], "after everything that deletes"
    assert {step.name for step in steps} <= set(STEPS)
    assert look([step.name for step in steps], clock.now()).late == ()


def test_stewards_see_how_it_goes_and_are_warned(steps, otto, freeze):
    made_steward(otto)
    assert "never done so far" in text_of(otto.get("/stewards"))
    tidy(steps, clock.now())
    assert "All that was due is gone" in text_of(otto.get("/stewards"))
    freeze.forward(minutes=61)
    page = otto.get("/stewards")
    assert "may still be here" in text_of(page) and 'class="notice care"' in page.text
    assert "The words of meetings that are over: last done" in text_of(page)


# --- accounts and what is remembered of deletions ---------------------------------------------------------


def test_an_account_nobody_kept_goes_at_its_hour_and_is_listed_as_deleted(app, freeze):
    freeze.forward(days=3)
    sweep = partial(sweep_accounts, app.extensions["keyring"])
    sweep(clock.now())  # of the cast nobody kept theirs
    before, start = listed(), clock.now()
    with change() as (session, _):
        account = Account()
        session.add(account)
        session.flush()
        session.add(SignIn(token_hash=b"x" * 32, account_id=account.id))
    last = max(IDLE, UNKEPT)
    assert sweep(start + last - timedelta(minutes=1)) == 0
    assert sweep(clock.now() + last + timedelta(minutes=1)) == 1
    assert listed()[len(before):] == ["account"]


def listed():
    with reading() as session:
        return [row.kind for row in session.scalars(select(Deletion).order_by(Deletion.at))]


def test_what_holds_everybody_up_waits_for_a_quiet_hour_of_the_next_day(app, quay, maya, tom, freeze):
    done = []
    nightly, start = tidying.Nightly("rewritten", lambda: done.append(1)), clock.now()
    nightly(start)
    nightly(start + timedelta(hours=23))
    assert done == [1]
    done.clear()
    nightly = tidying.Nightly("rewritten", lambda: done.append(1))  # a restart every night is no reason to wait
    hour = Spoken(app, quay, (maya, tom))
    nightly(start + timedelta(hours=25))
    assert done == [], "somebody meets"
    hour.do(c.Close(by=hour.chair))
    nightly(start + timedelta(hours=26))
    nightly(start + timedelta(hours=49))
    assert done == [1]
    nightly(start - timedelta(days=2))
    assert done == [1, 1], "the clock was set back: no reason to wait for days"
