"""Invitations to meet elsewhere, and hints at it, found in a line of words or in the flat text."""

import re
from functools import cache
from typing import NamedTuple

from groups.guard import english, languages
from groups.guard.cues import ASKING, YOURS
from groups.guard.cues import TELLING as TOLD
from groups.guard.cues import TO_ONESELF as TO_THEMSELVES
from groups.guard.flat import laid_flat
from groups.guard.reading import MAYBE, SURE, Line

APP = f"[{SURE}{MAYBE}]"
SIGN = re.compile(APP)
BEFORE, AFTER = 120, 60  # letters around a service in which a phrase that names it lies
SENTENCE = re.compile(r"[^|?]+")
_ways = "".join(f"(?<= {word} )|" for word in "on via my over your auf per sur su".split()) + "(?<= on the )"
SERVICE = re.compile(rf"(?<= ){SURE}|(?:{_ways}){MAYBE}")
LONG = 240  # letters: of a longer sentence only what is near a service is weighed
BEYOND = ("ru", "uk", "ar")  # languages written in other alphabets only


def asked(line: Line) -> list[tuple[int, int]]:
    """Stretches of the line in which somebody asks to be met on a service, or for an address."""
    found = [place.span() for place in _search(patterns().plain, line.text)] + _sentences_asking(line.text)
    for start, end in _near_services(line.text):
        found += [place.span() for place in _search(patterns().named, line.text, start, end)]
        found += [place.span() for place in _search(patterns().told_or_asked, line.text, start, end) if _is_asking(line.text, place.start())]
    return found


def hinted(line: Line) -> list[tuple[int, int]]:
    """Stretches of the line that only hint at it."""
    return [place.span() for place in _search(patterns().vague, line.text)]


def asked_unspaced(text: str) -> list[tuple[int, int]]:
    """The same in a flat text whose words are not set apart: Chinese, Japanese, Korean."""
    return [] if text.isascii() else [place.span() for place in patterns().unspaced.finditer(text)]


def hinted_unspaced(text: str) -> list[tuple[int, int]]:
    """Hints in such a text."""
    return [] if text.isascii() else [place.span() for place in patterns().unspaced_vague.finditer(text)]


def _sentences_asking(text):
    """Stretches from what asks to the service, in sentences that name one and tell nothing."""
    found = []
    for sentence in SENTENCE.finditer(text):
        services = [sign.start() for sign in SERVICE.finditer(text, *sentence.span())]
        if services and text[sentence.end() : sentence.end() + 1] == "?" and not TO_ONESELF.search(sentence[0]) and not patterns().told_anyhow.search(sentence[0]):
            found.append((services[0], services[-1] + 1))
        elif services:
            for near, far in _around(services, *sentence.span()):
                part = text[near:far]
                for asking, telling in patterns().latin_cues if part.isascii() else patterns().cues:
                    if (cue := asking.search(part)) and not telling.search(part):
                        spots = [near + cue.start(), near + cue.end(), *(sign for sign in services if near <= sign < far)]
                        found.append((min(spots), max(spots) + 1))
                        break
    return found


def _around(services, start, end):
    """The sentence, or of a very long one what is near its services."""
    if end - start <= LONG:
        return [(start, end)]
    return [(max(start, first - LONG // 2), min(end, first + LONG // 2)) for first in services[:: max(1, len(services) * LONG // (end - start))]]


def _search(alphabets, text, start=0, end=None):
    """Every place of the patterns; those of other alphabets are looked for only where there are such letters."""
    own, beyond = alphabets
    end = len(text) if end is None else end
    chosen = own if text.isascii() else own + beyond
    return (place for pattern in chosen for place in pattern.finditer(text, start, end))


def _near_services(text):
    """Stretches of the line around the signs of services, none overlapping another: a phrase is no longer."""
    stretches = []
    for sign in SIGN.finditer(text):
        start, end = max(0, sign.start() - BEFORE), text.find(" ", min(len(text) - 1, sign.end() + AFTER)) + 1 or len(text)
        if stretches and start < stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def _is_asking(text, start):
    """Whether an imperative is one: 'he used to find me on …' is told."""
    before = text[max(0, start - 30) : start].split()
    if not before or before[-1] not in TELLING:
        return len(before) < 2 or before[-1] != "to" or before[-2] in english.OFFERING
    return before[-2:-1] == ["you"]  # you could find me


def _compiled(phrases, app=APP):
    return [re.compile(f"(?<= )(?:{laid_flat(phrase).replace('APP', app)})(?= |$)") for phrase in phrases]


def _by_alphabet(english_ones, by_language, app=APP, needs=""):
    """The patterns in Latin letters, and those in others; with `needs`, of the languages only those that have it."""
    every = [(language, one) for language, phrases in by_language.items() for one in phrases if not needs or re.search(needs, one)]
    own = [one for language, one in every if language not in BEYOND]
    return _compiled((*english_ones, *own), app), _compiled([one for language, one in every if language in BEYOND], app)


def _unspaced(phrases, names):
    return re.compile(laid_flat("|".join(phrases)).replace("APP", f"(?:{laid_flat('|'.join(names))})"))


TELLING = set(english.TELLING)
TO_ONESELF = re.compile(f"(?<= )(?:{laid_flat(TO_THEMSELVES)})(?= )")


class Patterns(NamedTuple):
    """Everything that is looked for. told_or_asked, named, plain, vague: those in Latin letters, and those in
    others. cues, latin_cues: of each language what asks, and what tells."""

    told_or_asked: tuple
    named: tuple
    plain: tuple
    vague: tuple
    cues: list
    latin_cues: list
    told_anyhow: re.Pattern
    unspaced: re.Pattern
    unspaced_vague: re.Pattern


@cache
def patterns() -> Patterns:
    """All of them, made when the first text is read closely, or when a server that has started has time: making
    them takes it some 60 ms."""
    named = _by_alphabet(english.OFFERED, languages.ASKED)
    named[0].append(re.compile(english.VERB.replace("APP", APP)))
    cues = [tuple(re.compile(f"(?<= )(?:{laid_flat(cues[language])})(?= )") for cues in (ASKING, TOLD)) for language in ASKING]
    told_anyhow = "|".join(cues for language, cues in TOLD.items() if language != "pl")
    return Patterns(
        told_or_asked=_by_alphabet(english.ASKED, {}),
        named=named,
        # Among other things these ask for a number; there the name of a service is only one of the things.
        plain=_by_alphabet((*english.PLAIN, *YOURS), languages.ASKED, SURE, needs=r"\|APP|APP\||nummer|numara|رقم"),
        vague=_by_alphabet(english.VAGUE, languages.VAGUE),
        cues=cues,
        latin_cues=[cues for cues, language in zip(cues, ASKING, strict=True) if language not in BEYOND],
        told_anyhow=re.compile(f"(?<= )(?:{laid_flat(told_anyhow)})(?= )"),
        unspaced=_unspaced(languages.UNSPACED, languages.UNSPACED_NAMES),
        unspaced_vague=_unspaced(languages.UNSPACED_VAGUE, languages.UNSPACED_NAMES),
    )
