"""A quick first look: texts in which there can be nothing to find, told without reading them closely.

Most of what people say in a room is plain words with plain stops between them. Such a text can only
hold a way to be reached if one of a few hundred words is in it: the name of a service or what is left of
one, something that is asked for (number, mail), or a row of figures that were said. Where none is, the
close reading would find nothing, and that is a twentieth of its cost. It is left out only in plain
English letters; whatever looks odd in the least is read closely. A test holds this to what is found
without it. Nothing is remembered of what people wrote."""

import re
from string import ascii_lowercase as LETTERS

from groups.guard.addresses import DOT_WORDS, SPACED
from groups.guard.apps import PROVIDERS
from groups.guard.flat import APART
from groups.guard.numerals import FIGURES, HUNDREDS, TIMES
from groups.guard.phones import FEWEST
from groups.guard.reading import BEGINNINGS, LONG_NAMES, LONG_STARTS, LOOKS, MAYBES, NAMED, is_name, meant

_word = "[a-z]+(?:'[a-z]+)?(?:-[a-z]+(?:'[a-z]+)?)*"
PLAIN = re.compile(rf"\s?(?:{_word}[,;.!?]{{0,3}}(?:[ \n]{{1,2}}|\Z))*")
TOKEN = re.compile("[a-z]+")
ASKED_FOR = """
    number numbers digits contact contacts email emails mail address addresses handle handles nick nicks nickname username user socials details link invite
    phone cell mobile dm pm inbox gamer gamertag nummer nummern handynummer handynummern telefonnummer telefonnr nummertje numero numer telefono telefone
    telefoon telefon telefonunu telephone tel contato contacto contatto correo indirizzo adres adresse mailadresse numarani numaranizi
""".split()
LINKS = "http https hxxp hxxps ftp www mailto slash underscore unterstrich guion tiret liamg liamtoh oohay kooltuo moc".split()
LOUD = {*NAMED, *MAYBES, *PROVIDERS, *DOT_WORDS, *SPACED, *TIMES, *HUNDREDS, *ASKED_FOR, *LINKS}
FEW = (FEWEST - 1) // max(map(len, FIGURES.values()))  # words for figures that together are no number yet

STARTS = {one + other for one in LETTERS for other in LETTERS if (one + other).translate(LOOKS) in LONG_STARTS or one + other in LONG_STARTS}
SHORTEST = min(map(len, LONG_NAMES))


def is_harmless(words: str) -> bool:
    """True where it is certain that the usual guard finds nothing in these words."""
    text = words.lower()
    if not text.isascii() or not PLAIN.fullmatch(text) or " me there" in text or APART.search(text):
        return False
    said = TOKEN.findall(text)
    if not LOUD.isdisjoint(said) or any(map(_is_drawn_out, said)) or any(map(is_name, said)):
        return False
    figures = said if "'" not in text else TOKEN.findall(text.replace("'", "")) + said
    return sum(word in FIGURES for word in figures) <= FEW and not _in_pieces(said)


def _is_drawn_out(word):
    return word[:2] in STARTS and len(word) >= SHORTEST and meant(word) != word


def _in_pieces(said):
    """Whether a word and the next may be the beginning of a name written apart: tele gram."""
    return any(
        one in BEGINNINGS and len(one) > 1 and ((joined := one + after) in BEGINNINGS or joined in NAMED)
        for one, after in zip(said, said[1:], strict=False)
    )
