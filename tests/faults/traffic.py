"""Many people in open talks, each sharing without end through the official JavaScript client, and what can
be said afterwards about every share that was acknowledged."""

import itertools
import json
import queue
import threading
from collections import Counter
from datetime import timedelta

import msgspec

from groups import clock
from groups.db import reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import seats
from groups.meeting.models import Entry
from groups.meeting.snapshots import MOST, entries
from tests import hours
from tests.faults.breaking import standing_still
from tests.node_client import Node
from tests.sockets import until

PACE = 560  # milliseconds between two shares of one person: what a sign-in may send, and no more


class Traffic:
    """`with Traffic(house, clerk, meetings=3, each=10) as traffic:` everybody is inside and speaks.

    pace: milliseconds between two shares of one person. churn: people who go and come back each second. url:
    where their browsers look for the house. lasts: minutes until their hour is over.
    rooms: {meeting: names}. visits: {name: Visit}. takes_out: set it where shares are taken out of the room on purpose.
    After `stop()`: acknowledged: every share that was, in that order; out: when each person's page was closed for good
    (milliseconds of the epoch), or None."""

    def __init__(self, house, clerk, meetings: int, each: int, pace: int = PACE, churn: float = 0, url: str = "", lasts: int = 60):
        self.house, self.clerk, self.rooms = house, clerk, gather(clerk, meetings, each, lasts)
        self.visits = {name: house.visit(name) for names in self.rooms.values() for name in names}
        self.members = [
            {"name": name, "meeting": meeting.public_id, "cookie": self.visits[name].cookie} for meeting, names in self.rooms.items() for name in names
        ]
        self._said: queue.Queue = queue.Queue()
        self._node = Node("chaos.mjs", url=url or house.url, pace=pace, churn=churn, members=self.members)
        self.out: dict[str, float | None] = {}
        self.takes_out, self.acknowledged = False, []

    def __enter__(self):
        self._node.__enter__()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.back(30 + len(self.members) / 10)
        return self

    def __exit__(self, *_):
        self._node.end()
        self._listener.join()
        self._node.__exit__()

    def back(self, within: float = 20) -> float:
        """Wait until everybody is in again; the moment they were (seconds)."""
        return self._hear(within)["back"] / 1000

    def all_back(self, since: float, within: float = 20) -> float:
        """Wait until everybody was in again some time after `since`; how many seconds after."""
        while (moment := self.back(within)) < since:
            pass
        return moment - since

    def more(self, shares: int, within: float = 90) -> None:
        """Wait until so many more entries are in the database."""
        enough = hours.position() + shares
        until(lambda: hours.position() >= enough or not self._listener.is_alive(), within=within, what="people to share")
        self.still_there()

    def still_there(self) -> None:
        """Fails with what the clients complained of if they have ended."""
        assert self._listener.is_alive(), f"the clients ended: {self._node.end()}"

    def asleep(self):
        """The clients stop where they are, as devices that sleep."""
        return standing_still(self._node.signal)

    def count(self) -> int:
        """Entries in the database."""
        return hours.position()

    def stop(self, within: float = 40) -> dict:
        """Nobody begins another share; wait for every answer, and compare all that was acknowledged with
        the database, and everybody's transcript with it."""
        self._node.tell("stop")
        while "acknowledged" not in (result := self._hear(within)):
            assert "stuck" not in result, Counter(str((p["connected"], p["inside"], p["part"].get("doing"), p.get("last"))) for p in result["stuck"])
        return self._compared(result)

    def _compared(self, result):
        self.out = dict(zip([member["name"] for member in self.members], result["out"], strict=True))
        written = {meeting.public_id: stored(self.clerk, meeting) for meeting in self.rooms}
        self.acknowledged = acked = result["acknowledged"]
        at = {(m, e["number"]): e for m, floor in written.items() for e in floor}
        said = Counter((m, e["name"], e["words"]) for m, floor in written.items() for e in floor if e["kind"] == "shared" and e["words"])
        mine = {who: [share["number"] for share in acked if share["who"] == who] for who in range(len(self.members))}
        lost = [share for share in acked if not self._kept(at, share)]
        differing = [who for who, floor in enumerate(result["transcripts"]) if not self._same(floor, who, written, result["out"][who])]
        shared = sum(e["kind"] == "shared" for floor in written.values() for e in floor)
        return {
            "acked": len(acked), "lost": len(lost),
            "doubled": sum(count - 1 for count in said.values()) + len(acked) - len({share["id"] for share in acked}),
            "misordered": sum(numbers != sorted(numbers) for numbers in mine.values()),
            "transcripts_differing": len(differing),
            "holes": sum([e["number"] for e in floor] != list(range(1, len(floor) + 1)) for floor in written.values()),
            "stored_beyond_acked": shared - len(acked), "repeats": result["repeats"], "unanswered": result["unanswered"],
            "gaps": result["gaps"], "refusals": len(result["refusals"]), "drops": result["drops"], "left": result["left"],
            "slowest_no_s": round(result["slowestNo"] / 1000, 1),
            **{f"ack_{name}_ms": round(value, 1) for name, value in result["ack"].items()},
        }

    def _kept(self, at, share):
        entry = at.get((self.members[share["who"]]["meeting"], share["number"]), {})
        return entry.get("words") in (share["words"], None if self.takes_out else share["words"]) and entry.get("kind") == "shared"

    def _same(self, floor, who, written, out):
        true = written[self.members[who]["meeting"]]
        # Whoever was put out heard the beginning, and no more.
        return without_words_removed(floor, true) == (true[: len(floor)] if out else true)

    def _hear(self, within):
        try:
            said = self._said.get(timeout=within)
        except queue.Empty:
            raise AssertionError(f"nothing was heard for {within:g} seconds") from None
        if said is None:
            raise AssertionError(f"the clients ended: {self._node.end()}")
        return said

    def _listen(self):
        for line in self._node.lines():
            self._said.put(json.loads(line))
        self._said.put(None)


