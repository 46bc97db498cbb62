"""The lobby opens a quarter of an hour before, also of a date that was moved or added, and never by what
the calendar said a moment ago."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from groups import clock
from groups.errors import Refused
from groups.meeting.actions import open_lobby
from groups.meeting.keeping import open_due_lobbies
from groups.schedule.changing import Wish, cancel_date, change_date
from groups.schedule.models import Phase
from tests.evenings import NOON, every_tuesday, meetings, one

pytestmark = pytest.mark.usefixtures("noon")
HALF_PAST = Wish(date(2026, 11, 24), time(12, 30), 90, "Evening harbour", "sharing-60", "chair,door,second")


@pytest.fixture
def ledger(app):
    """The writer of live meetings."""
    return app.extensions["ledger"]


def test_a_moved_and_an_added_date_have_their_lobby_a_quarter_of_an_hour_before(maya, quay, ledger, freeze):
    tonight = every_tuesday(maya, quay)
    extra = one(maya, quay, hours=2.5)
    change_date(maya.membership, tonight, HALF_PAST)
    for minutes, open_ones in ((14, set()), (16, {tonight.id}), (136, {tonight.id, extra.id})):
        freeze(NOON + timedelta(minutes=minutes))
        open_due_lobbies(ledger, clock.now())
        assert {row.id for row in meetings(phase=Phase.LOBBY)} == open_ones
    state = ledger.look(tonight.id).state
    assert (state.starts_at, state.ends_at) == (
        datetime(2026, 11, 24, 12, 30, tzinfo=UTC), datetime(2026, 11, 24, 14, tzinfo=UTC),
    )


def test_a_lobby_that_fell_due_before_the_hour_was_moved_or_cancelled_stays_shut(maya, quay, ledger):
    tonight = every_tuesday(maya, quay)
    as_it_was = meetings(id=tonight.id)[0]
    change_date(maya.membership, tonight, HALF_PAST)
    with pytest.raises(Refused, match="not_yet_open"):
        open_lobby(ledger, as_it_was)
    moved = meetings(id=tonight.id)[0]
    cancel_date(maya.membership, tonight)
    with pytest.raises(Refused, match="meeting_cancelled"):
        open_lobby(ledger, moved)
    assert meetings(id=tonight.id)[0].phase == Phase.CANCELLED


def test_once_its_lobby_is_open_a_date_is_the_rooms_and_not_the_calendars(maya, quay, ledger):
    tonight = every_tuesday(maya, quay)
    open_lobby(ledger, meetings(id=tonight.id)[0])
    with pytest.raises(Refused, match="hour_has_begun"):
        change_date(maya.membership, tonight, HALF_PAST)
