"""What those on duty do in a meeting is written down in the transaction that does it: steps, the log, a
ban and an incident after an emergency, signals; and words stay where they belong."""

from datetime import timedelta

import pytest

from groups import clock
from groups.announcements import forget, on
from groups.conduct.models import Incident, Sanction, Signal
from groups.conduct.record import highest_lately
from groups.db import change, reading
from groups.errors import NotFound, Refused
from groups.formats.shape import Segment
from groups.logbook.models import LogEntry
from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import snapshots
from groups.meeting.jobs import Job
from groups.meeting.models import Entry
from groups.meeting.snapshots import snapshot
from groups.membership.actions import MembershipEnded, join
from groups.membership.models import Membership
from tests.hours import do, plan

CONTACT = "Write to me at tom@example.org"


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def hour(book, maya, tom, nia):
    """Maya chairs, Tom and Nia are inside, anybody may speak."""
    meeting = plan(begins_in=0)
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, guard="usual",
        agenda=(Segment("Talk", "open_talk", 50, 10, turn=1), Segment("Closing", "closing", 5, 1)), agreements=3, contact_agreement=3,
    ))
    people = [person.membership.handle for person in (maya, tom, nia)]
    do(book, meeting, *(c.Knock(by=who, name=name) for who, name in zip(people, ("Maya", "Tom", "Nia"), strict=True)))
    do(book, meeting, c.TakeDuty(by=people[0], duty="chair", entitled=True), c.AdmitAll(by=people[0]), c.OpenDoor(by=people[0]))
    return meeting


def rows(kind):
    with reading() as session:
        return session.query(kind).order_by(*kind.__table__.primary_key.columns).all()


def lines():
    return [(one.action, one.by, one.about, one.agreement) for one in rows(LogEntry)]


def test_every_step_is_a_row_and_a_line_that_names_the_agreement(book, hour, maya, tom):
    by, who = maya.membership.handle, tom.membership.handle
    for step in ("warn", "listen", "leave"):
        do(book, hour, s.TakeStep(by=by, who=who, step=step, agreement=2))
    assert [(str(one.step), one.by_id, one.agreement) for one in rows(Sanction)] == [
        (step, maya.membership.id, 2) for step in ("warn", "listen", "leave")
    ]
    assert lines() == [(f"step_{step}", by, who, 2) for step in ("warn", "listen", "leave")]
    with reading() as session:
        assert highest_lately(session, tom.membership.id) == "leave"
        assert session.get(Membership, tom.membership.id).is_current, "they leave for tonight, not for good"


def test_an_emergency_ends_the_membership_and_opens_an_incident(book, hour, maya, tom):
    told = []
    on(MembershipEnded, told.append)
    number = do(book, hour, c.Share(by=tom.membership.handle, client_id="tom-says-0", words="hello")).number
    before = clock.now()
    do(book, hour, s.RemoveNow(by=maya.membership.handle, number=number, why="solicitation", agreement=3))
    forget(MembershipEnded, told.append)
    [ban], [incident] = rows(Sanction), rows(Incident)
    assert (str(ban.step), ban.emergency) == ("ban", "solicitation")
    assert timedelta(days=6, hours=23) < ban.until - before <= timedelta(days=7, minutes=1)
    assert incident.sanction_id == ban.id and timedelta(hours=23) < incident.due_at - before < timedelta(hours=25)
    with reading() as session:
        left = session.get(Membership, tom.membership.id)
    assert left.left_at and left.barred_until == ban.until and [one.handle for one in told] == [left.handle]
    with pytest.raises(Refused, match="barred_until"):
        join(tom.account, left.group, "Tommy")
    with pytest.raises(NotFound):
        book.submit(Job(hour.id, c.Knock(by=left.handle, name="Tom"), left.id)).result(10)


def test_whoever_serves_and_is_no_moderator_bars_for_two_days(book, hour, tom, nia):
    do(book, hour, c.TakeDuty(by=nia.membership.handle, duty="second", entitled=True))
    do(book, hour, s.RemoveNow(by=nia.membership.handle, who=tom.membership.handle, why="threats", agreement=1))
    [ban] = rows(Sanction)
    assert ban.until - clock.now() < timedelta(days=2, minutes=1)


