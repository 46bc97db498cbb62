"""Words are sealed: AES-256-GCM under a key that belongs to one meeting and dies with it.

Keys are files of their own, outside the database, so that a copy of the database (or a backup of
it, which leaves the folder out) opens nothing. Each file is wrapped under the server's secret, so
a copy of the folder alone opens nothing either. Destroying the file is destroying the words."""

import hmac
import os
import re
import threading
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes, random for each sealing (NIST SP 800-38D); far below 2^32 uses of one key


class KeyGone(LookupError):
    """The key of this meeting was destroyed, or never made: its words cannot be opened."""


def derived(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose from the server's secret (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"lamplight", info=purpose.encode()).derive(secret.encode())


def digest_of(key: bytes, text: str) -> bytes:
    """32 bytes that stand for a text, and say nothing of it without the key (HMAC-SHA256)."""
    return hmac.digest(key, text.encode(), "sha256")


def seal(box: AESGCM, plain: bytes, place: bytes) -> bytes:
    """Seal bytes for one place, such as a row and its owner; they open at no other."""
    nonce = os.urandom(NONCE)
    return nonce + box.encrypt(nonce, plain, place)


def unseal(box: AESGCM, sealed: bytes, place: bytes) -> bytes:
    """The bytes again. Raises InvalidTag for another key or place, or when somebody changed them."""
    return box.decrypt(sealed[:NONCE], sealed[NONCE:], place)


class House:
    """What this process derives from the secret of its house; known before anything is kept or deleted."""

    def __init__(self):
        self._secret, self._keys = None, {}

    def know(self, secret: str) -> None:
        """From now on it is this one."""
        self._secret, self._keys = secret, {}

    def key(self, purpose: str) -> bytes:
        """32 bytes for one purpose. Derived once."""
        if self._secret is None:
            raise RuntimeError("the secret of the house is not known yet: sealing.of_house.know()")
        if purpose not in self._keys:
            self._keys[purpose] = derived(self._secret, purpose)
        return self._keys[purpose]


of_house = House()


def group_key(slug: str) -> str:
    """The name of a group's own key: for answers, appeals and notes, which are there until they are deleted."""
    return f"g{slug}"


class Keyring:
    """The keys of the meetings, by the meeting's public id."""

    def __init__(self, folder: Path, secret: str):
        self._folder, self._wrap = folder, AESGCM(derived(secret, "meeting keys"))
        self._open: dict[str, AESGCM] = {}
        self._lock = threading.Lock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def create(self, name: str) -> None:
        """Make the key if there is none yet; where there is one it costs a look. Safe when two processes do
        it at once."""
        file = self._file(name)
        if file.exists():
            return
        fresh = file.with_suffix(f".{os.urandom(4).hex()}")
        with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(seal(self._wrap, AESGCM.generate_key(256), name.encode()))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, file)  # fails if somebody was first; then theirs stands
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        self._flush_folder()

    def seal(self, name: str, words: bytes, place: bytes) -> bytes:
        """Seal bytes for one place (such as an entry's position); they open at no other place."""
        return seal(self._key(name), words, place)

    def open(self, name: str, sealed: bytes, place: bytes) -> bytes:
        """The words again. Raises KeyGone after the key's destruction or for the wrong place."""
        try:
            return unseal(self._key(name), sealed, place)
        except InvalidTag:
            raise KeyGone(name) from None

    def destroy(self, name: str) -> None:
        """Overwrite and remove the key. Doing it twice is harmless."""
        with self._lock:
            self._open.pop(name, None)
        file = self._file(name)
        try:
            with open(file, "r+b") as out:
                out.write(os.urandom(file.stat().st_size))
                out.flush()
                os.fsync(out.fileno())
            file.unlink()
        except FileNotFoundError:
            return
        self._flush_folder()

    def put_back(self, file_name: str, wrapped: bytes) -> None:
        """A key's file as it was in a backup; one that is there already stays."""
        file = self._file(file_name.removesuffix(".key"))
        if not file.exists():
            with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                out.write(wrapped)
                out.flush()
                os.fsync(out.fileno())
            self._flush_folder()

    def let_go(self) -> None:
        """Forget every open key whose file is gone: another process destroyed it."""
        for name in [name for name in list(self._open) if not self._file(name).exists()]:
            with self._lock:
                self._open.pop(name, None)

    def names(self) -> list[str]:
        """Which meetings have a key now."""
        return sorted(file.stem for file in self._folder.glob("*.key"))

    def _key(self, name):
        key = self._open.get(name)
        if key is None:
            try:
                key = AESGCM(unseal(self._wrap, self._file(name).read_bytes(), name.encode()))
            except (FileNotFoundError, InvalidTag):
                raise KeyGone(name) from None
            with self._lock:
                self._open[name] = key
        return key

    def _file(self, name):
        if not re.fullmatch(r"[0-9a-z]{4,40}", name):
            raise KeyGone(name)
        return self._folder / f"{name}.key"

    def _flush_folder(self):
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
