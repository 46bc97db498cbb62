"""The key of somebody's private entries, and what it is locked under. Pure.

A random key of 256 bits seals the entries. It is stored wrapped: under argon2id of the seven words, under
each code of the card, and, for each browser that is signed in, under that browser's cookie. The server knows neither words nor
cookies, only hashes of them, so the database and the server's secret together open nothing."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groups import sealing
from groups.accounts import passphrase
from groups.sealing import derived

SALT = 16  # bytes
STEP = 256  # bytes; what is sealed is filled up to a multiple, so that its length tells little


class WrongKey(LookupError):
    """This does not open it: other words, another cookie, another row, or somebody changed it."""


def fresh_key() -> bytes:
    """A key for somebody's entries, from the operating system's randomness."""
    return AESGCM.generate_key(256)


def key_of_words(words: str, salt: bytes, secret: str, fast: bool = False) -> bytes:
    """What the seven words wrap the key with. The server's secret goes in besides the salt, so that a stolen
    database alone is not even something to guess at. Raises Busy. Off the loop."""
    return passphrase.key_of(words, f"{secret}/entries/{salt.hex()}", fast)


def key_of_code(code: str, salt: bytes) -> bytes:
    """What a code of the card wraps the key with."""
    return derived(f"{salt.hex()}/{code}", "private entries by code")


def found_by(code: str, secret: str) -> bytes:
    """What the row of a code is called: it tells the code to nobody."""
    return sealing.digest_of(derived(secret, "codes of entries"), code)


def key_of_cookie(cookie: str) -> bytes:
    """What a browser's cookie (256 random bits) wraps the key with."""
    return derived(cookie, "private entries")


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Seal for one place: a row and its owner."""
    return sealing.seal(AESGCM(key), plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """The same again. Raises WrongKey."""
    try:
        return sealing.unseal(AESGCM(key), sealed, place.encode())
    except InvalidTag:
        raise WrongKey(place) from None


def filled(plain: bytes) -> bytes:
    """Filled up with blanks to the next step."""
    return plain.ljust(-(-len(plain) // STEP) * STEP)
