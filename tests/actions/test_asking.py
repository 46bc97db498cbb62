"""The one line a member is asked, the marks on their hours, and the number those on duty see."""

from datetime import timedelta

import pytest

from groups import clock
from groups.db import reading
from groups.membership.finding import memberships_of
from groups.membership.models import Membership
from groups.rota.actions import ask_for_cover, serve
from groups.rota.asking import one_ask
from groups.rota.coming import confirm_place, plan_to_come
from groups.rota.marks import served, words_for
from groups.rota.pages import my_shifts, rota_page
from groups.rota.planned import plan_of
from groups.rota.service import service
from groups.zones import zone
from tests.evenings import NOON, circle, one, set_to
from tests.hours import join

pytestmark = pytest.mark.usefixtures("noon_among_members")
LONDON = zone("Europe/London")


def asked(person, not_this_time=()):
    with reading() as session:
        return one_ask(session, memberships_of(person.account.id), LONDON, clock.now(), not_this_time)


def test_the_software_asks_for_cover_within_two_days_one_thing_at_a_time(maya, tom, quay):
    later = one(maya, quay, hours=49)
    assert asked(tom) is None
    tonight, tomorrow = one(maya, quay, hours=7), one(maya, quay, hours=31)
    found = asked(tom)
    assert (found.kind, found.meeting.id, found.slot.kind, found.day) == ("cover", tonight.id, "chair", "today")
    serve(tom.membership, tonight, "second")
    found = asked(tom)
    assert (found.meeting.id, found.day) == (tomorrow.id, "tomorrow"), "who serves tonight is not asked about tonight"
    assert asked(tom, [tomorrow.public_id]) is None
    assert later.id


def test_it_asks_only_those_who_may_and_for_what_is_not_found(maya, tom, nia, quay):
    hour = one(maya, quay)
    set_to(hour, needs="chair")
    set_to(nia.membership, joined_at=NOON)
    assert asked(nia) is None and asked(tom).slot.kind == "chair"
    serve(maya.membership, hour, "chair")
    assert asked(tom) is None
    ask_for_cover(maya.membership, hour)
    assert asked(tom).slot.name == "Maya"
    set_to(hour, phase="cancelled")
    assert asked(tom) is None


def test_in_the_last_half_hour_it_is_said_to_moderators_and_to_those_who_could(maya, tom, nia, quay, freeze):
    hour = one(maya, quay)
    set_to(nia.membership, joined_at=NOON)
    serve(tom.membership, hour, "chair")
    freeze(hour.starts_at - timedelta(minutes=29))
    found = asked(maya, [hour.public_id])
    assert (found.kind, found.missing) == ("gap", "somebody at the door and somebody to stand beside")
    assert timedelta(minutes=28) < found.wait <= timedelta(minutes=29)
    assert asked(tom) is None and asked(nia) is None


def test_a_place_is_confirmed_before_anything_is_asked(maya, tom, quay, freeze):
    small = circle(maya, quay, hours=40)
    plan_to_come(tom.membership, small)
    assert asked(tom).kind == "cover"
    freeze(small.starts_at - timedelta(hours=23))
    found = asked(tom)
    assert (found.kind, found.meeting.id) == ("confirm", small.id)
    confirm_place(tom.membership, small)
    assert asked(tom).kind == "cover"
    set_to(small, places=None)
    assert asked(tom).kind == "cover", "where no places are kept there is nothing to confirm"


def test_nobody_is_asked_about_another_group(vera, otto, maya, quay):
    one(maya, quay)
    assert asked(vera) is None and asked(otto) is None


def test_marks_say_what_an_hour_is_to_one_account(maya, tom, nia, quay):
    hours = [one(maya, quay, hours=7 + 24 * n) for n in range(4)]
    small = [circle(maya, quay, hours=9 + 24 * n, places=1) for n in range(2)]
    serve(tom.membership, hours[0], "chair")
    plan_to_come(tom.membership, hours[1])
    plan_to_come(tom.membership, small[0])
    plan_to_come(nia.membership, small[1])
    plan_to_come(tom.membership, small[1])
    plan_to_come(nia.membership, hours[2])
    ids = [hour.id for hour in (*hours, *small)]
    with reading() as session:
        assert words_for(session, tom.account.id, ids) == {
            hours[0].id: "you serve", hours[1].id: "you plan to come", small[0].id: "you have a place", small[1].id: "you are waiting",
        }
        assert words_for(session, tom.account.id, ids[1:2]) == {hours[1].id: "you plan to come"}
        assert words_for(session, maya.account.id, ids) == {} == words_for(session, tom.account.id, [])
        assert session.scalars(served(tom.account.id)).all() == [hours[0].id]


