"""Something real to find behind every door."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import create
from groups import clock, db
from groups.conduct.models import Incident, Step
from groups.conduct.record import write_step
from groups.conscience.votes import open_vote
from groups.db import change
from groups.formats.actions import copy_format
from groups.formats.library import add_reading
from groups.formats.readings import Reading
from groups.membership.models import JoinRequest
from groups.membership.roles import offer_role
from groups.moderation.appeal_actions import appeal
from groups.moderation.step_actions import warn
from groups.moderation.steward_actions import refer
from groups.reports.reporting import report_hour
from groups.schedule.actions import add_one_meeting
from groups.schedule.room_days import add_room_day
from groups.schedule.series_routes import series_at
from groups.sealing import group_key
from tests import walking
from tests.conftest import settings_for
from tests.sockets import figures  # noqa: F401


@pytest.fixture
def behind(app, harbour, willow, quay, grove, maya, rosa, nia, vera, otto):
    """What a URL's arguments stand for, in Harbour and in Willow: {"harbour": {...}, "willow": {...}}."""

    def of(group, room, moderator, member):
        starts = clock.now() + timedelta(minutes=10)
        meeting = add_one_meeting(
            moderator.membership, room, title="An hour", starts_at=starts, zone=group.zone, minutes=60, format="sharing-60"
        )
        words = Reading(title="A text", text="Some words.", source="Our group")
        warning = warn(moderator.membership, member.membership, 1)
        asked = appeal(member.membership, warning.public_id, "Please look again.", app.extensions["keyring"])
        with change() as (session, _):
            sanction = write_step(session, member.membership, Step.LEAVE, 1, by=moderator.membership, emergency="threats")
            incident = session.scalar(select(Incident).where(Incident.sanction_id == sanction.id)).public_id
        matter = refer(moderator.membership, member.membership, "threats")
        return {
            "handle": member.membership.handle, "step": warning.public_id, "appeal": asked.public_id, "incident": incident,
            "matter": matter.public_id,
            "day": add_room_day(moderator.membership, room, starts.date() + timedelta(days=30)).id, "device": "d" * 16,
            "series": series_at(meeting).public_id, "slug": group.slug, "room": room.slug, "meeting": meeting.public_id,
            "vote": open_vote(moderator.membership, "How?", "So\nOtherwise", starts.date() + timedelta(days=7)).public_id,
            "asked": _asked(group, otto, app.extensions["keyring"]), "offer": offer_role(moderator.membership, member.membership.handle).public_id,
            "verb": "knock", "n": 1, "code": "GB", "number": 1, "kind": "discreet", "token": "t" * 43,
            "note": "nosuchnote", "browser": "nosuchbrowser", "passkey": "nosuchpasskey", "entry": "nosuchentry",
            "report": report_hour(app.extensions["keyring"], member.membership, "worried").public_id,
            "key": copy_format(moderator.membership, "sharing-60").key, "reading": add_reading(moderator.membership, words).key,
        }

    return {"harbour": of(harbour, quay, maya, nia), "willow": of(willow, grove, rosa, vera)}


def _asked(group, person, keyring):
    keyring.create(group_key(group.slug))
    with change() as (session, _):
        asked = JoinRequest(
            public_id=f"asked{group.id}", group_id=group.id, account_id=person.account.id, name="Otto",
            sealed_answers=keyring.seal(group_key(group.slug), b"[]", f"asked{group.id}".encode()), until=clock.now() + timedelta(days=1),
        )
        session.add(asked)
    return asked.public_id


@pytest.fixture(scope="session")
def walked():
    """The pages of the house as they were drawn for whoever walked through it; none, until somebody did."""
    return []


@pytest.fixture
def walk(app, behind, visitor, tom, maya, rosa, walked):
    """Every page of this test's house, drawn now (`tests/walking.py`)."""
    walked[:] = walking.pages(app, behind, {"": visitor, "Tom": tom, "Maya": maya, "Rosa": rosa})
    return walked


@pytest.fixture
def drawn(request, walked):
    """Every page of a house, for tests that read what was sent and ask for nothing: it may be another test's house."""
    return walked or request.getfixturevalue("walk")


@pytest.fixture
def whole_house(moved_in, tmp_path):
    """Pages and sockets, as the front door puts them together."""
    db.connect(settings_for(tmp_path).database_url)
    app = create(settings_for(tmp_path))
    engine = db.engine()
    yield app
    app.extensions["ledger"].stop()
    engine.dispose()
