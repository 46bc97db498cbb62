"""A step taken in a room names an agreement; those that can be named are those the hour began with."""

from groups import clock
from groups.db import change
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.meeting.keeping import open_due_lobbies
from groups.membership.models import Agreement
from tests.doors.asking import of
from tests.hours import handle, plan

NEW = "We leave our phones in the hall."


def test_what_is_agreed_on_while_an_hour_runs_can_be_named_from_the_next_on(app, harbour, maya, tom):
    book = app.extensions["ledger"]
    hour = plan(begins_in=5)
    open_due_lobbies(book, clock.now())
    for command in (
        c.Knock(by=handle("Maya"), name="Maya"), c.Knock(by=handle("Tom"), name="Tom"),
        c.TakeDuty(by=handle("Maya"), duty="chair", entitled=True), c.Admit(by=handle("Maya"), who=handle("Tom")),
    ):
        book.submit(Job(hour.id, command)).result(10)
    page = of(harbour, f"/m/{hour.public_id}/room")
    known = maya.get(page).text.count(harbour.agreements[0].text)
    with change() as (session, _):
        session.add(Agreement(group_id=harbour.id, number=len(harbour.agreements) + 1, text=NEW))
    shown = maya.get(page).text
    assert NEW not in shown and shown.count(harbour.agreements[0].text) == known > 0
    assert NEW in maya.get(of(harbour)).text
