"""What those on duty hear of a report, over the wire: moderators until it is decided, and nobody else, least of all whom
it is about."""

from sqlalchemy import select

from groups.db import reading
from groups.reports.models import Report
from tests import hours
from tests.sockets import until


def reports(line, number):
    """This person reports that share."""
    answer = line.ask("report", number=number, reason="unkind")
    assert answer["ok"], answer
    with reading() as session:
        return session.scalar(select(Report.public_id).order_by(Report.id.desc()))


def test_a_moderator_on_duty_hears_of_it_until_it_is_decided_and_whom_it_is_about_never(house, talk, page):
    maya, tom, nia = page("Maya"), page("Tom"), page("Nia")
    assert maya.ask("offer_duty", who=hours.handle("Tom"), duty="door")["ok"] and tom.ask("take_duty", duty="door")["ok"]
    tom.enter()
    until(lambda: tom.part["duty"] == "door" and tom.desk, what="Tom to serve")
    number = tom.share("You always do this.", "tom-says-it")["number"]
    until(lambda: number in [entry["number"] for entry in nia.transcript], what="the share")
    before = len(tom.heard)
    report = reports(nia, number)
    until(lambda: maya.part.get("reports") == 1, what="Maya to hear of it")
    assert maya.ask("hush")["ok"] and maya.ask("go_on")["ok"]  # and whatever was told before is there by now
    until(lambda: tom.view["paused"] is None and [event for event, _ in tom.heard[before:] if event == "desk"], what="the hush")
    heard = repr(tom.heard[before:]) + repr(tom.enter()) + repr(tom.ask("catch_up", stream="desk", after=0))
    assert "report" not in heard
    assert "report" not in repr(maya.desk), "what goes to everybody on duty says nothing of it"
    path = f"/g/{talk.group.slug}/reports/{report}/decision"
    assert house.visit("Maya").post(path, outcome="nothing_needed").status_code == 303
    until(lambda: "reports" not in maya.part, what="it to leave the desk")
    assert "reports" not in maya.enter()["part"]


def test_a_report_about_a_moderator_is_not_on_their_own_desk(house, talk, page):
    maya, nia = page("Maya"), page("Nia")
    hours.join("Ines") if not hours.handle("Ines") else None
    with hours.change() as (session, _):
        session.scalar(select(hours.Membership).where(hours.Membership.name == "Ines")).role = hours.Role.MODERATOR
    ines = page("Ines")
    assert ines.ask("knock")["ok"] and ines.ask("take_duty", duty="second")["ok"]
    number = maya.share("A long week.", "maya-says-it")["number"]
    until(lambda: number in [entry["number"] for entry in nia.transcript], what="the share")
    reports(nia, number)
    until(lambda: ines.part.get("reports") == 1, what="Ines to hear of it")
    assert "reports" not in maya.part and "reports" not in maya.enter()["part"]
