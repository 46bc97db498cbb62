"""Tidying what somebody typed into a field, without changing what they meant. Pure."""

import re
import unicodedata

from groups.errors import Invalid

_MARKS = re.compile("[\u0300-\u036f]")  # accents, once they are taken off their letters
SHAPING = "\u200c\u200d\u200e\u200f\u061c"  # joiners and marks of direction: seen by nobody, and right-to-left text needs them
# Signs that turn the letters after them around, until one that ends it or the end of the line.
_EMBEDDING, _EMBEDDED = "\u202a\u202b", "\u202c"
_OVERRIDE = "\u202d\u202e"  # against the letters' own direction: no writing needs it
_ISOLATE, _ISOLATED = "\u2066\u2067\u2068", "\u2069"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unturned(text: str) -> str:
    """The text without signs that would turn around what stands beside it: overrides, and whatever is begun or ended
    alone in its line. What people's words are kept by, whichever way they come in; scripts that are written from right
    to left need none of what goes, and stay whole. Total."""
    return text if not _TURNING.search(text) else "\n".join(_whole_signs(line) for line in text.split("\n"))


def _whole_signs(line):
    begun, whole = [], set()
    for place, letter in enumerate(line):
        if letter in _EMBEDDING + _OVERRIDE + _ISOLATE:
            begun.append(place)
        elif letter == _EMBEDDED and begun and line[begun[-1]] not in _ISOLATE:
            whole |= {place, begun[-1]} if line[begun[-1]] in _EMBEDDING else set()
            begun.pop()
        elif letter == _ISOLATED and any(line[one] in _ISOLATE for one in begun):
            while line[begun[-1]] not in _ISOLATE:  # what is begun inside ends with it
                begun.pop()
            whole |= {place, begun.pop()}
    return "".join(letter for place, letter in enumerate(line) if place in whole or not _TURNING.match(letter))


def _shown(letter):
    return letter.isprintable() or letter in SHAPING or bool(_TURNING.match(letter))


def says_something(text: str) -> bool:
    """Whether there is anything in it to be seen."""
    return any(letter.isprintable() and not letter.isspace() for letter in text)


def one_line(field: str, text: str | None, limit: int) -> str:
    """The text as one line, or Invalid(field, "empty" | "too_long"). Characters that show nothing
    (control codes) are dropped, and what would turn the line around (`unturned`)."""
    words = unturned(" ".join("".join(letter if _shown(letter) else " " for letter in text or "").split()))
    if not says_something(words):
        raise Invalid(field, "empty")
    if len(words) > limit:
        raise Invalid(field, "too_long", limit=limit)
    return words


def paragraphs(field: str, text: str | None, limit: int) -> str:
    """The text with its line breaks, which may be empty; nothing in it turns it around (`unturned`). Raises
    Invalid(field, "too_long")."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = unturned("\n".join("".join(letter for letter in line if _shown(letter)).rstrip() for line in lines)).strip()
    if len(whole) > limit:
        raise Invalid(field, "too_long", limit=limit)
    return whole


def written(field: str, text: str | None, limit: int) -> str:
    """The same, and there has to be something. Raises Invalid(field, "empty" | "too_long")."""
    words = paragraphs(field, text, limit)
    if not says_something(words):
        raise Invalid(field, "empty")
    return words


def whole_number(field: str, number: int | None, low: int, high: int) -> int:
    """The number, if it is one from low to high. Raises Invalid(field, …)."""
    if number is None:
        raise Invalid(field, "bad_number")
    if not low <= number <= high:
        raise Invalid(field, "out_of_range", low=low, high=high)
    return number


def digits(text: str, most: int) -> int | None:
    """The number that at most so many plain digits say; None for anything else. (`isdigit` alone takes ² for one,
    which is no number.)"""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def one_of(field: str, value: str | int | None, choices):
    """The value, if it is among the choices. Raises Invalid(field, "choose_one")."""
    if value not in choices:
        raise Invalid(field, "choose_one")
    return value


def at_the_beginning(words: str) -> str:
    """The words as they begin a line: the first letter large, everything else (such as the name of a day)
    as it was."""
    return words[:1].upper() + words[1:]


def folded(text: str) -> str:
    """The letters as a search compares them: small, and without accents. `db.folded` asks the database
    for the same."""
    return text.lower() if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text.lower()))
