"""An evening with the official JavaScript client: come in, raise a hand, share, lose the line, come
back with nothing lost and nothing twice."""

from tests import hours
from tests.node_client import Node
from tests.sockets import Line, until

SHARES = 3  # the segment
pytestmark = hours.FAST_AND_PLAIN


def test_an_evening_with_the_official_client(house, clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", SHARES)
    maya, nia = Line(house.visit("Maya"), meeting.public_id), Line(house.visit("Nia"), meeting.public_id)
    maya.enter(), nia.enter()
    with Node("member.mjs", url=house.url, cookie=house.visit("Tom").cookie, meeting=meeting.public_id) as tom:
        assert tom.ask("wait_line") is True
        assert tom.ask("knock") == {"ok": True}
        assert maya.ask("admit", who=hours.handle("Tom"))["ok"]
        assert tom.ask("wait_inside") == "inside"
        assert tom.ask("hand") == {"ok": True}
        assert maya.ask("give_floor", who=hours.handle("Tom"))["ok"]
        assert tom.ask("wait_doing", "turn") is True
        number = tom.ask("share", "Good evening, I am Tom.")["number"]
        until(lambda: nia.shares() == ["Good evening, I am Tom."])

        assert tom.ask("cut") is True
        assert nia.ask("raise_hand")["ok"] and maya.ask("give_floor")["ok"]
        assert nia.share("While he was away.", "nia-away-1")["ok"]
        assert tom.ask("wait_back") is True
        assert tom.ask("share", "Good evening, I am Tom.")["number"] == number, "the same share again is the same share"
        evening = tom.ask("transcript")
    nia.catch_up()
    assert evening["transcript"] == nia.transcript and nia.shares() == ["Good evening, I am Tom.", "While he was away."]
    assert evening["mine"] == [number]
