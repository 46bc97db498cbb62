"""Words laid flat: what a disguised text says to the eye, with a way back to where it stood.

Letters of any width, weight or frame become plain small ones, accents and invisible characters go,
digits of every script become 0-9, pictures become spaces, letters borrowed from a look-alike
alphabet become the Latin ones they are taken for, and letters set apart (t e l e g r a m) move
together. One walk over the text for each, so that the cost grows with its length and no faster."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from groups.membership.scripts import PROTOTYPES

DOTS = "。．・·•․‧∙●⋅｡"
POINTERS = "→➡⟶⇒➜➔👉»›＝："
OTHER_LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ƒ": "f", "ə": "e", "ɑ": "a", "ɡ": "g", "ʟ": "l",
    "ɴ": "n", "ʀ": "r", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ʏ": "y", "ʙ": "b", "ꜱ": "s", "ꜰ": "f", "€": "€",
}
PUNCTUATION = {"Pd": "-", "Ps": "(", "Pe": ")"}
# Drawn as nothing, or upon the letter before; the last ranges are Arabic vowel signs and its stretcher.
UNSEEN = re.compile(
    "[\u0300-\u036f\u20d0-\u20ff\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\u064b-\u065f\u0670\u0640]"
)
FRAMED = re.compile(r"(?:LATIN CAPITAL LETTER|LATIN LETTER SMALL CAPITAL|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])$")
# Alphabets whose letters pass for Latin ones. Chinese or Arabic beside Latin is no disguise.
BORROWED = re.compile("[\u0370-\u058f\u10a0-\u10ff\u13a0-\u13ff\u1c80-\u1cbf\u2c80-\u2cff\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf]")
CHUNK = re.compile(r"\S+")
ONE = r"(?<![^\W_])[^\W_](?![^\W_])"  # a letter or digit that stands alone
APART = re.compile(rf"{ONE}(?:[ .\-_*/~,|+]{{1,3}}{ONE}){{2,}}")
GAP = re.compile(r"[ .\-_*/~,|+]+")


class Flat(msgspec.Struct, frozen=True):
    """A text laid flat; `places[i]` is where letter i stood in the text as written."""

    text: str
    places: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the flat text (never an empty one) stood in the text as written."""
        return self.places[start], self.places[end - 1] + 1


def flatten(words: str) -> Flat:
    """Lay a text flat. Total: whatever was typed has a flat form, perhaps an empty one."""
    if words.isascii():
        return _drawn_together(_lines_to_spaces(words.lower()), range(len(words)))
    letters, places = [], []
    for place, letter in enumerate(words):
        for flat in plain(letter):
            letters.append(flat)
            places.append(place)
    return _drawn_together(_unborrowed("".join(letters)), places)


def laid_flat(ours: str) -> str:
    """Words or a pattern of ours in the letters of a flat text; what is ASCII is kept, signs and all."""
    return "".join(letter if letter.isascii() else plain(letter) for letter in ours)


@lru_cache(maxsize=8192)
def plain(letter: str) -> str:
    """One letter as the eye reads it: none, one or several plain letters."""
    if UNSEEN.match(letter):
        return ""
    if letter in DOTS:
        return "."
    if letter in POINTERS:
        return ":"
    decomposed = unicodedata.normalize("NFKD", letter).casefold()
    bare = unicodedata.normalize("NFC", UNSEEN.sub("", decomposed))  # kana and Hangul stay whole
    return "".join(_plainest(one) for one in bare)


def _plainest(letter):
    if letter.isascii():
        return letter if letter.isprintable() else " "
    if letter in OTHER_LETTERS:
        return OTHER_LETTERS[letter]
    kind = unicodedata.category(letter)
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    if kind in ("So", "Lu", "Ll", "Sk") and (framed := FRAMED.search(unicodedata.name(letter, ""))):
        return framed[1].lower()
    if kind in PUNCTUATION:
        return PUNCTUATION[kind]
    if kind[0] == "L" and unicodedata.name(letter, "").startswith("LATIN"):
        like = PROTOTYPES.get(letter, letter)
        return like.lower() if like.isascii() and like.isalpha() else letter
    if kind[0] in "LNMP":
        return letter
    return " "  # pictures, signs, spaces, controls, what is not assigned


def _lines_to_spaces(text):
    return text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)


def _unborrowed(text):
    """Look-alike letters become Latin in a chunk that has Latin ones too: gmаil.соm, Τelegram. A
    chunk with a letter that looks like no Latin one is honestly in two alphabets, and stays."""
    return CHUNK.sub(_latin, text) if BORROWED.search(text) else text


def _latin(chunk):
    borrowed = BORROWED.findall(chunk[0])
    if borrowed and re.search("[a-z]", chunk[0]) and all(ord(letter) in LATIN for letter in borrowed):
        return chunk[0].translate(LATIN)
    return chunk[0]


def _drawn_together(text, places):
    """Three or more letters that stand alone become a word; the widest gaps among them stay. Digits
    alone are left as they are: how they are grouped tells a number from a count."""
    kept, last = [], 0
    for run in APART.finditer(text):
        if not re.search(r"[^\W\d_]", run[0]):
            continue
        gaps = [(gap.start() + run.start(), gap[0]) for gap in GAP.finditer(run[0])]
        narrow = min(len(gap) for _, gap in gaps)
        for start, gap in gaps:
            kept.extend(range(last, start))
            last = start + len(gap)
            if len(gap) > narrow:
                mark = gap.strip()
                kept.append(start + gap.index(mark[0]) if mark else start)
    if not kept:
        return Flat(text, places)
    kept.extend(range(last, len(text)))
    return Flat("".join(text[one] for one in kept), [places[one] for one in kept])


LATIN = {
    ord(letter): PROTOTYPES[letter].lower() for letter in PROTOTYPES
    if BORROWED.match(letter) and len(PROTOTYPES[letter]) == 1 and PROTOTYPES[letter].isascii() and PROTOTYPES[letter].isalnum()
}
LATIN |= {ord(small): like for small, like in zip("авекмнорстухіјѕԁԛԝһγνορικατβηε", "abekmhopctyxijsdqwhyvopikatbne", strict=True)}
