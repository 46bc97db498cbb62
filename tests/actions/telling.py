"""What tests of telling and deciding share: an hour in which Tom said something, and looking at what is stored."""

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.logbook.models import LogEntry
from groups.reports.deciding import ReportDecided
from groups.reports.reporting import ReportMade, report_share
from tests.news import heard
from tests.spoken import Spoken


@pytest.fixture
def hour(app, quay, maya, tom, nia):
    """Maya chairs, Tom and Nia are inside; seven shares, of which the fourth is Tom's."""
    hour = Spoken(app, quay, (maya, tom, nia))
    hour.numbers = [hour.says(name, f"share {n} of {name}") for n, name in enumerate(("Nia", "Maya", "Nia", "Tom", "Maya", "Nia", "Tom"), 1)]
    return hour


@pytest.fixture
def keyring(app):
    return app.extensions["keyring"]


@pytest.fixture
def told():
    """News of reports, as the live desk would hear it."""
    with heard(ReportMade, ReportDecided) as news:
        yield news


def rows(kind):
    with reading() as session:
        return session.scalars(select(kind).order_by(kind.id)).all()


def lines():
    return [(line.action, line.by, line.about, line.report, line.detail) for line in rows(LogEntry)]


def tell(hour, by, place=4, reason="contact", words="Please look.", **more):
    return report_share(hour.ledger, hour.keyring, by.membership, hour.meeting, hour.numbers[place - 1], reason, words, **more)


def moderate(person):
    with change() as (session, _):
        session.get(type(person.membership), person.membership.id).role = "moderator"
    person.membership.role = "moderator"
