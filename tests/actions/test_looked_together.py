"""What many who come in at one moment are shown is looked up once for all of them."""

import pytest

from groups.errors import Refused
from groups.meeting.log import Live
from realtime import audiences, broadcasts, meeting
from realtime.connection import Connection, Seat
from realtime.server import socketio


def test_one_meeting_that_is_no_more_costs_nobody_their_answer(app, hour, nia):
    ledger, me = app.extensions["ledger"], (nia.membership.id, 0)
    here, gone = (me, (ledger, hour.meeting.id, 0)), (me, (ledger, 10**6, 0))
    found = meeting._look([here, gone])
    assert found[here][1].live.meeting_id == hour.meeting.id
    standing, nothing = found[gone]
    assert nothing is None, "as for a meeting whose words are purged"
    assert standing is found[here][0]


def test_a_meeting_that_was_let_go_of_meanwhile_is_looked_up_anew(app, hour, nia):
    ledger, where = app.extensions["ledger"], (app.extensions["ledger"], hour.meeting.id, 0)
    meeting._look([((nia.membership.id, 0), where)])

    class LetsGo:
        """A ledger that lets go of the meeting right after it was asked what it holds."""

        def not_held(self, ids):
            found = ledger.not_held(ids)
            ledger.forget(hour.meeting.id)
            return found

        def held(self):
            return ledger.held()

    book = LetsGo()
    meeting._shown[book, hour.meeting.id, 0] = meeting._shown[where]
    assert meeting._still_so({(book, hour.meeting.id, 0)}) == {}
    meeting.look()


@pytest.mark.parametrize("others", [False, True], ids=["nobody else here", "others here"])
def test_a_page_that_was_put_out_while_it_was_shown_the_hour_hears_nothing_of_it(app, hour, nia, others):
    """Whoever erases themselves or signs out in one tab, while the question of another is being answered."""
    socketio.init_app(app, async_mode="threading")
    if others:
        socketio.server.manager.connect("somebody's line", "/")
    live = Live(hour.meeting.id, hour.meeting.public_id)
    with pytest.raises(Refused, match="sign_in_first"):
        broadcasts.listen(Connection("gone", nia.membership.account_id, 0), Seat(hour.meeting.id, nia.membership), live)
    assert broadcasts.sent_so_far(hour.meeting.id) is None
    assert audiences.person(hour.meeting.id, nia.membership.handle) not in socketio.server.manager.rooms.get("/", {})
