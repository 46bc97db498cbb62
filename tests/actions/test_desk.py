"""The desk over real rows: what stands on it, for whom, and what takes it off again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.conduct.models import Incident, Step
from groups.conduct.record import write_signal, write_step
from groups.db import change, reading
from groups.desk.page import desk_page, looks_after_any, most_pressing
from groups.errors import NotFound
from groups.logbook.writing import write_log
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.membership.actions import found_group, leave
from groups.membership.models import JoinRequest, Membership, Role, RoleOffer
from groups.moderation.models import Appeal, StewardMatter
from groups.moderation.note_models import PatternLook
from groups.reports.models import Report
from groups.rooms.closing import lock_room
from groups.rota.actions import serve
from groups.rota.models import Debrief
from groups.sentences.desk import DESK
from groups.zones import zone
from tests.evenings import one, set_to
from tests.hours import join, plan
from tests.laddered import belongs, made_steward, removed_at_once, reports

pytestmark = pytest.mark.usefixtures("noon_among_members")


def desk(app, person):
    return desk_page(app.extensions["ledger"], person.account.id, zone)


def said(app, person, *kinds):
    """The sentences on somebody's desk, of these kinds or of all."""
    lines = desk(app, person).lines
    return [DESK[one.facts["sentence"]].format(**one.facts) for one in lines if not kinds or one.kind in kinds]


def put(*things):
    with change() as (session, _):
        session.add_all(things)
    return things


def ago(**span):
    return clock.now() - timedelta(**span)


def ahead(**span):
    return clock.now() + timedelta(**span)


def test_there_is_a_desk_for_who_looks_after_a_group_and_for_nobody_else(app, maya, tom, otto):
    assert desk(app, maya).lines == [] and looks_after_any(maya.account.id)
    for person in (tom, otto):
        assert not looks_after_any(person.account.id)
        with pytest.raises(NotFound):
            desk(app, person)
        assert most_pressing(app.extensions["ledger"], person.account.id, zone) is None
    assert not looks_after_any(None)


def test_a_group_that_is_closed_or_was_left_is_on_no_desk(app, maya, tom, harbour):
    set_to(tom.membership, role=Role.MODERATOR)
    leave(maya.membership)
    with pytest.raises(NotFound):
        desk(app, maya)
    set_to(harbour, closed_at=clock.now())
    with pytest.raises(NotFound):
        desk(app, tom)


def test_gaps_of_today_and_tonight_until_somebody_serves(app, maya, tom, quay):
    hour = one(maya, quay, "Evening hour")
    one(maya, quay, "Thursday hour", hours=55)
    assert said(app, maya) == ["Evening hour begins in 7 hours and still needs somebody to lead, somebody at the door and somebody to stand beside"]
    assert desk(app, maya).lines[0].to == f"/g/{hour.group.slug}/m/{hour.public_id}"
    for person, kind in zip((maya.membership, tom.membership, *join("Ida")), ("chair", "door", "second"), strict=True):
        set_to(person, joined_at=ago(days=90))
        serve(person, hour, kind)
    page = desk(app, maya)
    assert page.lines == [] and [(one.title, one.day, one.chair) for one in page.ahead] == [("Evening hour", "Today", "Maya")]


def test_reports_requests_bans_and_appeals_say_how_many_and_since_when(app, maya, tom, nia, otto, harbour):
    group = {"group_id": harbour.id}
    put(
        Report(**group, what="share", reason="contact", made_at=ago(minutes=12), until=ahead(days=14)),
        Report(**group, what="hour", reason="other", made_at=ago(minutes=40), until=ahead(days=14)),
        Report(**group, what="hour", reason="other", made_at=ago(minutes=50), until=ahead(days=14), decided_at=ago(minutes=1)),
        Report(**group, what="person", reason="other", made_at=ago(days=3), until=ahead(days=14), about_id=maya.membership.id),
        JoinRequest(**group, account_id=otto.account.id, name="Kim", sealed_answers=b"", made_at=ago(hours=5), until=ahead(days=9)),
    )
    with change() as (session, _):
        target = session.get(Membership, tom.membership.id)
        helper = session.get(Membership, nia.membership.id)
        ban = write_step(session, target, Step.BAN, 1, by=helper, until=ahead(days=7), asked_until=ahead(days=30))
        warned = write_step(session, target, Step.WARN, 1, by=session.get(Membership, maya.membership.id))
        session.add_all([Appeal(**group, sanction_id=ban.id, made_at=ago(days=2)), Appeal(**group, sanction_id=warned.id)])
    assert said(app, maya) == [
        "2 reports wait, the first 40 minutes", "A step about Tom waits for a second person, since a moment ago",
        "Somebody asks to belong, 5 hours", "Somebody asks to have a step looked at again, 2 days",
    ], "nobody looks at what they did themselves, or at what is said about them"
    set_to(ban, confirmed_by_id=maya.membership.id)
    assert said(app, maya, "step") == []


