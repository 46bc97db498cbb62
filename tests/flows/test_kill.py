"""The fault test: thirty people share through official clients while the server is killed without
warning and started again five times. What was acknowledged is there, once, in order, for everybody."""

import random
import time
from collections import Counter
from datetime import timedelta

import msgspec
from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import seats
from groups.meeting.models import Entry
from groups.meeting.snapshots import MOST, entries
from tests import hours
from tests.node_client import Node
from tests.sockets import until

KILLS, MEETINGS, EACH = 5, 3, 10
PACE = 560  # milliseconds between two shares of one person: what a sign-in may send, and no more
BETWEEN = 75  # shares between two kills
TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=60, least=1),)  # as any open talk, without a pause between two shares of one person


def gather(server, clerk):
    """Three open talks with ten people in each; {meeting: names}."""
    rooms = {}
    for number in range(MEETINGS):
        meeting = hours.plan(begins_in=0)
        rooms[meeting] = [f"Person {chr(97 + number)}{chr(97 + who)}" for who in range(EACH)]
        hours.join(*rooms[meeting])
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, *rooms[meeting], chair="Maya")
        clerk.begin(meeting, "Maya")
        # Somebody on duty is there the whole time; what becomes of the floor otherwise is another test.
        seats.note_seen([(meeting.id, hours.handle("Maya"))], clock.now() + timedelta(minutes=10))
    return rooms


def stored(clerk, meeting):
    """The floor as the database has it, in the shape of the wire."""
    found = []
    while len(found) % MOST == 0:
        _, more = clerk.ledger.look_at_stream(meeting.id, "floor", len(found), MOST)
        if not more:
            break
        found += entries(more)
    return msgspec.json.decode(msgspec.json.encode(found))


def test_nothing_acknowledged_is_lost_doubled_or_misplaced_over_five_kills(server, figures):
    chance = random.Random(4)
    with hours.Clerk(server) as clerk:
        rooms = gather(server, clerk)
        members = [
            {"name": name, "meeting": meeting.public_id, "cookie": server.visit(name).cookie} for meeting, names in rooms.items() for name in names
        ]
        backs = []
        with Node("chaos.mjs", url=server.url, pace=PACE, members=members) as node:
            assert node.hear()["back"]
            for _ in range(KILLS):
                enough = hours.position() + BETWEEN
                until(lambda enough=enough: hours.position() >= enough, within=15, what="people to share")
                time.sleep(chance.random() / 10)  # at any moment
                server.kill()
                server.restart()
                ready = time.time()
                backs.append(node.hear(20)["back"] / 1000 - ready)
            enough = hours.position() + BETWEEN
            until(lambda: hours.position() >= enough, within=15, what="people to share")
            node.tell("stop")
            result = node.hear(30)
            assert "stuck" not in result, Counter(str((p["connected"], p["inside"], p["part"]["doing"], p["last"])) for p in result["stuck"])
        written = {meeting.public_id: stored(clerk, meeting) for meeting in rooms}

    acked = result["acknowledged"]
    at = {(meeting, entry["number"]): entry for meeting, floor in written.items() for entry in floor}
    said = Counter((meeting, entry["name"], entry["words"]) for meeting, floor in written.items() for entry in floor if entry["kind"] == "shared")
    mine = {who: [share["number"] for share in acked if share["who"] == who] for who in range(len(members))}
    lost = [share for share in acked if at.get((members[share["who"]]["meeting"], share["number"]), {}).get("words") != share["words"]]
    differing = [who for who, floor in enumerate(result["transcripts"]) if floor != written[members[who]["meeting"]]]
    counted = {
        "acked": len(acked), "lost": len(lost), "doubled": sum(count - 1 for count in said.values()) + len(acked) - len({s["id"] for s in acked}),
        "misordered": sum(numbers != sorted(numbers) for numbers in mine.values()), "transcripts_differing": len(differing),
        "holes": sum([e["number"] for e in floor] != list(range(1, len(floor) + 1)) for floor in written.values()),
        "stored_beyond_acked": sum(said.values()) - len(acked),
    }
    figures(
        **counted, repeats=result["repeats"], gaps=result["gaps"], refusals=result["refusals"], back_after_ready_s_median=sorted(backs)[KILLS // 2], back_worst_s=max(backs),
        **{f"ack_ms_{name}": value for name, value in result["ack"].items()},
    )
    assert counted == dict.fromkeys(counted, 0) | {"acked": len(acked)}
    assert len(acked) >= BETWEEN * KILLS and max(backs) < 6
    with reading() as session:
        assert session.scalar(select(Entry.position).where(Entry.kind == "floor_paused").limit(1)) is None
