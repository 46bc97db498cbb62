"""Where serving and being served end: at the close, with a role, and in every hour of a group at once."""

from sqlalchemy import select

from groups.db import change, reading
from groups.meeting import commands as c
from groups.membership.models import Membership, Role, RoleOffer
from tests import hours
from tests.sockets import Line, until
from tests.steps import put_out


def test_who_is_put_out_of_one_hour_goes_from_another_of_the_group_that_is_on(house, clerk, talk, page):
    beside = clerk.plan("The Quay", begins_in=0)
    clerk.open_lobby(beside)
    clerk.write(beside, c.Knock(by=hours.handle("Tom"), name="Tom"))
    put_out(page("Maya"), hours.handle("Tom"))
    until(lambda: hours.now(clerk.ledger, beside).person(hours.handle("Tom")).standing == "left", what="him to be gone there, too")
    there = Line(house.visit("Tom"), beside.public_id)
    assert there.ask("knock")["reason"] == "left_for_tonight"


def test_a_page_that_was_open_before_a_role_was_taken_away_serves_no_more(house, talk, page):
    maya = page("Maya")
    with change() as (session, _):
        mine = session.scalar(select(Membership).where(Membership.handle == hours.handle("Maya")))
        mine.role = Role.MEMBER
    try:
        assert maya.ask("take_duty", duty="second")["reason"] == "not_signed_up"
    finally:
        with change() as (session, _):
            session.get(Membership, mine.id).role = Role.MODERATOR


def test_whose_role_two_others_take_serves_no_more_from_that_moment(house, talk, page):
    hours.join("Ines", "Kit")
    for name in ("Ines", "Kit"):
        with change() as (session, _):
            session.scalar(select(Membership).where(Membership.name == name)).role = Role.MODERATOR
    kit, ines, group = page("Kit"), house.visit("Ines"), f"/g/{talk.group.slug}"
    assert kit.ask("knock")["ok"] and kit.ask("take_duty", duty="second")["ok"]
    assert house.visit("Maya").post(f"{group}/roles/ask-back", handle=hours.handle("Kit")).status_code == 303
    with reading() as session:
        asked = session.scalar(select(RoleOffer.public_id).order_by(RoleOffer.id.desc()))
    assert ines.post(f"{group}/roles/{asked}/agree").status_code == 303
    until(lambda: kit.part["duty"] is None, what="the duty to end")
    assert kit.part["standing"] == "inside" and kit.ask("hush")["reason"] == "for_those_on_duty"
    assert kit.ask("catch_up", stream="desk")["ok"] is False


def test_whatever_was_said_and_sent_again_is_answered_as_the_first_time(talk, page):
    maya, tom = page("Maya"), page("Tom")
    for line, event, sent in (
        (maya, "write_desk", {"words": "Among us."}), (maya, "write_line", {"words": "All right?", "who": hours.handle("Tom")}),
        (tom, "write_line", {"words": "Yes."}), (tom, "share", {"words": "A long week."}),
    ):
        first, again = (line.ask(event, client_id=f"{event.replace('_', '-')}-{line.visit.name.lower()}", **sent) for _ in range(2))
        assert first == again and first.get("number"), (event, first, again)


def test_after_the_close_nobody_is_handed_what_was_said_aside(house, talk, page):
    maya, tom = page("Maya"), page("Tom")
    assert (answer := tom.ask("write_line", words="Is it all right?", client_id="tom-aside-1"))["ok"], answer
    assert maya.ask("catch_up", stream="line", who=hours.handle("Tom"))["entries"]
    assert maya.ask("close")["ok"]
    for stream, who in (("desk", {}), ("line", {"who": hours.handle("Tom")}), ("line", {})):
        assert maya.ask("catch_up", stream=stream, **who)["reason"] == "meeting_over"
        assert maya.visit.get(f"/g/{talk.group.slug}/m/{talk.public_id}/entries?stream={stream}&who={who.get('who', '')}").status_code != 200
    assert tom.ask("catch_up", stream="line")["reason"] == "meeting_over"


def test_whoever_is_in_their_first_week_is_not_asked_to_serve(house, talk, page):
    hours.join("Robin")
    maya, robin = page("Maya"), page("Robin")
    assert robin.ask("knock")["ok"] and maya.ask("admit", who=hours.handle("Robin"))["ok"]
    assert maya.ask("offer_duty", who=hours.handle("Robin"), duty="second")["reason"] == "too_new_to_serve"
    assert robin.ask("take_duty", duty="second")["reason"] == "not_signed_up"


def test_a_duty_is_taken_back_and_whoever_had_it_cannot_do_any_of_it_from_that_moment(house, talk, page):
    maya, tom = page("Maya"), page("Tom")
    assert maya.ask("offer_duty", who=hours.handle("Tom"), duty="door")["ok"]
    assert tom.ask("take_duty", duty="door")["ok"]
    assert tom.ask("take_duty_back", who=hours.handle("Maya"))["reason"] == "for_the_chair"
    until(lambda: tom.part["duty"] == "door", what="Tom to serve")
    assert maya.ask("take_duty_back", who=hours.handle("Tom"))["ok"]
    until(lambda: tom.part["duty"] is None and tom.part["relieved"], what="the duty to end")
    assert tom.ask("remove_now", who=hours.handle("Nia"), why="threats", agreement=1)["reason"] == "for_those_on_duty"
    assert tom.ask("catch_up", stream="desk")["ok"] is False


def test_a_moderator_acts_on_whoever_serves_and_a_member_on_duty_does_not_on_a_moderator(house, talk, page):
    maya, tom = page("Maya"), page("Tom")
    assert maya.ask("offer_duty", who=hours.handle("Tom"), duty="second")["ok"] and tom.ask("take_duty", duty="second")["ok"]
    warned = {"step": "warn", "agreement": 2}
    assert tom.ask("take_step", who=hours.handle("Maya"), **warned)["reason"] == "they_serve_too"
    assert maya.ask("take_step", who=hours.handle("Tom"), **warned)["ok"]
    until(lambda: tom.part["duty"] is None and tom.part["rung"] == "warn", what="the duty to end with it")
    assert tom.ask("take_duty", duty="second")["reason"] == "no_duty_on_a_step"
