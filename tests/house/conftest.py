"""Something real to find behind every door."""

from datetime import timedelta

import pytest

from groups import clock
from groups.conscience.votes import open_vote
from groups.formats.actions import copy_format
from groups.formats.library import add_reading
from groups.formats.readings import Reading
from groups.moderation.reporting import report_hour
from groups.schedule.actions import add_one_meeting
from groups.schedule.room_days import add_room_day
from groups.schedule.series_routes import series_at


@pytest.fixture
def behind(app, harbour, willow, quay, grove, maya, tom, rosa, vera):
    """What a URL's arguments stand for, in Harbour and in Willow: {"harbour": {...}, "willow": {...}}."""

    def of(group, room, moderator, member):
        starts = clock.now() + timedelta(minutes=10)
        meeting = add_one_meeting(
            moderator.membership, room, title="An hour", starts_at=starts, zone=group.zone, minutes=60, format="sharing-60"
        )
        words = Reading(title="A text", text="Some words.", source="Our group")
        return {
            "day": add_room_day(moderator.membership, room, starts.date() + timedelta(days=30)).id, "device": "d" * 16,
            "series": series_at(meeting).public_id, "slug": group.slug, "room": room.slug, "meeting": meeting.public_id,
            "vote": open_vote(moderator.membership, "How?", "So\nOtherwise", starts.date() + timedelta(days=7)).public_id,
            "verb": "knock", "n": 1, "kind": "discreet", "token": "t" * 43,
            "handle": member.membership.handle, "note": "nosuchnote",
            "report": report_hour(app.extensions["keyring"], member.membership, "worried").public_id,
            "key": copy_format(moderator.membership, "sharing-60").key, "reading": add_reading(moderator.membership, words).key,
        }

    return {"harbour": of(harbour, quay, maya, tom), "willow": of(willow, grove, rosa, vera)}
