"""Somebody who was removed makes a new account and comes back: whatever they say, nobody inside sees a
word of it before somebody on duty has looked. The lobby is the server's own, so the room's settings hold."""

from groups.accounts.sessions import COOKIE
from tests import hours
from tests.sockets import Line, until

WORDS = "It is me again."
TALK = 3  # parts of that hour before its talk


def test_a_removed_member_under_a_new_account_is_heard_by_nobody_before_somebody_looked(house):
    meeting = hours.plan(begins_in=1, form="check-in-45")
    until(lambda: hours.phase(meeting) == "lobby", within=60, what="the server to open the lobby")
    hours.join("Finn")
    maya, tom, finn = (Line(house.visit(name), meeting.public_id) for name in ("Maya", "Tom", "Finn"))
    for line in (maya, tom, finn):
        assert line.ask("knock")["ok"]
    assert maya.ask("take_duty", duty="chair")["ok"] and maya.ask("admit_all")["ok"]
    maya.enter(), tom.enter()
    gone = maya.ask("remove_now", who=hours.handle("Finn"), why="solicitation", agreement=3)
    assert gone["ok"], gone
    until(lambda: not finn.connected, what="the first page to be closed")

    stranger = house.visit()
    join = f"/g/{meeting.group.slug}/join"
    stranger.get(join)
    assert stranger.post(join, agree="y", name="Finn").status_code == 403, "the name is kept"
    assert stranger.post(join, agree="y", name="Newcomer").status_code == 303
    stranger.cookie = stranger.cookies.get(COOKIE)
    back = Line(stranger, meeting.public_id)
    assert back.ask("knock")["ok"]
    back.enter()
    until(lambda: [one for one in maya.desk["waiting"] if one["name"] == "Newcomer"], what="the knock at the door")
    assert not back.share(WORDS, "says-it-early")["ok"], "nothing is said at the door"
    assert maya.ask("admit", who=hours.handle("Newcomer"))["ok"] and maya.ask("open_door")["ok"]
    for _ in range(TALK):
        assert maya.ask("next_segment")["ok"]
    said = back.share(WORDS, "says-it-now")
    assert said["ok"], said
    held = until(lambda: maya.desk["held"], what="it to be held at the desk")
    assert [(one["name"], list(one["why"])) for one in held] == [("Newcomer", ["first"])]
    assert not tom.ask("release_share", number=held[0]["number"])["ok"], "not by a member"
    tom.catch_up()
    assert tom.shares() == [] and WORDS not in str(tom.heard), "nobody inside saw a word"

    assert maya.ask("release_share", number=held[0]["number"])["ok"]
    until(lambda: tom.shares() == [WORDS], what="it to be let in")