def test_an_emergency_is_for_somebody_else_and_presses_when_its_time_runs_out(app, maya, tom, nia):
    set_to(nia.membership, role=Role.MODERATOR)
    with change() as (session, _):
        helper = session.get(Membership, nia.membership.id)
        write_step(session, session.get(Membership, tom.membership.id), Step.LEAVE, 3, by=helper, emergency="threats")
    ledger = app.extensions["ledger"]
    assert said(app, maya) == ["An emergency step waits for you to look at it, 23 hours to go"] and said(app, nia) == []
    assert most_pressing(ledger, maya.account.id, zone) is None
    with reading() as session:
        incident = session.scalar(select(Incident))
    set_to(incident, due_at=ahead(minutes=50, seconds=30))
    assert most_pressing(ledger, maya.account.id, zone).facts["left"] == "50 minutes to go"
    set_to(incident, reviewed_at=clock.now())
    assert said(app, maya) == []


def test_a_role_waits_for_a_second_person(app, maya, tom, nia):
    set_to(nia.membership, role=Role.MODERATOR)
    offer = {"group_id": maya.membership.group_id, "by_id": nia.membership.id, "until": ahead(days=7)}
    put(RoleOffer(**offer, membership_id=tom.membership.id))
    assert said(app, maya) == ["Tom is to help look after the group, if a second person agrees"] and said(app, nia) == []
    (ida,) = join("Ida")
    set_to(ida, role=Role.MODERATOR)
    put(RoleOffer(**offer, membership_id=ida.id, role=Role.MEMBER))
    assert said(app, maya)[1:] == ["Ida is to look after the group no longer, if a second person agrees"]
    set_to(nia.membership, role=Role.MEMBER)
    assert said(app, maya) == [], "what somebody asked who looks after the group no longer"


def test_closing_waits_for_a_second_person_or_for_a_week(app, maya, tom, harbour):
    set_to(tom.membership, role=Role.MODERATOR)
    set_to(harbour, closing_asked_at=ago(hours=3), closing_asked_by_id=maya.membership.id)
    assert said(app, tom) == ["The group is to be closed, if a second person agrees, 3 hours"] and said(app, maya) == []
    set_to(tom.membership, role=Role.MEMBER)
    assert said(app, maya) == []
    set_to(harbour, closing_asked_at=ago(days=8))
    assert said(app, maya) == ["The week is over: the group can be closed, as you asked"]


def test_what_a_reporter_told_of_is_on_the_desk_of_somebody_else(app, maya, tom, nia, harbour):
    put(Report(group_id=harbour.id, what="hour", reason="other", until=ahead(days=14), by_id=maya.membership.id))
    assert said(app, maya) == ["A report waits, since a moment ago"], "there is nobody else"
    set_to(nia.membership, role=Role.MODERATOR)
    assert said(app, maya) == [] and said(app, nia) == ["A report waits, since a moment ago"]