def plan(person, meeting):
    with reading() as session:
        return plan_of(session, session.get(Membership, person.membership.id), session.get(type(meeting), meeting.id), clock.now())


def test_the_number_is_for_those_on_duty_there(maya, tom, nia, quay):
    hour, other = one(maya, quay), one(maya, quay, hours=31)
    assert plan(maya, hour).count == "Nobody plans to come so far."
    plan_to_come(nia.membership, hour)
    serve(tom.membership, other, "chair")
    assert plan(maya, hour).count == "One person plans to come so far." and plan(tom, hour).count == plan(nia, hour).count == ""
    serve(tom.membership, hour, "door")
    assert plan(tom, hour).count == "One person plans to come so far."
    small = circle(maya, quay, places=2)
    for member in (nia.membership, *join("Sam", "Ida", "Ben")):
        plan_to_come(member, small)
    assert plan(maya, small).count == "2 of 2 places are taken, and 2 wait for one."


def test_a_place_in_line_is_said_in_words(maya, tom, nia, quay):
    small = circle(maya, quay, places=2)
    for member in (nia.membership, *join("Sam", "Ida")):
        plan_to_come(member, small)
    plan_to_come(tom.membership, small)
    found = plan(tom, small)
    assert (found.state, found.place_words, found.is_full) == ("waiting", "second", True)
    assert plan(nia, small).state == "place" and not plan(nia, small).asks


def test_the_rota_says_what_is_missing_first_and_only_of_this_group(maya, tom, quay, rosa, grove):
    tonight, tomorrow = one(maya, quay), one(maya, quay, hours=31)
    far = one(maya, quay, hours=24 * 15)
    one(rosa, grove, hours=8)
    serve(tom.membership, tonight, "door")
    with reading() as session:
        page = rota_page(session, tom.membership, LONDON, NOON)
        after = rota_page(session, tom.membership, LONDON, NOON, 2)
    assert [date.meeting.id for date in page.dates] == [tonight.id, tomorrow.id]
    assert [date.missing for date in page.gaps] == [
        "somebody to lead and somebody to stand beside", "somebody to lead, somebody at the door and somebody to stand beside",
    ]
    assert [date.meeting.id for date in after.dates] == [far.id] and (after.before, page.before, page.after) == (1, None, 2)


def test_who_may_take_nothing_is_told_why_once(maya, nia, quay):
    one(maya, quay)
    set_to(nia.membership, joined_at=NOON)
    with reading() as session:
        page = rota_page(session, session.get(Membership, nia.membership.id), LONDON, NOON)
    assert page.why_not.startswith("People serve here once they have been in the group for 7 days.")
    assert not any(slot.may_take for date in page.dates for slot in date.slots)


def test_the_hours_page_says_aloud_what_is_missing_half_an_hour_before(maya, tom, quay, freeze):
    hour = one(maya, quay)
    with reading() as session:
        assert service(session, tom.membership, hour, LONDON, clock.now()).gap == ""
    freeze(hour.starts_at - timedelta(minutes=20))
    with reading() as session:
        assert "somebody to lead" in service(session, tom.membership, hour, LONDON, clock.now()).gap
        freeze(hour.starts_at + timedelta(minutes=1))
        assert service(session, tom.membership, hour, LONDON, clock.now()).gap == ""


def test_my_shifts_are_mine_in_all_of_my_groups(maya, tom, vera, quay, rosa, grove):
    ours, theirs = one(maya, quay), one(rosa, grove, hours=5)
    set_to(vera.membership, account_id=tom.account.id)  # Tom is Vera in Willow; nobody there knows
    serve(tom.membership, ours, "chair")
    serve(vera.membership, theirs, "door")
    with reading() as session:
        assert [(one.title, one.meeting.id) for one in my_shifts(session, tom.account.id, LONDON, NOON)] == [
            ("Door", theirs.id), ("Chair", ours.id),
        ]
        assert my_shifts(session, maya.account.id, LONDON, NOON) == []
