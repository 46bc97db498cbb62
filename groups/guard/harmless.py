"""A quick first look: texts in which there can be nothing to find, told without reading them closely.

Most of what people say in a room is plain words with plain stops between them. Such a text can only
hold a way to be reached if one of a few hundred words is in it: the name of a service or what is left of
one, something that is asked for (number, mail), or a row of figures that were said. Where none is, the
close reading would find nothing, and that is a twentieth of its cost. It is left out only in plain
English letters; whatever looks odd in the least is read closely. A test holds this to what is found
without it. Nothing is remembered of what people wrote."""

import re
from itertools import accumulate, product
from string import ascii_lowercase

from groups.guard.addresses import DOT_WORDS, SPACED
from groups.guard.apps import PROVIDERS
from groups.guard.flat import APART
from groups.guard.numerals import FIGURES, HUNDREDS, TIMES
from groups.guard.phones import FEWEST
from groups.guard.pictured import THINGS
from groups.guard.reading import BEGINNINGS, LONG_NAMES, LONG_STARTS, LOOKS, MAYBES, NAMED, PIECES, STEM_STARTS, is_name

_word = "[a-z]+(?:'[a-z]+)?(?:-[a-z]+(?:'[a-z]+)?)*"
PLAIN = re.compile(rf"\s?(?:{_word}[,;.!?]{{0,3}}(?:[ \n]{{1,2}}|\Z))*")
TOKEN = re.compile("[a-z]+")
ASKED_FOR = """
    number numbers digits contact contacts email emails mail address addresses handle handles nick nicks nickname username user socials details link invite
    phone cell mobile dm pm inbox gamer gamertag nummer nummern handynummer handynummern telefonnummer telefonnr nummertje numero numer telefono telefone
    telefoon telefon telefonunu telephone tel contato contacto contatto correo indirizzo adres adresse mailadresse numarani numaranizi
""".split()
LINKS = "http https hxxp hxxps ftp www mailto slash underscore unterstrich guion tiret liamg liamtoh oohay kooltuo moc".split()
LOUD = {*NAMED, *MAYBES, *PROVIDERS, *DOT_WORDS, *SPACED, *TIMES, *HUNDREDS, *ASKED_FOR, *LINKS, *THINGS}
FEW = (FEWEST - 1) // max(map(len, FIGURES.values()))  # words for figures that together are no number yet

DRAWN_OUT = re.compile(r"([a-z])\1+")
LONG = set(LONG_NAMES)
PAIRS = map("".join, product(ascii_lowercase, repeat=2))
STARTS = {pair for pair in PAIRS if pair.translate(LOOKS) in LONG_STARTS} | {stem[:2] for stem in STEM_STARTS}
FIRST_PIECES = {beginning for beginning in BEGINNINGS if len(beginning) > 1}


def is_harmless(words: str) -> bool:
    """True where it is certain that the usual guard finds nothing in these words."""
    text = words.lower()
    if not text.isascii() or not PLAIN.fullmatch(text) or " me there" in text:
        return False
    said = TOKEN.findall(text)
    if not LOUD.isdisjoint(said) or _is_like_a_name([word for word in said if word[:2] in STARTS]):
        return False
    if [len(word) for word in said].count(1) > 2 and APART.search(text):  # three letters one by one: w h a
        return False
    figures = said if "'" not in text else TOKEN.findall(text.replace("'", "")) + said
    return len([word for word in figures if word in FIGURES]) <= FEW and not _in_pieces(said)


def _is_like_a_name(candidates):
    """Whether one of these words is a service's name, with an ending, or with letters drawn out or put for others.
    (What `reading.look` makes of a word, for all of them at once.)"""
    looked_at = DRAWN_OUT.sub(lambda drawn: drawn[1], " ".join(candidates).replace("vv", "w").replace("rn", "m").replace("l", "i"))
    return not LONG.isdisjoint(looked_at.split()) or any(map(is_name, [word for word in candidates if word[:5] in STEM_STARTS]))


def _in_pieces(said):
    """Whether words in a row may be a name written apart: tele gram. (Was a p… may be one; was a week is none.)"""
    if FIRST_PIECES.isdisjoint(said):
        return False
    return any(_goes_on(said[place : place + PIECES]) for place, word in enumerate(said) if word in FIRST_PIECES)


def _goes_on(pieces):
    """Whether these, put together one after the other, come to a name, or are still the beginning of one."""
    for joined in list(accumulate(pieces))[1:]:
        if joined not in BEGINNINGS or joined in NAMED:
            return joined in NAMED
    return len(pieces) == PIECES
