"""Handing a sealed sentence to a push service: a few threads of our own, each with one request at a
time, never on the event loop and never in a page's thread. At most once: what fails is not sent again."""

import http.client
import logging
import queue
import ssl
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, update

from groups import clock
from groups.db import change
from groups.errors import Busy
from groups.reminding.keys import PushKey, key_in
from groups.reminding.models import Device
from groups.reminding.payload import payload
from groups.reminding.services import Address, address_of
from groups.reminding.subscriptions import unseal
from groups.settings import Settings

log = logging.getLogger(__name__)
THREADS = 8
ASKING = 3  # pages that wait for an answer at once
ANSWER = 8  # seconds they wait
WAITING = 1_000  # sentences queued; whoever finds the queue full is reminded at a later beat
FRESH = timedelta(minutes=2)  # what waited longer than this, behind a service that hangs, is not sent any more
PATIENCE = 5  # seconds for each step of a request
GONE = (404, 410)
NOTED = timedelta(days=7)  # that a device works is noted in steps, so that it is no record of evenings
CONSTANT = {
    "Content-Encoding": "aes128gcm",
    "Content-Type": "application/octet-stream",
    "TTL": "300",  # seconds; the shortest reminder comes five minutes before, and none comes after the hour began
    "Topic": "note",  # what a device did not get yet is replaced by what came later
    "Urgency": "high",  # or a sleeping phone would show it when the hour is over; it makes no sound
}


@dataclass(frozen=True)
class Wake:
    """A device to be woken, as its row has it."""

    device_id: int
    digest: bytes
    sealed: bytes
    sentence: int
    worked_on: date | None
    at: datetime


def wake_of(device: Device) -> Wake:
    """What there is to send for a device."""
    return Wake(device.id, device.digest, device.sealed, device.sentence, device.worked_on, clock.now())


class Sender:
    """The threads, begun with the first thing to send. They end with the process."""

    def __init__(self, settings: Settings):
        self._settings, self._queue = settings, queue.Queue(WAITING)
        self._asking, self._lock, self._begun = threading.BoundedSemaphore(ASKING), threading.Lock(), False

    @property
    def key(self) -> PushKey | None:
        """What we sign with, or None where reminders are not set up."""
        return key_in(self._settings.push_key)

    @property
    def room(self) -> int:
        """How many more the queue takes."""
        return WAITING - self._queue.qsize()

    def submit(self, wake: Wake) -> Future:
        """Have it sent. The future is what the service said, a status, or None when nothing was
        reached. Raises queue.Full."""
        self._begin()
        future = Future()
        self._queue.put_nowait((wake, future))
        return future

    def ask(self, wake: Wake) -> int | None:
        """Have it sent and wait for the answer, as in `submit`; for somebody who looks on. Raises Busy."""
        if not self._asking.acquire(blocking=False):
            raise Busy()
        try:
            return self.submit(wake).result(ANSWER)
        except TimeoutError:
            return None
        except queue.Full:
            raise Busy() from None
        finally:
            self._asking.release()

    def rest(self) -> None:
        """Wait until everything queued is done."""
        self._queue.join()

    def _begin(self):
        with self._lock:
            if not self._begun:
                self._begun = True
                for number in range(THREADS):
                    threading.Thread(target=self._work, name=f"push-{number}", daemon=True).start()

    def _work(self):
        while True:
            wake, future = self._queue.get()
            try:
                status = self._deliver(wake)
                _settle(wake, status)
                future.set_result(status)
            except Exception as mistake:
                log.error("a reminder failed: %s", type(mistake).__name__)
                future.set_result(None)
            finally:
                self._queue.task_done()

    def _deliver(self, wake):
        key, settings = self.key, self._settings
        if key is None or clock.now() - wake.at > FRESH:
            return None
        found = unseal(settings.secret, wake.sealed, wake.digest)
        address = address_of(found.endpoint, settings.push_hosts)  # asked again: the setting may have changed
        signed = key.authorization(address.origin, settings.url, clock.now())
        return hand_over(address, CONSTANT | {"Authorization": signed}, payload(wake.sentence, found.point, found.auth))


def hand_over(address: Address, headers: dict[str, str], body: bytes) -> int | None:
    """POST it; the status, or None when the service could not be reached. Follows nothing, asks no
    proxy, and reads nothing but the head of the answer."""
    if address.secure:
        line = http.client.HTTPSConnection(address.host, address.port, timeout=PATIENCE, context=ssl.create_default_context())
    else:
        line = http.client.HTTPConnection(address.host, address.port, timeout=PATIENCE)
    try:
        line.request("POST", address.path, body, headers)
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def _settle(wake, status):
    if status is None:
        log.warning("a reminder was not handed over")
    elif 200 <= status < 300:
        today = clock.now().date()
        if wake.worked_on is None or today - wake.worked_on >= NOTED:
            with change() as (session, _):
                session.execute(update(Device).where(Device.id == wake.device_id).values(worked_on=today))
    else:
        if status in GONE:
            with change() as (session, _):
                session.execute(delete(Device).where(Device.id == wake.device_id))
        log.warning("a reminder was not taken: %d", status)
