"""Looking after those who serve: asked how it was, somebody to talk it over with, a month off."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.membership.models import Membership, Role
from groups.rota import care
from groups.rota.models import Debrief, Served
from tests.evenings import count, set_to
from tests.hours import do, plan

PART = Segment("A", "silence", 5, 1)


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def held(book, maya, tom, nia):
    """An hour that Maya led and at which Tom kept the door; Nia only came."""
    meeting = plan(begins_in=0)
    do(book, meeting, c.OpenLobby(by=c.ROOM, title="", starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=(PART,), capacity=10))
    do(book, meeting, *(c.Knock(by=one.membership.handle, name=one.name) for one in (maya, tom, nia)))
    by = maya.membership.handle
    do(book, meeting, c.TakeDuty(by=by, duty="chair", entitled=True), c.TakeDuty(by=tom.membership.handle, duty="door", entitled=True))
    do(book, meeting, c.OpenDoor(by=by), c.Admit(by=by, who=nia.membership.handle), c.Close(by=by))
    return meeting


def stored():
    """{name: (how, wants to talk, who will)}."""
    with reading() as session:
        names = dict(session.execute(select(Membership.id, Membership.name)).all())
        return {names[one.membership_id]: (one.how, one.wants_talk, names.get(one.met_by_id)) for one in session.scalars(select(Debrief))}


def wanted_by(*people):
    with reading() as session:
        return [(one.who.name, one.taken_by) for one in care.wishes(session, [one.membership for one in people], clock.now())]


@pytest.fixture
def second(nia):
    """Nia looks after Harbour as well."""
    set_to(nia.membership, role=Role.MODERATOR)
    with reading() as session:
        nia.membership = session.get(Membership, nia.membership.id)
    return nia


def test_whoever_served_is_asked_with_the_close_and_nobody_else(held, maya, tom, nia):
    assert stored() == {"Maya": ("", False, None), "Tom": ("", False, None)}
    assert care.asked_after(tom.membership, held) is not None and care.asked_after(nia.membership, held) is None
    with pytest.raises(Refused, match="debrief_over"):
        care.say_how_it_was(nia.membership, held, "fine", False)


def test_two_answers_in_words_of_ours(held, tom):
    care.say_how_it_was(tom.membership, held, "heavy", True)
    assert stored()["Tom"] == ("heavy", True, None)
    care.say_how_it_was(tom.membership, held, "fine", False)
    assert stored()["Tom"] == ("fine", False, None), "minds may change, while nobody has said that they will talk"
    for how in ("", "awful", "x" * 5000):
        with pytest.raises(Invalid, match="choose_one"):
            care.say_how_it_was(tom.membership, held, how, True)


def test_who_says_nothing_is_not_asked_again(held, tom):
    for _ in range(2):
        care.leave_unsaid(tom.membership, held)
    assert "Tom" not in stored()


def test_a_few_days_later_it_is_not_asked_any_more(held, tom, freeze):
    freeze.forward(days=3, minutes=1)
    assert care.asked_after(tom.membership, held) is None
    with pytest.raises(Refused, match="debrief_over"):
        care.say_how_it_was(tom.membership, held, "fine", False)


def test_the_others_see_a_wish_and_one_of_them_takes_it(held, maya, tom, second, rosa):
    care.say_how_it_was(maya.membership, held, "tiring", True)
    care.say_how_it_was(tom.membership, held, "good", False)
    assert wanted_by(maya) == [] and wanted_by(rosa) == [], "not one's own, and not other groups'"
    assert wanted_by(second) == [("Maya", None)]
    with pytest.raises(Refused, match="for_moderators"):
        care.talk_with(tom.membership, held, "Maya")
    for person, name in ((maya, "Maya"), (second, "Tom"), (second, "Nobody"), (rosa, "Maya")):
        with pytest.raises(Refused, match="talk_gone"):
            care.talk_with(person.membership, held, name)
    for _ in range(2):
        care.talk_with(second.membership, held, "Maya")
    assert stored()["Maya"] == ("tiring", True, "Nia") and wanted_by(second) == [("Maya", "Nia")]
    with change() as (session, _):
        session.get(Membership, tom.membership.id).role = Role.MODERATOR
    with pytest.raises(Refused, match="talk_gone"):
        care.talk_with(tom.membership, held, "Maya")


def test_the_front_page_asks_the_day_after_and_says_who_will_talk(held, maya, second):
    def shown(before):
        with reading() as session:
            found = care.one_debrief(session, [maya.membership], before)
        return found and (found[0].how, found[1].id, found[2])

    assert shown(clock.now() - timedelta(hours=1)) is None
    assert shown(clock.now() + timedelta(hours=1)) == ("", held.id, None)
    care.say_how_it_was(maya.membership, held, "heavy", True)
    assert shown(clock.now() + timedelta(hours=1)) is None
    care.talk_with(second.membership, held, "Maya")
    assert shown(clock.now()) == ("heavy", held.id, "Nia")
    care.leave_unsaid(maya.membership, held)
    assert shown(clock.now()) is None and "Maya" not in stored()


def test_everything_is_gone_after_a_month_and_what_was_not_answered_earlier(held, tom):
    care.say_how_it_was(tom.membership, held, "heavy", True)
    care.forget_debriefs(clock.now() + timedelta(days=2))
    assert count(Debrief) == 2
    care.forget_debriefs(clock.now() + timedelta(days=4))
    assert list(stored()) == ["Tom"]
    care.forget_debriefs(clock.now() + timedelta(days=31))
    assert count(Debrief) == 0


def test_another_groups_hour_is_not_there(held, rosa):
    with pytest.raises((NotFound, Refused)):
        care.say_how_it_was(rosa.membership, held, "fine", False)


@pytest.mark.parametrize("times, days_ago, suggested", [((20, 3), 1, False), ((20, 4), 1, True), ((24,), 29, True), ((60,), 31, False), ((), 0, False)])
def test_a_month_off_is_suggested_after_24_shifts_until_it_is_taken(tom, times, days_ago, suggested):
    with change() as (session, _):
        for kind, number in zip(("chair", "door"), times, strict=False):
            session.add(Served(membership_id=tom.membership.id, kind=kind, times=number, last_on=clock.now().date() - timedelta(days=days_ago)))
    assert care.month_off(tom.membership) is suggested


def test_after_a_month_off_one_begins_anew_and_may_still_serve(book, maya, tom, nia, request):
    with change() as (session, _):
        for person, days in ((maya, 40), (tom, 3)):
            for kind in ("chair", "door"):
                session.add(Served(membership_id=person.membership.id, kind=kind, times=20, last_on=clock.now().date() - timedelta(days=days)))
    request.getfixturevalue("held")
    with reading() as session:
        names = dict(session.execute(select(Membership.id, Membership.name)).all())
        times = {(names[one.membership_id], one.kind): one.times for one in session.scalars(select(Served))}
    assert times == {("Maya", "chair"): 2, ("Maya", "door"): 1, ("Tom", "chair"): 20, ("Tom", "door"): 21}
    assert not care.month_off(maya.membership) and care.month_off(tom.membership)
