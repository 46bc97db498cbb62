"""The mark of a house: a few bytes in its folder that know its secret again, and tell nothing of it. Started with another
secret a house would look well, and nobody's seven words would open anything."""

import secrets
from contextlib import suppress
from pathlib import Path

from groups.errors import BadSetting
from groups.sealing import KeyGone, Keyring, derived, digest_of
from groups.settings import Settings

FILE = "secret-mark"
ANOTHER = (
    "The house in {folder} was made with another LAMPLIGHT_SECRET, and with this one nobody could sign in. Set the one it was "
    "made with; or, for a new house, name an empty folder in LAMPLIGHT_INSTANCE."
)


def mark_of(secret: str) -> bytes:
    """16 bytes by which a house and its backups know their secret, without which nobody could sign in."""
    return digest_of(derived(secret, "backup"), "house")[:16]


def know_again(settings: Settings) -> None:
    """See that this is the secret of the house in this folder; one that has no mark yet is given it. Raises BadSetting
    with a sentence, OSError where nothing can be written."""
    kept, mark = settings.instance / FILE, mark_of(settings.secret).hex()
    if not kept.exists():
        _refuse_unless(_opens_a_key(settings), settings)
        settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(kept, mark)
    _refuse_unless(kept.read_text().strip() == mark, settings)


def mark_anew(settings: Settings) -> None:
    """The house in this folder came back from a backup, and its secret with it."""
    kept = settings.instance / FILE
    kept.unlink(missing_ok=True)
    _write_once(kept, mark_of(settings.secret).hex())


def _refuse_unless(true, settings):
    if not true:
        raise BadSetting(ANOTHER.format(folder=settings.instance))


def _opens_a_key(settings):
    """A house from before there were marks: its keys know the secret, too. True where there are none."""
    if not settings.keys.exists():
        return True
    keyring = Keyring(settings.keys, settings.secret)
    names = keyring.names()
    return not names or any(_opens(keyring, name) for name in names)


def _opens(keyring, name):
    try:
        keyring.seal(name, b"", b"")
    except KeyGone:
        return False
    return True


def _write_once(kept: Path, mark: str):
    """Processes that start together write the same, or the first one stands."""
    fresh = kept.with_name(f"{FILE}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    try:
        fresh.write_text(mark)
        with suppress(FileExistsError):
            kept.hardlink_to(fresh)
    finally:
        fresh.unlink()
