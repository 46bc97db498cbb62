"""Every action of those who look after a group is one line of its log, by whoever did it, and nobody's
words: in a meeting over the wire, and on the pages by their forms. As many lines as actions."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from groups import clock
from groups.conduct.models import Incident, Sanction
from groups.conscience.models import Vote
from groups.db import reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.commands_safety import ChangeRules
from groups.meeting.recording import DONE, STEPS
from groups.membership.models import Group, Membership, RoleOffer
from groups.moderation.models import Appeal
from groups.moderation.note_models import MemberNote
from groups.reports.models import Report
from tests import hours, laddered
from tests.sockets import Line, until

TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=60, least=1, turn=1),)
WORDS = "Nobody reads these words in a log."
NOBODYS = {"rules_changed"}  # by the room: what a moderator did about it is "room_changed_now"


class Told:
    """Does one thing after the other, and looks at what each adds to the log."""

    def __init__(self):
        with reading() as session:
            self.group = session.scalar(select(Group).where(Group.name == "Harbour"))
        self.before, self.actions = len(laddered.log_of(self.group)), []

    def lines(self):
        return laddered.log_of(self.group)[self.before:]

    def one(self, action, answer, by):
        """What was just answered to somebody is this line, by them, and no other."""
        done = answer["ok"] if isinstance(answer, dict) else answer.status_code == 303
        assert done, (action, answer if isinstance(answer, dict) else answer.text)
        self.actions.append((str(action), hours.handle(by) if by else None))
        assert [(line.action, line.by) for line in self.lines()] == self.actions


@pytest.fixture
def told(house):
    return Told()


def person(name):
    with reading() as session:
        return SimpleNamespace(membership=session.scalar(select(Membership).where(Membership.name == name)))


def newest(kind):
    with reading() as session:
        return session.scalars(select(kind).order_by(kind.id.desc())).first()


def test_in_a_meeting(house, clerk, told):
    hours.join("Finn", "Gil")
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, "Tom", "Nia", "Finn", "Gil", chair="Maya")
    clerk.begin(meeting, "Maya")
    clerk.write(meeting, ChangeRules(by=c.ROOM, capacity=40, guard="usual", holds_first=False, hands_seen=False))
    tom, finn, *others = map(hours.handle, ("Tom", "Finn", "Nia", "Gil"))
    number = clerk.write(meeting, c.Share(by=tom, client_id="tom-says-0", words=WORDS)).number
    contact = "Write to me at tom@example.org"
    clerk.write(meeting, *(c.Share(by=who, client_id="says-it-0", words=contact, look=True) for who in (finn, *others)))
    clerk.write(meeting, c.Knock(by="somebodynew", name="Bo", newcomer=True, fresh=True))
    maya = Line(house.visit("Maya"), meeting.public_id)
    maya.enter()
    held = [one["number"] for one in until(lambda: maya.desk["held"])]
    assert len(held) == 3 and told.lines() == []
    for action, wish, fields in (
        ("share_removed", "remove_share", {"number": number, "agreement": 2}),
        ("edit_asked", "ask_edit", {"number": held[0], "agreement": 3}),
        ("share_dropped", "drop_share", {"number": held[1], "agreement": 3}),
        ("share_released", "release_share", {"number": held[2]}),
        ("step_warn", "take_step", {"who": tom, "step": "warn", "agreement": 2}),
        ("step_listen", "take_step", {"who": tom, "step": "listen", "agreement": 2}),
        ("listening_over", "end_listening", {"who": tom}),
        ("step_leave", "take_step", {"who": tom, "step": "leave", "agreement": 2}),
        ("raid_began", "begin_raid", {}), ("turned_back", "turn_back", {}), ("raid_over", "end_raid", {}), ("hushed", "hush", {}),
    ):
        told.one(action, maya.ask(wish, **fields), "Maya")
    nia = Line(house.visit("Nia"), meeting.public_id)
    nia.enter()
    assert maya.ask("offer_duty", who=others[0], duty="second")["ok"] and nia.ask("decline_duty")["ok"]
    assert maya.ask("offer_duty", who=others[0], duty="second")["ok"]
    told.one("duty_given", nia.ask("take_duty", duty="second"), "Maya")
    told.one("duty_ended", maya.ask("take_duty_back", who=others[0]), "Maya")
    assert {(line.about, line.detail) for line in told.lines()[-2:]} == {(others[0], "second")}
    every = set(DONE.values()) | {f"step_{step}" for step in STEPS.values()}
    assert {action for action, _ in told.actions} == every - NOBODYS, "something new is done in meetings: do it here too"
    assert maya.ask("go_on")["ok"]
    answer = maya.ask("remove_now", who=finn, why="threats", agreement=1)
    assert answer["ok"]
    assert [(line.action, line.by, line.about) for line in told.lines()[len(told.actions):]] == [
        ("step_ban", hours.handle("Maya"), finn), ("report_made", None, finn),
    ], "and what was said goes along, sealed"
    assert not [line for line in told.lines() if WORDS in repr(vars(line)) or "example.org" in repr(vars(line))]


def test_on_the_pages(house, told):
    hours.join("Ines", "Kit", "Lee", "Abe")
    for name in ("Ines", "Kit"):
        laddered.looks_after(person(name))
    lee = person("Lee")
    laddered.sent_out(lee)
    laddered.reports(lee.membership, person("Tom").membership, person("Nia").membership)
    removed = laddered.removed_at_once(person("Abe"), by=person("Maya"))
    told.before = len(laddered.log_of(told.group))
    group, page = f"/g/{told.group.slug}", f"/g/{told.group.slug}/members/{lee.membership.handle}"
    room = hours.plan(begins_in=900).room.slug
    people = {name: house.visit(name) for name in ("Maya", "Ines", "Kit", "Lee", "Nia")}

    def does(action, name, path, by=None, **form):
        told.one(action, people[name].post(path, **form), name if by is None else by or None)

    does("step_warn", "Maya", f"{page}/warn", agreement="1")
    warned = newest(Sanction).public_id
    does("step_ban", "Maya", f"{page}/ban", agreement="3", days="20")
    banned = newest(Sanction).public_id
    does("step_confirmed", "Ines", f"{group}/steps/{banned}/agree")
    does("appeal_made", "Lee", f"{group}/steps/{banned}/appeal", by="", words=WORDS)
    does("appeal_shortened", "Kit", f"{group}/appeals/{newest(Appeal).public_id}", outcome="shortened", days="3", answer=WORDS)
    does("appeal_made", "Lee", f"{group}/steps/{warned}/appeal", by="", words=WORDS)
    does("appeal_stands", "Ines", f"{group}/appeals/{newest(Appeal).public_id}", outcome="stands", answer=WORDS)
    does("step_lifted", "Maya", f"{group}/steps/{banned}/lift")
    does("incident_kept", "Kit", f"{group}/incidents/{removed.public_id}", outcome="kept")
    assert newest(Incident).reviewed_at is not None
    does("stewards_asked", "Maya", f"{page}/stewards", why="evasion")
    does("report_made", "Nia", f"{group}/reports/new", by="", reason="unkind", words=WORDS)
    does("report_decided", "Ines", f"{group}/reports/{newest(Report).public_id}/decision", outcome="spoken_to")
    does("note_written", "Kit", f"{page}/notes", words=WORDS)
    does("note_removed", "Kit", f"{page}/notes/{newest(MemberNote).public_id}/end")
    does("pattern_looked", "Ines", f"{page}/pattern/looks")
    does("invited", "Maya", f"{group}/invitations", uses="1", days="7")
    does("invitation_ended", "Maya", f"{group}/invitations/1/end")
    does("role_offered", "Maya", f"{group}/roles/offer", handle=hours.handle("Nia"))
    does("role_agreed", "Ines", f"{group}/roles/{newest(RoleOffer).public_id}/agree")
    does("role_taken", "Nia", f"{group}/roles/{newest(RoleOffer).public_id}/yes")
    does("role_given_back", "Nia", f"{group}/roles/step-back")
    does("role_asked_back", "Maya", f"{group}/roles/ask-back", handle=hours.handle("Kit"))
    does("role_removed", "Ines", f"{group}/roles/{newest(RoleOffer).public_id}/agree")
    does("room_locked", "Maya", f"{group}/rooms/{room}/lock", why=WORDS)
    does("room_unlocked", "Maya", f"{group}/rooms/{room}/unlock")
    does("room_archived", "Maya", f"{group}/rooms/{room}/archive")
    does("room_reopened", "Maya", f"{group}/rooms/{room}/reopen")
    does("vote_opened", "Maya", f"{group}/votes/new", question=WORDS, choices="Yes\nNo", until=f"{clock.now() + timedelta(days=7):%Y-%m-%d}")
    does("vote_withdrawn", "Maya", f"{group}/votes/{newest(Vote).public_id}/end")
    does("closing_asked", "Maya", f"{group}/closing/ask")
    does("closing_taken_back", "Ines", f"{group}/closing/take-back")
    assert not [line for line in told.lines() if WORDS in repr(vars(line))]
    rows = people["Maya"].get(f"{group}/log.json").json()
    assert len(rows["lines"] if isinstance(rows, dict) else rows) == told.before + len(told.actions)
