"""What many commands share: one flush, one question who still belongs; and never a share of somebody who does not."""

import threading

import pytest
from sqlalchemy import event, select

from groups import clock, db
from groups.accounts.models import SignIn
from groups.db import change, reading, writer_turn
from groups.errors import NotFound, Refused
from groups.meeting import commands as c
from groups.meeting.commands_safety import RemoveNow
from groups.meeting.jobs import Job
from groups.meeting.standing import Standing
from groups.membership.models import Membership
from tests import hours
from tests.hours import TALK, WAIT, Clerk
from tests.sockets import until


@pytest.fixture
def clerk(app):
    return Clerk.of(app.extensions["ledger"])


@pytest.fixture
def talk(clerk, maya, tom):
    """An hour in which everybody may speak, with Maya in the chair and Tom."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, "Tom", chair="Maya")
    clerk.begin(meeting, "Maya")
    return meeting


@pytest.fixture
def toms(tom):
    """Tom's membership and the sign-in he comes by."""
    tom.sign_in()
    with reading() as session:
        member = session.scalar(select(Membership).where(Membership.account_id == tom.account.id))
        return member, session.scalar(select(SignIn.id).where(SignIn.account_id == tom.account.id))


def share(clerk, talk, toms, number):
    member, sign_in = toms
    words = c.Share(by=member.handle, client_id=f"tom-{number}", words="I walked by the river.")
    return clerk.ledger.submit(Job(talk.id, words, member.id, sign_in))


def test_one_share_after_the_other_asks_nothing_but_to_be_written(clerk, talk, toms, queries):
    share(clerk, talk, toms, 0).result(WAIT)
    queries.clear()
    for number in (1, 2, 3):
        share(clerk, talk, toms, number).result(WAIT)
    assert [statement.split()[0] for statement in queries] == ["BEGIN", "INSERT"] * 3, queries


@pytest.mark.parametrize("ends", ["membership", "sign-in", "another's sign-in"])
def test_whoever_does_not_belong_any_more_is_refused_at_once(clerk, talk, toms, maya, ends):
    member, sign_in = toms
    share(clerk, talk, toms, 0).result(WAIT)
    with change() as (session, _):
        if ends == "membership":
            session.get(Membership, member.id).left_at = clock.now()
        elif ends == "sign-in":
            session.delete(session.get(SignIn, sign_in))
        else:
            session.get(SignIn, sign_in).account_id = maya.account.id
    with pytest.raises(NotFound if ends == "membership" else Refused):
        share(clerk, talk, toms, 1).result(WAIT)


def test_also_when_the_ledger_itself_ended_it(clerk, talk, toms):
    member, _ = toms
    share(clerk, talk, toms, 0).result(WAIT)
    out = RemoveNow(by=hours.handle("Maya"), who=member.handle, why="threats", agreement=1)
    clerk.write(talk, out)
    with reading() as session:
        assert session.get(Membership, member.id).left_at, "or this test asks nothing"
    with pytest.raises(NotFound):
        share(clerk, talk, toms, 1).result(WAIT)


def test_whoever_comes_while_a_batch_is_decided_shares_its_flush(clerk, talk, toms):
    """Tom's first share is looked at, and meanwhile he says two more."""
    commits, ready, go_on = [], threading.Event(), threading.Event()

    def hold(connection, cursor, statement, *_):
        if statement.startswith("BEGIN IMMEDIATE") and not ready.is_set():
            ready.set()
            go_on.wait(WAIT)

    count = commits.append
    event.listen(db.engine(), "before_cursor_execute", hold)
    event.listen(db.engine(), "commit", count)
    try:
        first = share(clerk, talk, toms, 1)
        assert ready.wait(WAIT)
        later = [share(clerk, talk, toms, number) for number in (2, 3)]
        go_on.set()
        numbers = [future.result(WAIT).number for future in (first, *later)]
    finally:
        event.remove(db.engine(), "before_cursor_execute", hold)
        event.remove(db.engine(), "commit", count)
    assert len(commits) == 1 and numbers == sorted(numbers)


def test_what_is_wrong_with_one_of_those_who_joined_is_told_to_that_one_alone(clerk, talk, toms):
    member, _ = toms
    nobody = Job(talk.id, c.Share(by=member.handle, client_id="nobody", words="I am not there."), 99_999, 99_999)
    with writer_turn():
        first = share(clerk, talk, toms, 1)
        until(clerk.ledger._jobs.empty, what="the first to be taken")
        wrong, last = clerk.ledger.submit(nobody), share(clerk, talk, toms, 2)
    with pytest.raises(NotFound):
        wrong.result(WAIT)
    assert last.result(WAIT).number == first.result(WAIT).number + 1


def test_the_ledger_ends_with_all_that_was_queued(app, clerk, talk, toms):
    with writer_turn():
        waiting = [share(clerk, talk, toms, number) for number in range(5)]
        ending = threading.Thread(target=clerk.ledger.stop)
        ending.start()
    ending.join(WAIT)
    assert [future.result(0).number for future in waiting] == sorted({future.result(0).number for future in waiting})
    assert db.engine().pool.checkedout() == 0, "and gives its line back"


def test_only_those_are_asked_about_who_are_not_known(app, toms, queries):
    member, sign_in = toms
    with reading() as session:
        standing = Standing(session.connection(), [(member.id, sign_in)])
        queries.clear()
        standing.ask(session.connection(), [(member.id, sign_in), (None, None)])
        assert not queries
        standing.ask(session.connection(), [(member.id + 1, sign_in)])
        assert len(queries) == 1
    standing.check(member.id, sign_in)
