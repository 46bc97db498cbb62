"""The one writer of live meetings in this process.

Everybody who wants something of a live meeting (a page, a socket, the clock) hands a command to
the ledger and waits. One thread takes what has gathered, decides each against the true state,
appends all of it in one transaction, and one flush to disk carries the whole batch. Only then are
the waiting told, and the news announced. So an answer means: committed and flushed. (Decision 0030
says who joins a batch.)

The state of a live meeting is held in memory between batches and proven by the append: the
position it rests on must be the next free one. (Where nothing was appended, the last position is asked
for.) If another process was faster the batch is undone, the log is read on, and everything is decided
again."""

import logging
import queue
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from groups import clock
from groups.announcements import tell
from groups.concurrency import call_on_loop, once_heard, one_ring
from groups.db import engine, reading
from groups.errors import Busy, Failure, NotFound, Refused
from groups.meeting import calendar_row
from groups.meeting import log as book
from groups.meeting.commands import Command, OpenLobby
from groups.meeting.decide import already, decide
from groups.meeting.events import Event, LobbyOpened, ShareHeld
from groups.meeting.jobs import Job, MeetingAdvanced, Outcome
from groups.meeting.log import Live, Numbered
from groups.meeting.pen import Pen
from groups.meeting.sheet import Sheet
from groups.meeting.taking_turns import others_take_turns, wait_for_turns
from groups.schedule.models import Meeting, Phase
from groups.sealing import KeyGone, Keyring

log = logging.getLogger(__name__)
BATCH = 500  # commands that may share one flush
TRIES = 6  # a batch that keeps losing the race to other processes gives up as Busy
WAITING = 5_000  # commands queued before we say Busy
CROWD = 5  # commands; after so many at once the next batch waits until they are told
TELLING = 0.05  # seconds, at most


