"""What one batch of the ledger comes to: decided command by command, then written down all at once."""

from groups.meeting import calendar_row, recording, seats
from groups.meeting import log as book
from groups.meeting.events import Shared
from groups.meeting.jobs import Outcome
from groups.meeting.log import Live, Numbered
from groups.sealing import Keyring


class Sheet:
    """By meeting: the state it was found in, the state by now, and the entries between. By command: its answer."""

    def __init__(self):
        self.before: dict[int, Live] = {}
        self.now: dict[int, Live] = {}
        self.answers: list[Outcome | Exception] = []
        self._entries: dict[int, list[Numbered]] = {}

    def note(self, live: Live, numbered: list[Numbered], answer: Outcome) -> None:
        """A command was decided: the state after it, what it adds, and what it is answered."""
        self.now[live.meeting_id] = live
        self._entries.setdefault(live.meeting_id, []).extend(numbered)
        self.answers.append(answer)

    @property
    def only_shares(self) -> bool:
        """Whether nothing else was decided: nothing, therefore, about who belongs."""
        return all(type(item.event) is Shared for numbered in self._entries.values() for item in numbered)

    def append(self, connection, keyring: Keyring) -> tuple[dict[int, tuple[Live, list[Numbered]]], list]:
        """Write it all down. Returns what changed, and news to tell after the commit. Raises IntegrityError or
        OthersWrote where another process was faster."""
        changed, news = {}, []
        book.prove(connection, [live for meeting_id, live in self.now.items() if not self._entries.get(meeting_id)])
        # In one order everywhere: two processes wait for each other, and do not lock each other out.
        written = sorted(self._entries.items())
        book.append(connection, keyring, [(self.now[meeting_id], numbered) for meeting_id, numbered in written])
        for meeting_id, numbered in written:
            if numbered:
                calendar_row.keep_phase(connection, self.before[meeting_id], self.now[meeting_id])
                seats.came(connection, meeting_id, numbered)
                news += recording.record(connection, self.now[meeting_id], numbered)
                changed[meeting_id] = (self.now[meeting_id], numbered)
        return changed, news
