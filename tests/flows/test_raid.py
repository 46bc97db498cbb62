"""Two hundred accounts made within the hour come at once, while forty people are in their hour: the room
notices by itself, nobody inside sees a word of it, and one key sends all of them away."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from groups import clock
from groups.db import change
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.membership.models import Group
from tests import hours
from tests.sockets import Line, until
from tests.timing import calmest

TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=60, least=1, turn=1),)
BOTS, HONEST, SPEAKERS = 200, 40, 6
COME_WITHIN = 10  # seconds
SPAM = "buy now at spam.example"


@pytest.fixture
def talk(clerk):
    with change() as (session, _):  # a group that is no longer young: in its first days everybody is new
        session.query(Group).filter_by(name="Harbour").one().founded_at = clock.now() - timedelta(days=30)
    meeting = clerk.plan(begins_in=0)
    names = [f"Member {letter}{second}" for letter in "abcdefgh" for second in "abcde"][: HONEST - 2]
    for one in hours.join(*names):
        with change() as (session, _):
            session.get(type(one), one.id).joined_at = clock.now() - timedelta(days=30)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, *names, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    return meeting


def bot(house, meeting, name, refused):
    """Comes to the door, knocks, and tries everything that puts words anywhere."""
    key = name.replace(" ", "-")
    try:
        line = Line(house.visit(name), meeting.public_id)
        for event, fields in (
            ("knock", {}), ("share", {"words": SPAM, "client_id": f"{key}-says"}), ("write_line", {"words": SPAM, "client_id": f"{key}-lines"}),
            ("raise_hand", {}), ("take_duty", {"duty": "chair"}), ("admit_all", {}),
        ):
            answer = line.ask(event, within=20, **fields)
            if not answer["ok"]:
                refused.append(answer["reason"])
    except Exception as failure:
        refused.append(type(failure).__name__)


def test_two_hundred_at_once(house, talk, figures):
    names = [f"Bot {first}{second}" for first in "abcdefghjknopqstuvwx" for second in "abcdefghjk"]
    hours.join(*names)
    maya = Line(house.visit("Maya"), talk.public_id)
    tom = Line(house.visit("Tom"), talk.public_id)
    maya.enter(), tom.enter()
    acks, refused, noticed, going = [], [], [], True

    def watch():
        until(lambda: maya.desk.get("raid"), within=COME_WITHIN + 15, what="the room to notice")
        noticed.append(time.monotonic())

    def speak():
        number = 0
        while going:
            sent = time.monotonic()
            answer = tom.ask("share", words="an honest word", client_id=f"tom-says-{number:05}", within=20)
            acks.append(time.monotonic() - sent)
            number += 1
            time.sleep(max(0, answer.get("seconds", 0)) or 0.3)

    speaker, watcher = threading.Thread(target=speak), threading.Thread(target=watch)
    began = time.monotonic()
    speaker.start(), watcher.start()
    with ThreadPoolExecutor(20) as many:
        for number, name in enumerate(names):
            many.submit(bot, house, talk, name, refused)
            time.sleep(max(0, began + COME_WITHIN * number / BOTS - time.monotonic()))
    came_s = time.monotonic() - began
    going = False
    speaker.join(), watcher.join()
    noticed_s = noticed[0] - began
    asked = time.monotonic()
    assert maya.ask("turn_back", within=20)["ok"]
    gone_s = time.monotonic() - asked
    until(lambda: not [one for one in maya.desk["waiting"] if one["name"].startswith("Bot")], what="the door to be clear")
    assert not [words for words in tom.shares() if words and "spam" in words], "a line of the raid in the room"
    assert "spam" not in str(tom.heard)
    lines = [one for one in maya.desk["lines"] if one["name"].startswith("Bot")]
    calm = calmest(acks)
    acks.sort()
    figures(
        noticed_s=noticed_s, came_s=came_s, turned_back_s=gone_s, lines_seen_by_members=0, lines_at_the_desk=len(lines),
        ack_p50_ms=acks[len(acks) // 2] * 1000, ack_p99_ms=acks[int(len(acks) * 0.99)] * 1000, refused=len(refused),
    )
    assert maya.desk["raid"]["why"] == "joins" and gone_s < 5 and noticed_s < 5
    assert calm < 0.25, "what holds up one who speaks in the room"
    assert maya.ask("end_raid")["ok"] and not maya.ask("admit_known").get("reason")
