"""Tidying what somebody typed into a field, without changing what they meant. Pure."""

import re
import unicodedata

from groups.errors import Invalid

_MARKS = re.compile("[\u0300-\u036f]")  # accents, once they are taken off their letters


def one_line(field: str, text: str | None, limit: int) -> str:
    """The text as one line, or Invalid(field, "empty" | "too_long"). Characters that show nothing
    (control codes, direction marks) are dropped: they could make one name look like another."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())
    if not words:
        raise Invalid(field, "empty")
    if len(words) > limit:
        raise Invalid(field, "too_long", limit=limit)
    return words


def paragraphs(field: str, text: str | None, limit: int) -> str:
    """The text with its line breaks, which may be empty. Raises Invalid(field, "too_long")."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    whole = "\n".join("".join(letter for letter in line if letter.isprintable()).rstrip() for line in lines).strip()
    if len(whole) > limit:
        raise Invalid(field, "too_long", limit=limit)
    return whole


def written(field: str, text: str | None, limit: int) -> str:
    """The same, and there has to be something. Raises Invalid(field, "empty" | "too_long")."""
    words = paragraphs(field, text, limit)
    if not words:
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
