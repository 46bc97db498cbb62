"""The account *is* seven words: they are its name and its password, and there is nothing else.

Seven words of 7,636 are 90 bits. The look-up has to be deterministic (there is no name to find a
salt by), so one guess tries every account at once: with 90 bits, 100,000 accounts and 1,000
guesses a second the first hit takes about 4 x 10^11 years; five words would fall offline. What is
stored is argon2id of the words, salted from the server's secret, which is not in the database.

Hashing is dear on purpose, so it is also what a flood would aim at: shape and length are looked
at before, few hash at once, in threads that give way to everything else, and beyond a short queue
the answer is Crowded. (On the event loop such pages have threads and a queue of their own,
`off_the_loop.py`; what is here holds wherever else words are hashed.) There is no lock and no
counter per account: both would need somebody to count, and we know nobody."""

import math
import os
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from groups.concurrency import on_loop
from groups.errors import Crowded, Invalid
from groups.limiting.table import HASHING, WAITING
from groups.sealing import derived

WORDS_PER_ACCOUNT = 7
SHORTEST_LIST = 7_300  # words; SecureDrop's floor
LEAST_BITS = 90
LONGEST_TYPED = 200  # characters; seven words of nine letters, numbered and spaced, are 90
COST = {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1}  # OWASP's minimum for argon2id, KiB
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}  # tests only
GIVES_WAY = 10  # how nice (as `nice` counts) a hash is to whoever speaks meanwhile


def _step_back():
    """Linux lets one thread be nicer than the rest of its process; elsewhere all stay alike."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVES_WAY)
    except (AttributeError, OSError):
        pass


_places = threading.BoundedSemaphore(HASHING + WAITING)
_hashers = ThreadPoolExecutor(HASHING, thread_name_prefix="hash", initializer=_step_back)


def check(words: list[str]) -> None:
    """Refuse a list that would hand out weak or ambiguous words: SystemExit with a sentence."""
    if len(words) < SHORTEST_LIST:
        raise SystemExit(f"The word list is too short: {len(words)} words, and {SHORTEST_LIST} are needed.")
    if len(set(words)) < len(words):
        raise SystemExit("The word list has a word twice.")
    for word in words:
        if not re.fullmatch("[a-z]{3,}", word):
            raise SystemExit(f"The word list holds {word!r}: words need at least three letters, a to z, to be typed by everybody.")
    if bits(words) < LEAST_BITS:
        raise SystemExit(f"Seven words of this list are only {bits(words):.1f} bits; {LEAST_BITS} are needed.")
    known = set(words)
    for word in words:
        for end in range(3, len(word)):
            if word[:end] in known:
                # Without this, words typed with no spaces could be read in two ways.
                raise SystemExit(f"The word list holds {word[:end]!r}, which is how {word!r} begins.")


def bits(words: list[str]) -> float:
    """How hard seven words of this list are to guess."""
    return WORDS_PER_ACCOUNT * math.log2(len(words))


WORDS = (Path(__file__).parent / "words.txt").read_text("ascii").split()
check(WORDS)
KNOWN = frozenset(WORDS)


def generate() -> tuple[str, ...]:
    """Seven words from the operating system's randomness."""
    return tuple(secrets.choice(WORDS) for _ in range(WORDS_PER_ACCOUNT))


def normalise(text: str) -> tuple[str, ...]:
    """The seven words somebody typed, in any case, with any spaces, hyphens, commas, dots or
    numbers between them, or with nothing between them at all.

    Raises Invalid("words", …): too_long, words_missing (with `count`), word_not_ours (with the
    `number` of the first word that no card has; the list is public, so this tells nobody anything)."""
    if len(text) > LONGEST_TYPED:
        raise Invalid("words", "too_long", limit=LONGEST_TYPED)
    plain = _plain(text)
    words = _cut(re.sub("[^a-z]", "", plain))
    if words is None:
        raise _what_is_wrong(plain)
    if len(words) != WORDS_PER_ACCOUNT:
        raise Invalid("words", "words_missing", count=len(words))
    return words


def opens_an_account(text: str) -> bool:
    """Whether this is nothing but seven words, as an account has them: typed into the wrong field, they would be kept
    where they must not be, or be read by others."""
    try:
        return bool(normalise(text))
    except Invalid:
        return False


def compare(shown: tuple[str, ...], typed: str) -> None:
    """The type-back check. Raises Invalid("words", "words_differ"), or too_long."""
    try:
        same = normalise(typed) == tuple(shown)
    except Invalid as wrong:
        if wrong.reason == "too_long":
            raise
        same = False
    if not same:
        raise Invalid("words", "words_differ")


def key_of(words: Iterable[str], pepper: str, fast: bool = False) -> bytes:
    """32 bytes to look an account up by. `pepper` is the server's secret; `fast` is for tests.

    Raises Crowded when too many are hashing already; nothing is stored then."""
    if on_loop():
        raise RuntimeError("the event loop must not hash: go through off_loop()")
    salt = derived(pepper, "passphrase look-up")[:16]
    typed = re.sub("[^a-z]", "", "".join(words)).encode()
    if not _places.acquire(blocking=False):
        raise Crowded()
    try:
        how = {"hash_len": 32, "type": Type.ID, **(CHEAP if fast else COST)}
        return _hashers.submit(hash_secret_raw, typed, salt, **how).result()
    finally:
        _places.release()


def _plain(text):
    """Lower case without accents: phones capitalise, correct and decorate on their own."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf")


def _cut(letters):
    """The listed words these letters are made of, or None. No word begins another, so there is
    only one way to cut."""
    words, start = [], 0
    while start < len(letters):
        end = next((end for end in range(start + 3, start + 10) if letters[start:end] in KNOWN), None)
        if end is None:
            return None
        words.append(letters[start:end])
        start = end
    return tuple(words)


def _what_is_wrong(plain):
    for between in (r"[^\w'’-]+|\d+", r"[\W\d_]+"):  # spaces first, then hyphens as spaces too
        typed = [re.sub("[^a-z]", "", part) for part in re.split(between, plain)]
        typed = [word for word in typed if word]
        odd = next((number for number, word in enumerate(typed, 1) if word not in KNOWN), None)
        if len(typed) == WORDS_PER_ACCOUNT and odd:
            return Invalid("words", "word_not_ours", number=odd)
    return Invalid("words", "words_missing", count=len(typed))
