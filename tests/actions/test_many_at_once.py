"""Questions and notes about hundreds of people are one value and one statement, in either database."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from groups import clock, db
from groups.db import change, reading
from groups.meeting import seats, standing
from groups.meeting.models import Seat
from groups.membership.models import Membership
from groups.schedule.models import Meeting
from groups.sql import among
from tests.server import KINDS, empty_database, move_in_at

NOBODY = range(10_000, 10_300)


@pytest.fixture(params=KINDS, scope="module")
def house(request, tmp_path_factory):
    with empty_database(request, tmp_path_factory.mktemp("many"), "many") as url, move_in_at(url):
        yield db.engine()


def everybody():
    with reading() as session:
        return session.scalars(select(Membership).where(Membership.left_at.is_(None)).order_by(Membership.id)).all()


@pytest.mark.parametrize(("asked", "found"), [(lambda _: [], 0), (lambda ids: ids[:1], 1), (lambda ids: [*ids, *NOBODY, *ids], None)])
def test_those_are_found_who_are_asked_for(house, asked, found):
    ids = [member.id for member in everybody()]
    with reading() as session:
        by_number = session.scalars(select(Membership.id).where(among(Membership.id, asked(ids)))).all()
    assert sorted(by_number) == (ids if found is None else ids[:found])


def test_also_by_names_with_any_letters(house):
    handles = [member.handle for member in everybody()]
    strange = ["", '"', "'", "\\", "{a,b}", "null", "NULL", "é", "\u2028", "a" * 5000]
    with reading() as session:
        by_name = session.scalars(select(Membership.handle).where(among(Membership.handle, [*strange, *handles]))).all()
    assert sorted(by_name) == sorted(handles)


def test_a_question_is_one_statement_however_many_it_is_about(house):
    texts = set()

    def note(connection, cursor, statement, *_):
        if statement.startswith("SELECT"):
            texts.add(statement)

    event.listen(house, "before_cursor_execute", note)
    with reading() as session:
        for many in range(200, 300):
            standing.Standing(session.connection(), [(NOBODY[0] + n, n) for n in range(many)])
    event.remove(house, "before_cursor_execute", note)
    assert len(texts) == 2, "one about members and one about sign-ins"


def test_many_are_seen_in_several_meetings_and_whoever_left_is_not(house):
    here, now = everybody(), clock.now()
    with change() as (session, _):
        meetings = session.scalars(select(Meeting.id).order_by(Meeting.id).limit(2)).all()
        session.get(Membership, here[0].id).left_at = now
    seen = [(meeting, member.handle) for meeting in meetings for member in here]
    for at in (now, now + timedelta(seconds=5)):
        seats.note_seen(seen, at)
        with reading() as session:
            noted = {(seat.meeting_id, seat.handle): seat.seen_at for seat in session.scalars(select(Seat))}
        assert noted == dict.fromkeys(((meeting, handle) for meeting, handle in seen if handle != here[0].handle), at)
