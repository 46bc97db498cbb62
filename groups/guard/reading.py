"""A flat text read word by word: digits that stand for letters are read as those, split names of
services are put together, and what is left is one line of words a phrase can be looked for in.

In that line every service is a sign (SURE or MAYBE), a full stop between sentences is a bar, a
question mark stays, and an apostrophe is a space."""

import re
from bisect import bisect_right

import msgspec

from groups.guard.apps import NAMES, PICTURED, WORDS
from groups.guard.flat import Flat, flatten

SURE, MAYBE = "#", "%"  # a name and nothing else; a word as well
TOKEN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
STOP = re.compile(r"[.!?;。！？؟]+(?=\s|$)|[。！？؟]")
QUESTION = re.compile("[?？؟]")
SIGNS = {"@": "a", "$": "s", "!": "i", "|": "i", "€": "e", "(": "c"}
LOOKS = str.maketrans("0134578l@$!|€", "oieastbiasiie")
DRAWN = re.compile(r"(.)\1+")
LONGEST_NAME, PIECES = 24, 4
# What disguised words are read back to; only words the phrases are made of.
KEY_WORDS = """
    find add message text write contact reach follow call search look join meet talk chat move me my you your on at dot com name same nick number
    app group server channel profile gmail hotmail outlook yahoo snap signal direct send give slash underscore phone email mail schreib escribeme
""".split()


class Token(msgspec.Struct):
    """One word as read, and where it stands in the flat text."""

    word: str
    start: int
    end: int


class Line(msgspec.Struct, frozen=True):
    """The words in one line, each with a space before and after, and where each stands in the flat text."""

    text: str
    offsets: list[int]
    tokens: list[Token]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the line stands in the flat text."""
        first = max(0, bisect_right(self.offsets, start) - 1)
        if start >= self.offsets[first] + len(self.tokens[first].word) and first + 1 < len(self.tokens):
            first += 1
        last = max(first, bisect_right(self.offsets, end - 1) - 1)
        return self.tokens[first].start, self.tokens[last].end


def read(flat: Flat) -> Line:
    """Read a flat text into one line of words."""
    tokens = _names_marked(_undisguised(flat.text))
    offsets, place = [], 1
    for token in tokens:
        offsets.append(place)
        place += len(token.word) + 1
    return Line(" " + "".join(token.word + " " for token in tokens), offsets, tokens)


def _undisguised(text):
    """The tokens, with signs and digits read as the letters they stand for where that makes a word we know."""
    found = []
    for part in re.finditer(rf"{TOKEN.pattern}|{STOP.pattern}", text):
        start, end = part.span()
        if STOP.fullmatch(part[0]) and not part[0].isalnum():
            found.append(Token("?" if QUESTION.search(part[0]) else "|", start, end))
            continue
        word = _known(part[0])
        before = text[start - 1 : start]
        if before in SIGNS and before:
            joined = text[found[-1].start : end] if found and found[-1].end == start - 1 and found[-1].word not in "|?" else ""
            if known := len(joined) <= LONGEST_NAME and joined[:2].translate(LOOKS) in KEY_STARTS and LOOKALIKES.get(look(joined)):
                found[-1] = Token(known, found[-1].start, end)
                continue
            if known := (before + part[0][:1]).translate(LOOKS) in KEY_STARTS and LOOKALIKES.get(look(before + part[0])):
                start, word = start - 1, known
        found.append(Token(word, start, end))
    return found


def _known(word):
    if len(word) > LONGEST_NAME or word.isdigit():
        return word
    if any(letter.isdigit() for letter in word):
        return LOOKALIKES.get(look(word), word)
    return LONG_NAMES.get(look(word), word) if word[:2].translate(LOOKS) in LONG_STARTS else word


def look(word: str) -> str:
    """A word as it looks when digits stand for letters and letters are drawn out: t3l3graaam."""
    return DRAWN.sub(r"\1", word.replace("vv", "w").replace("rn", "m").translate(LOOKS))


def _names_marked(tokens):
    """Names of services become signs, also those written in pieces (tele gram) or with an ending."""
    marked, place = [], 0
    while place < len(tokens):
        sign, pieces = _name_at(tokens, place)
        if sign:
            marked.append(Token(sign, tokens[place].start, tokens[place + pieces - 1].end))
            place += pieces
        else:
            marked.append(tokens[place])
            place += 1
    return marked


def _name_at(tokens, place):
    word = tokens[place].word
    if is_name(word):
        return SURE, 1
    joined = word
    for pieces in range(2, PIECES + 1):
        if joined not in BEGINNINGS or len(word) < 2 or place + pieces > len(tokens):
            break
        joined += tokens[place + pieces - 1].word
        if len(joined) > 4 and joined in NAMED:
            return SURE, pieces
    if place + 1 < len(tokens) and tokens[place + 1].word == "app" and word in PICTURED:
        return SURE, 2
    return (MAYBE, 1) if word in MAYBES else ("", 1)


def is_name(word: str) -> bool:
    """True for the name of a service and nothing else, also with an ending."""
    if word in NAMED:
        return True
    return word[:5] in STEM_STARTS and any(word[:cut] in STEMS for cut in range(max(5, len(word) - 4), len(word)))  # instagramım, telegramie


NAMED = {flatten(name).text for name in NAMES}
STEMS = {name for name in NAMED if len(name) >= 5}
STEM_STARTS = {stem[:5] for stem in STEMS}
BEGINNINGS = {name[:cut] for name in NAMED for cut in range(1, len(name))}
MAYBES = set(WORDS)
LOOKALIKES = {look(word): word for word in (*WORDS, *KEY_WORDS, *NAMED) if word.isascii() and len(word) > 1}
LONG_NAMES = {look(word): word for word in (*NAMED, "gmail", "hotmail") if word.isascii() and len(word) >= 5}
KEY_STARTS = {word[:2] for word in LOOKALIKES}
LONG_STARTS = {word[:2] for word in LONG_NAMES} | {"vv", "rn"}