def test_a_moderator_is_put_out_for_tonight_and_two_others_look(book, hour, maya, nia, tom):
    """Nobody who serves ends the membership of somebody who looks after the group."""
    do(book, hour, c.TakeDuty(by=nia.membership.handle, duty="second", entitled=True))
    do(book, hour, c.Leave(by=maya.membership.handle))
    do(book, hour, s.RemoveNow(by=nia.membership.handle, who=maya.membership.handle, why="threats", agreement=1))
    assert [str(one.step) for one in rows(Sanction)] == ["leave"] and len(rows(Incident)) == 1
    with reading() as session:
        assert session.get(Membership, maya.membership.id).moderates


def test_a_held_share_is_a_signal_and_its_words_move_with_it(book, hour, maya, tom):
    number = do(book, hour, c.Share(by=tom.membership.handle, client_id="tom-says-1", words=CONTACT, look=True)).entries[0].number
    assert [(one.kind, one.membership_id) for one in rows(Signal)] == [("contact_held", tom.membership.id)]
    mine = snapshot(book, hour.id, tom.membership.handle)
    assert mine["held"] == {number: CONTACT} and CONTACT not in str(mine["floor"])
    assert snapshot(book, hour.id, maya.membership.handle)["desk"]["held"] == {number: CONTACT}
    do(book, hour, s.Release(by=maya.membership.handle, number=number))
    floor = snapshot(book, hour.id, tom.membership.handle)["floor"]["entries"]
    assert [one["words"] for one in floor if one["kind"] == "shared"] == [CONTACT]
    with reading() as session:
        held = session.query(Entry).filter_by(meeting_id=hour.id, stream="desk", number=number).one()
    assert held.sealed_words is None, "they are in the room, and no second time on the desk"
    assert lines() == [("share_released", maya.membership.handle, tom.membership.handle, None)]


def test_the_first_words_of_somebody_new_are_remembered_as_such(book, hour, maya, otto, harbour):
    member, _ = join(otto.account, harbour, "Otto")
    assert member.is_unheard
    do(book, hour, c.Knock(by=member.handle, name="Otto", newcomer=True), c.Admit(by=maya.membership.handle, who=member.handle))
    do(book, hour, c.Share(by=member.handle, client_id="otto-says-1", words="My first words."))
    with reading() as session:
        assert not session.get(Membership, member.id).is_unheard


def test_what_people_do_with_what_is_theirs_and_what_the_clock_does_is_no_line(book, hour, tom, maya):
    number = do(book, hour, c.Share(by=tom.membership.handle, client_id="tom-says-2", words="mine")).number
    do(book, hour, c.RemoveShare(by=tom.membership.handle, number=number), c.HoldLost(by=c.ROOM), c.HoldTaken(by=c.ROOM))
    assert lines() == []
    do(book, hour, c.Hush(by=maya.membership.handle))
    assert [action for action, *_ in lines()] == ["hushed"]


def test_a_share_taken_out_says_whose_it_was_and_never_what(book, hour, tom, maya):
    number = do(book, hour, c.Share(by=tom.membership.handle, client_id="tom-says-3", words="A planted sentence")).number
    do(book, hour, c.RemoveShare(by=maya.membership.handle, number=number, agreement=1))
    assert lines() == [("share_removed", maya.membership.handle, tom.membership.handle, 1)]
    assert "planted" not in str([vars(one) for one in rows(LogEntry)])


def test_held_words_are_there_however_much_happened_at_the_desk_before(book, hour, maya, tom):
    """The desk of a long hour has more entries than one answer holds."""
    notes = [Job(hour.id, c.WriteDesk(by=maya.membership.handle, client_id=f"desk-{n:05}", words="…")) for n in range(snapshots.MOST + 1)]
    for future in [book.submit(note) for note in notes]:
        future.result(30)
    held = do(book, hour, c.Share(by=tom.membership.handle, client_id="tom-says-9", words=CONTACT, look=True)).entries[0].number
    assert held > snapshots.MOST
    assert snapshot(book, hour.id, tom.membership.handle)["held"] == {held: CONTACT}
    assert snapshot(book, hour.id, maya.membership.handle)["desk"]["held"] == {held: CONTACT}


@pytest.mark.parametrize("months", [0, 6], ids=["somebody new", "somebody who has been here for long"])
def test_the_first_words_of_anybody_are_noted(book, hour, nia, months):
    with change() as (session, _):
        member = session.get(Membership, nia.membership.id)
        member.joined_at, member.first_shared_at = clock.now() - timedelta(days=30 * months), None
    do(book, hour, c.Share(by=nia.membership.handle, client_id="first-words", words="I am glad to be here."))
    with reading() as session:
        assert session.get(Membership, nia.membership.id).first_shared_at
