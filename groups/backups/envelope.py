"""A backup's envelope: records, encrypted with age for one key whose secret half is never on this machine.
Nothing is ever on the disk in the clear, neither on the way in nor on the way out. `age -d` opens it, too."""

import os
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pyrage
from pyrage.x25519 import Identity, Recipient

UNFINISHED = ".new"  # how a backup is called until it is whole
RECIPIENT = "recipient"  # the public half, beside the backups
MOST = 64 * 1024 * 1024  # bytes of one record


class Unreadable(ValueError):
    """Not a backup, cut short, changed, or for another key."""


def make_key(folder: Path) -> str | None:
    """Make the pair of keys, once: the public half is kept here, and the secret half is returned and nowhere
    else. None where there is a pair already."""
    identity = Identity.generate()
    try:
        _keep(identity.to_public(), folder)
    except FileExistsError:
        return None
    return str(identity)


def take_along(come_from: Path, folder: Path) -> bool:
    """The public half goes where backups are made from now on, if it lies in the folder a backup came from. One that is
    there already stays. False where there is none: the house is back by now, and nothing that fails here may undo it."""
    if (folder / RECIPIENT).exists():
        return True
    try:
        _keep(_public_half(come_from), folder)
    except (OSError, ValueError, pyrage.RecipientError):
        return False
    return True


def _public_half(folder):
    return Recipient.from_str((folder / RECIPIENT).read_text().strip())


def _keep(half, folder):
    """Raises FileExistsError where there is one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(folder / RECIPIENT, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(f"{half}\n")


def seal(records: Iterable[tuple], folder: Path, file: Path) -> None:
    """Write records into a new file. Whole and flushed, or not there. What `records` raises comes through."""
    recipient = _public_half(folder)
    fresh, reader = file.with_suffix(UNFINISHED), _Reader(records)
    try:
        with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            try:
                pyrage.encrypt_io(reader, out, [recipient])
            except pyrage.EncryptError as failure:
                raise reader.failure or failure from None
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(file)
    finally:
        fresh.unlink(missing_ok=True)


def unseal(file: Path, secret_half: str, take: Callable[[tuple], None]) -> None:
    """Hand every record to `take`, in order. Raises Unreadable, perhaps after some were taken; what `take`
    raises comes through."""
    writer = _Writer(take)
    try:
        with file.open("rb") as sealed:
            pyrage.decrypt_io(sealed, writer, [Identity.from_str(secret_half.strip())])
    except (pyrage.DecryptError, pyrage.IdentityError, OSError) as failure:
        raise writer.failure or Unreadable() from failure
    if writer.failure or not writer.ended:
        raise writer.failure or Unreadable()


class _Reader:
    """What age reads from: the records, one after the other, each with its length before it."""

    def __init__(self, records):
        self._frames, self._waiting, self.failure = map(_frame, _and_an_end(records)), bytearray(), None

    def read(self, size=-1):
        while len(self._waiting) < size or size < 0:
            try:
                frame = next(self._frames, None)
            except Exception as failure:
                self.failure = failure
                raise
            if frame is None:
                break
            self._waiting += frame
        size = len(self._waiting) if size < 0 else size
        part, self._waiting = bytes(self._waiting[:size]), self._waiting[size:]
        return part


class _Writer:
    """What age writes to: takes the records apart again."""

    def __init__(self, take):
        self._take, self._waiting, self.ended, self.failure = take, bytearray(), False, None

    def write(self, part):
        self._waiting += part
        try:
            while len(self._waiting) >= 4:
                (length,) = struct.unpack(">I", self._waiting[:4])
                if self.ended or length > MOST:
                    raise Unreadable()
                if len(self._waiting) < 4 + length:
                    break
                record = msgspec.msgpack.decode(bytes(self._waiting[4 : 4 + length]))
                self._waiting = self._waiting[4 + length :]
                self.ended = record[0] == "end"
                if not self.ended:
                    self._take(record)
        except BaseException as failure:
            self.failure = self.failure or failure
            raise
        return len(part)

    def flush(self):
        """Nothing waits here."""


def _and_an_end(records):
    yield from records
    yield ("end",)


def _frame(record):
    packed = msgspec.msgpack.encode(record)
    return struct.pack(">I", len(packed)) + packed