def test_a_steward_has_a_desk_with_what_waits_for_them_and_no_name_on_it(app, maya, tom, nia, otto, vera, willow):
    made_steward(otto)
    assert looks_after_any(otto.account.id) and desk(app, otto).lines == []
    put(StewardMatter(group_id=tom.membership.group_id, membership_id=tom.membership.id, why="threats", by_id=maya.membership.id))
    (line,) = desk(app, otto).lines
    assert said(app, otto) == ["Something waits for a steward"] and line.to.startswith("/stewards/") and line.group == ""
    twice = belongs(nia, willow, "Nora")
    reports(nia.membership, tom.membership)
    reports(twice, vera.membership)
    assert said(app, otto) == ["2 things wait for a steward"] and desk(app, otto).lines[0].to == "/stewards"
    assert not [one for one in desk(app, maya).lines if one.kind == "steward"], "groups see nothing of it"
    removed_at_once(tom, by=maya)
    assert said(app, otto) == ["3 things wait for a steward"], "nobody else in the group can look at it"
    assert most_pressing(app.extensions["ledger"], otto.account.id, zone) is None


def test_what_was_done_lately_is_said_as_the_log_says_it(app, maya, tom, nia, quay, harbour):
    lock_room(maya.membership, quay, "A while")
    removed_at_once(tom, by=maya)
    with change() as (session, _):
        write_log(session, harbour.id, "note_written", by=nia.membership.handle, about=maya.membership.handle)
        write_log(session, harbour.id, "access_changed", by=maya.membership.handle, detail="open")
    assert [one.text for one in desk(app, maya).lately] == [
        "Maya changed who may come. It is now: open.", "Nia wrote a note about somebody.", "Maya banned Tom.",
        "Maya locked a room.",
    ]


def test_a_pattern_waits_until_one_has_looked_or_two_others_have(app, maya, tom, nia):
    set_to(nia.membership, role=Role.MODERATOR)
    with change() as (session, _):
        for _ in range(3):
            write_signal(session, session.get(Membership, tom.membership.id), "contact_held")
    assert said(app, maya) == ["There is a pattern to look at"]
    put(PatternLook(membership_id=tom.membership.id, by_id=nia.membership.id, at=ahead(minutes=1)))
    assert said(app, maya) == ["There is a pattern to look at"]
    put(PatternLook(membership_id=tom.membership.id, by_id=maya.membership.id, at=ahead(minutes=1)))
    assert said(app, maya) == []


def test_who_served_and_would_talk(app, maya, tom):
    hour = plan(begins_in=-60 * 20)
    put(Debrief(meeting_id=hour.id, membership_id=tom.membership.id, how="heavy", wants_talk=True, at=ago(hours=19)))
    assert said(app, maya, "talk") == ["Tom served yesterday and would like to talk it over"]
    with change() as (session, _):
        session.get(Debrief, (hour.id, tom.membership.id)).met_by_id = maya.membership.id
    assert said(app, maya, "talk", "talking") == ["You talk an hour over with Tom"]


def test_a_live_room_stands_there_with_whom_it_waits_for(app, maya, tom):
    ledger, meeting = app.extensions["ledger"], plan(begins_in=5)
    command = c.OpenLobby(by=c.ROOM, title="", starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=(), capacity=10)
    ledger.submit(Job(meeting.id, command)).result(10)
    assert said(app, maya, "live") == ["The Quay is in its lobby until 12:05, nobody has come to lead yet"]
    assert most_pressing(ledger, maya.account.id, zone) is None
    ledger.submit(Job(meeting.id, c.Knock(by=tom.membership.handle, name="Tom"))).result(10)
    assert said(app, maya)[0] == "Tom waits at the door of The Quay, since a moment ago"
    assert most_pressing(ledger, maya.account.id, zone).kind == "door"


def test_several_groups_stand_on_one_desk_and_the_last_actions_below(app, maya, quay):
    second, _ = found_group(maya.account, name="Heron", purpose="x", for_whom="anybody", access="open", zone="Europe/London", my_name="May")
    put(Report(group_id=second.group_id, what="hour", reason="other", until=ahead(days=14)))
    put(Report(group_id=maya.membership.group_id, what="hour", reason="other", until=ahead(days=14), made_at=ago(hours=1)))
    page = desk(app, maya)
    assert page.several and [one.group for one in page.lines] == ["Harbour", "Heron"], "the older one first"
    reports_at = [one.to.rpartition("/")[0] for one in page.lines]
    assert reports_at == [f"/g/{quay.group.slug}/reports", f"/g/{second.group.slug}/reports"], "one is led to itself"