class Ledger:
    """Takes commands, decides, appends, tells."""

    def __init__(self, keyring: Keyring):
        self.keyring = keyring
        self._jobs: queue.SimpleQueue = queue.SimpleQueue()
        self._held: dict[int, Live] = {}
        self._stopping = threading.Event()
        self._pen = Pen()
        self._told = threading.Event()
        self._told.set()
        self._thread = threading.Thread(target=self._work, name="ledger", daemon=True)
        self._thread.start()

    def submit(self, job: Job, future: Future | None = None) -> Future:
        """Queue a job. The future gives an Outcome, or raises Refused, NotFound or Busy. One may bring anything
        that takes `set_result` and `set_exception`, where a whole Future is more than is needed."""
        future = future or Future()
        if self._stopping.is_set() or self._jobs.qsize() >= WAITING:
            future.set_exception(Busy())
        else:
            self._jobs.put((job, future))
        return future

    def look(self, meeting_id: int) -> Live:
        """The meeting as it truly is now: what we hold, read on from the log. Not on the loop.

        Raises NotFound for an unknown meeting, KeyGone once its words are purged."""
        with reading() as session:
            return self._read_on(session.connection(), meeting_id)

    def read_on(self, live: Live, most: int) -> tuple[Live, list[Numbered]]:
        """The meeting further on from here and at most so many entries of any stream, by one query. Not on the loop.
        Raises KeyGone once its words are purged."""
        with reading() as session:
            live, numbered = book.read_on(session.connection(), self.keyring, live, most)
        self._hold(live)
        return live, numbered

    def look_at_stream(self, meeting_id: int, stream: str, after: int, most: int) -> tuple[Live, list[Numbered]]:
        """The meeting, and its stream's entries above a number, seen at one moment. Raises NotFound where there
        is no meeting, KeyGone once its words are gone."""
        with reading() as session:
            connection = session.connection()
            live = self._read_on(connection, meeting_id)
            return live, book.read_stream(connection, self.keyring, live, stream, after, most)

    def not_held(self, meeting_ids: Iterable[int]) -> list[int]:
        """Which of these meetings are not held as far as their log goes. One query. Not on the loop."""
        with reading() as session:
            heads = book.heads(session.connection(), set(meeting_ids))
        held = {meeting_id: live.position for meeting_id, live in list(self._held.items())}
        return [meeting_id for meeting_id in meeting_ids if meeting_id not in held or held[meeting_id] != heads.get(meeting_id)]

    def held(self) -> list[Live]:
        """The meetings held in memory. Cheap; may be a moment old where several processes write."""
        return list(self._held.values())

    def forget(self, meeting_id: int) -> None:
        """Let go of a meeting that is over."""
        self._held.pop(meeting_id, None)

    def stop(self, timeout: float = 5.0) -> None:
        """Finish what is queued, then end."""
        self._stopping.set()
        self._jobs.put(None)
        self._thread.join(timeout)

    # --- the writing thread ---------------------------------------------------------------------

    def _work(self):
        while (first := self._jobs.get()) is not None:
            self._told.wait(TELLING)
            self._settle([first])
        self._pen.put_down()

    def _join(self, batch):
        """Whoever waits joins the batch. Returns those who joined."""
        joined = []
        while len(batch) + len(joined) < BATCH and not self._jobs.empty():
            item = self._jobs.get()
            if item is None:  # the end, which comes after this batch
                self._jobs.put(None)
                break
            joined.append(item)
        batch += joined
        return joined

    def _settle(self, batch):
        """Decide and append a batch, and whoever joins it; whatever happens, everyone who waits gets an answer."""
        try:
            before, answers, changed, news = self._write(batch)
        except Exception as failure:
            log.error("the ledger could not write: %s", type(failure).__name__)
            for _, future in batch:
                future.set_exception(Busy())
            return
        crowd = len(batch) >= CROWD
        if crowd:
            self._told.clear()
        with one_ring():  # what everybody hears and what each is answered leave the loop together
            for meeting_id, (live, entries) in changed.items():
                self._hold(live)
                tell(MeetingAdvanced(before[meeting_id], live, tuple(entries)))
            for item in news:
                tell(item)
            for (_, future), answer in zip(batch, answers, strict=True):
                future.set_exception(answer) if isinstance(answer, Exception) else future.set_result(answer)
            if crowd:
                call_on_loop(once_heard, self._told.set)

    def _write(self, batch):
        for attempt in range(TRIES):
            try:
                return self._try_to_write(batch, again=attempt > 0)
            except (IntegrityError, book.OthersWrote):
                # Another process appended at our position: read on and decide again.
                continue
            except DBAPIError:
                self._held.clear()
                if attempt or engine().dialect.name == "sqlite":  # it was busy for seconds already, or is full
                    raise
        raise Busy()

    def _try_to_write(self, batch, again):
        self._join(batch)
        with self._pen.writing() as connection:
            wait_for_turns(connection, {job.meeting_id for job, _ in batch})
            sheet, asked = Sheet(), batch
            while asked:
                self._decide_all(connection, sheet, asked, again)
                asked = () if others_take_turns(connection) else self._join(batch)
            changed, news = sheet.append(connection, self.keyring)
            if not sheet.only_shares:
                self._pen.forget()  # a removal, for one, ends a membership
        return sheet.before, sheet.answers, changed, news

    def _decide_all(self, connection, sheet, asked, again):
        standing = self._pen.standing([(job.membership_id, job.sign_in_id) for job, _ in asked])
        for job, _ in asked:
            try:
                standing.check(job.membership_id, job.sign_in_id)
                if isinstance(job.command, OpenLobby):
                    calendar_row.refuse_if_changed(connection, job.meeting_id, job.command)
                if job.meeting_id not in sheet.now:
                    sheet.before[job.meeting_id] = sheet.now[job.meeting_id] = self._begin_with(connection, job.meeting_id, again)
                wanted = book.with_held_words(connection, self.keyring, sheet.now[job.meeting_id], job.command)
                decided = self._decide(sheet.now[job.meeting_id], wanted, clock.now())
            except Failure as refusal:
                sheet.answers.append(refusal)
            except KeyGone:
                sheet.answers.append(Refused("meeting_over"))
            except Exception as mistake:  # ours: it must not cost the others of the batch their answer
                log.error("a decision failed: %s on %s", type(mistake).__name__, type(job.command).__name__)
                sheet.answers.append(Busy())
            else:
                sheet.note(*decided)

    def _decide(self, live: Live, command: Command, now: datetime):
        number = already(live.state, command)
        if number is not None:
            held = live.state.is_held(command.by, command.client_id)
            return live, [], Outcome(number=None if held else number, held=held)
        events: Iterable[Event] = decide(live.state, command, now)
        live, numbered = book.after(live, events)
        held = bool(numbered) and isinstance(numbered[0].event, ShareHeld)
        if numbered and not held and getattr(command, "client_id", None):
            number = numbered[0].number
        if any(isinstance(item.event, LobbyOpened) for item in numbered):
            self.keyring.create(live.key)
        return live, numbered, Outcome(tuple(numbered), number, held)

    def _begin_with(self, connection, meeting_id, again):
        """What a decision starts from: what we hold, because the append will prove it; the log itself
        where that has failed once, or nothing is held."""
        live = self._held.get(meeting_id)
        return live if live and not again and live.state.phase != "sealed" else self._read_on(connection, meeting_id)

    def _read_on(self, connection, meeting_id):
        live = self._held.get(meeting_id)
        if live is None or live.state.phase == "sealed":  # purged since, perhaps by another process
            found = connection.execute(select(Meeting.public_id, Meeting.phase).where(Meeting.id == meeting_id)).first()
            if found is None:
                raise NotFound()
            if found.phase in (Phase.PURGED, Phase.CANCELLED):
                self.forget(meeting_id)
                self.keyring.destroy(found.public_id)  # what this process still holds of it
                raise KeyGone(found.public_id)
            live = live or Live(meeting_id, found.public_id)
        live = book.catch_up(connection, self.keyring, live)
        self._hold(live)
        return live

    def _hold(self, live):
        held = self._held.get(live.meeting_id)
        if live.position and (held is None or live.position > held.position):
            self._held[live.meeting_id] = live
