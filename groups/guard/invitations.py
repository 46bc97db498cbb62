"""Invitations to meet elsewhere, and hints at it, found in a line of words or in the flat text."""

import re

from groups.guard import english, languages
from groups.guard.flat import plain
from groups.guard.reading import MAYBE, SURE, Line

APP = f"[{SURE}{MAYBE}]"


def asked(line: Line) -> list[tuple[int, int]]:
    """Stretches of the line in which somebody asks to be met on a service, or for an address."""
    found = []
    if SURE in line.text or MAYBE in line.text:
        found += [place.span() for place in _search(NAMED, line.text)]
        found += [place.span() for place in _search(TOLD_OR_ASKED, line.text) if _is_asking(line.text, place.start())]
    return found + [place.span() for place in _search(PLAIN, line.text)]


def hinted(line: Line) -> list[tuple[int, int]]:
    """Stretches of the line that only hint at it."""
    return [place.span() for place in _search(VAGUE, line.text)]


def asked_unspaced(text: str) -> list[tuple[int, int]]:
    """The same in a flat text whose words are not set apart: Chinese, Japanese, Korean."""
    return [] if text.isascii() else [place.span() for place in UNSPACED.finditer(text)]


def hinted_unspaced(text: str) -> list[tuple[int, int]]:
    """Hints in such a text."""
    return [] if text.isascii() else [place.span() for place in UNSPACED_VAGUE.finditer(text)]


def _search(patterns, text):
    return (place for pattern in patterns for place in pattern.finditer(text))


def _is_asking(text, start):
    """Whether an imperative is one: 'he used to find me on …' is told."""
    before = text[max(0, start - 30) : start].split()
    if not before or before[-1] not in TELLING:
        return len(before) < 2 or before[-1] != "to" or before[-2] in english.OFFERING
    return before[-2:-1] == ["you"]  # you could find me


def laid_flat(pattern: str) -> str:
    """A pattern in the letters of a flat text."""
    return "".join(letter if letter.isascii() else plain(letter) for letter in pattern)


def _compiled(patterns, app=APP):
    return [re.compile(f"(?<= )(?:{laid_flat(pattern).replace('APP', app)})(?= |$)") for pattern in patterns]


def _every(by_language):
    return [pattern for patterns in by_language.values() for pattern in patterns]


def _unspaced(patterns, names):
    return re.compile(laid_flat("|".join(patterns)).replace("APP", f"(?:{laid_flat('|'.join(names))})"))


TELLING = set(english.TELLING)
TOLD_OR_ASKED = _compiled(english.ASKED)
NAMED = _compiled((*english.OFFERED, *_every(languages.ASKED))) + [re.compile(laid_flat(english.VERB[0]).replace("APP", APP))]
PLAIN = _compiled((*english.PLAIN, *(one for one in _every(languages.ASKED) if "|APP" in one or "APP|" in one)), "§")
VAGUE = _compiled((*english.VAGUE, *_every(languages.VAGUE)))
UNSPACED = _unspaced(languages.UNSPACED, languages.UNSPACED_NAMES)
UNSPACED_VAGUE = _unspaced(languages.UNSPACED_VAGUE, languages.UNSPACED_NAMES)
