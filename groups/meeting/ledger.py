"""The one writer of live meetings in this process.

Everybody who wants something of a live meeting (a page, a socket, the clock) hands a command to
the ledger and waits. One thread takes what has gathered, decides each against the true state,
appends all of it in one transaction, and one flush to disk carries the whole batch. Only then are
the waiting told, and the news announced. So an answer means: committed and flushed.

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
from groups.concurrency import one_ring
from groups.db import engine, reading, writer_turn
from groups.errors import Busy, Failure, NotFound, Refused
from groups.meeting import calendar_row, recording, seats
from groups.meeting import log as book
from groups.meeting.commands import Command, OpenLobby
from groups.meeting.decide import already, decide
from groups.meeting.events import Event, LobbyOpened, ShareHeld
from groups.meeting.jobs import Job, MeetingAdvanced, Outcome
from groups.meeting.log import Live, Numbered
from groups.meeting.standing import Standing
from groups.meeting.taking_turns import wait_for_turns
from groups.schedule.models import Meeting, Phase
from groups.sealing import KeyGone, Keyring

log = logging.getLogger(__name__)
BATCH = 500  # commands that may share one flush
TRIES = 6  # a batch that keeps losing the race to other processes gives up as Busy
WAITING = 5_000  # commands queued before we say Busy


class Ledger:
    """Takes commands, decides, appends, tells."""

    def __init__(self, keyring: Keyring):
        self.keyring = keyring
        self._jobs: queue.SimpleQueue = queue.SimpleQueue()
        self._held: dict[int, Live] = {}
        self._stopping = threading.Event()
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
        while True:
            batch = [self._jobs.get()]
            while len(batch) < BATCH and not self._jobs.empty():
                batch.append(self._jobs.get())
            ending = None in batch
            batch = [item for item in batch if item is not None]
            if batch:
                self._settle(batch)
            if ending:
                return

    def _settle(self, batch):
        """Decide and append a batch; whatever happens, everyone who waits gets an answer."""
        try:
            before, answers, changed, news = self._write(batch)
        except Exception as failure:
            log.error("the ledger could not write: %s", type(failure).__name__)
            for _, future in batch:
                future.set_exception(Busy())
            return
        with one_ring():  # what everybody hears and what each is answered leave the loop together
            for meeting_id, (live, entries) in changed.items():
                self._hold(live)
                tell(MeetingAdvanced(before[meeting_id], live, tuple(entries)))
            for item in news:
                tell(item)
            for (_, future), answer in zip(batch, answers, strict=True):
                future.set_exception(answer) if isinstance(answer, Exception) else future.set_result(answer)

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
        with writer_turn(), engine().connect().execution_options(writes=True) as connection, connection.begin():
            wait_for_turns(connection, {job.meeting_id for job, _ in batch})
            standing = Standing(connection, [(job.membership_id, job.sign_in_id) for job, _ in batch])
            before, now, entries, answers, changed, news = {}, {}, {}, [], {}, []
            for job, _ in batch:
                try:
                    standing.check(job.membership_id, job.sign_in_id)
                    if isinstance(job.command, OpenLobby):
                        calendar_row.refuse_if_changed(connection, job.meeting_id, job.command)
                    if job.meeting_id not in now:
                        before[job.meeting_id] = now[job.meeting_id] = self._begin_with(connection, job.meeting_id, again)
                    wanted = book.with_held_words(connection, self.keyring, now[job.meeting_id], job.command)
                    live, numbered, answer = self._decide(now[job.meeting_id], wanted, clock.now())
                except Failure as refusal:
                    answers.append(refusal)
                    continue
                except KeyGone:
                    answers.append(Refused("meeting_over"))
                    continue
                except Exception as mistake:  # ours: it must not cost the others of the batch their answer
                    log.error("a decision failed: %s on %s", type(mistake).__name__, type(job.command).__name__)
                    answers.append(Busy())
                    continue
                now[job.meeting_id] = live
                entries.setdefault(job.meeting_id, []).extend(numbered)
                answers.append(answer)
            book.prove(connection, [now[meeting_id] for meeting_id in now if not entries.get(meeting_id)])
            # In one order everywhere: two processes wait for each other, and do not lock each other out.
            written = sorted(entries.items())
            book.append(connection, self.keyring, [(now[meeting_id], numbered) for meeting_id, numbered in written])
            for meeting_id, numbered in written:
                if numbered:
                    calendar_row.keep_phase(connection, before[meeting_id], now[meeting_id])
                    seats.came(connection, meeting_id, numbered)
                    news += recording.record(connection, now[meeting_id], numbered)
                    changed[meeting_id] = (now[meeting_id], numbered)
        return before, answers, changed, news

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
