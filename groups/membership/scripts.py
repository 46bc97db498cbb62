"""Which writing system a letter belongs to, and what it looks like: the tables of Unicode's
Technical Standard 39 (as packed by confusable-homoglyphs) and what they do not cover.

Two texts that look alike share a `fold`; it is for comparing, never for showing."""

import re
import unicodedata

from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data

ANY = {"COMMON", "INHERITED"}  # marks and signs that every script uses
# Written together by honest people (UTS 39, "highly restrictive"); everything else stays alone.
TOGETHER = (
    {"LATIN", "HAN", "HIRAGANA", "KATAKANA"}, {"LATIN", "HAN", "BOPOMOFO"}, {"LATIN", "HAN", "HANGUL"},
)
ORDINARY_MARKS = re.compile("[\u0300-\u036f]")
# Ours: what a tired eye takes for one another, after lower case.
LOOKS = (("rn", "m"), ("vv", "w"), ("l", "i"), ("1", "i"), ("|", "i"), ("0", "o"), ("ß", "ss"), ("ƽ", "s"), ("ʍ", "m"))


def one_script(text: str) -> bool:
    """True when the text is in one script, or in scripts that are written together."""
    scripts = {alias(letter) for letter in text} - ANY
    return len(scripts) <= 1 or any(scripts <= allowed for allowed in TOGETHER)


def fold(text: str) -> str:
    """The text as the eye sees it: letters that look alike become one, accents of the European
    scripts, spaces and signs go."""
    bare = unicodedata.normalize("NFD", text)
    seen = unicodedata.normalize("NFD", "".join(PROTOTYPES.get(letter, letter) for letter in bare))
    seen = ORDINARY_MARKS.sub("", seen).casefold()
    for looks_like, plain in LOOKS:
        seen = seen.replace(looks_like, plain)
    return "".join(letter for letter in seen if letter.isalnum() or unicodedata.category(letter)[0] == "M")


def _prototypes():
    """One letter to what it is taken for. The package stores each pair in both directions, so every
    group of look-alikes is a star: its middle is the one with several neighbours."""
    plain = {_bare(letter): [_bare(other["c"]) for other in others] for letter, others in confusables_data.items()}
    order = {letter: place for place, letter in enumerate(plain)}
    prototypes = {}
    for letter, others in plain.items():
        if len(letter) == 1 and len(others) == 1:
            other = others[0]
            # A pair says each thing twice; the standard lists what is confused before what it is taken for.
            if len(plain[other]) > 1 or len(other) > 1 or order[letter] < order[other]:
                prototypes[letter] = other
    return prototypes


def _bare(text):
    return text.replace("\u200e", "")  # the standard's file wraps right-to-left letters in marks


PROTOTYPES = _prototypes()