def gather(clerk, meetings: int, each: int, lasts: int = 60) -> dict:
    """Open talks of so many minutes with so many people in each; {meeting: names}. Somebody on duty is there
    the whole time: what becomes of the floor otherwise is another test."""
    rooms = {}
    # As any open talk, without a pause between two shares of one person.
    talk = (Segment("Talk", Mode.OPEN_TALK, minutes=lasts, least=1),)
    for _ in range(meetings):
        meeting, number = clerk.plan(begins_in=0, minutes=lasts), next(_gathered)
        rooms[meeting] = [f"Person {word(number)} of {word(who)}" for who in range(each)]
        hours.join(*rooms[meeting])
        clerk.open_lobby(meeting, talk, capacity=max(40, each + 2))
        clerk.bring_in(meeting, *rooms[meeting], chair="Maya")
        clerk.begin(meeting, "Maya")
        seats.note_seen([(meeting.id, hours.handle("Maya"))], clock.now() + timedelta(minutes=lasts))
    return rooms


_gathered = itertools.count()


def word(number: int) -> str:
    """A number in letters, for a name."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def stored(clerk, meeting) -> list[dict]:
    """The floor as the database has it, in the shape of the wire."""
    found = []
    while len(found) % MOST == 0:
        live, more = clerk.ledger.look_at_stream(meeting.id, "floor", len(found), MOST)
        if not more:
            break
        found += entries(more, live)
    return msgspec.json.decode(msgspec.json.encode(found))


def without_words_removed(floor: list[dict], true: list[dict]) -> list[dict]:
    """A transcript as its page shows it: a share that was removed has no words."""
    gone = {entry["share"] for entry in true if entry["kind"] == "share_removed"}
    return [{**entry, "words": None} if entry["kind"] == "shared" and entry["number"] in gone else entry for entry in floor]


def written_after(meeting, handle: str, kind: str = "put_out") -> int:
    """How many shares of somebody's were stored after they were put out."""
    with reading() as session:
        mine = session.query(Entry.position).filter_by(meeting_id=meeting.id)
        last = mine.filter_by(kind=kind).order_by(Entry.position.desc()).first()[0]
        return mine.filter(Entry.author == handle, Entry.kind == "shared", Entry.position > last).count()
