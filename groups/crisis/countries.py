"""The lines of every country, read once from `countries/*.json` and checked on the way in: a number
that cannot be dialled, or a line nobody can reach, stops the start. Pure but for that reading.

How to check and change them: `docs/crisis-lines.md`."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from groups.text import folded

FOLDER = Path(__file__).parent / "countries"
OLD = timedelta(days=365)  # after this the page asks people to tell us when a number does not answer
DIALLED = re.compile(r"[+*]?\d(?:[\d ]*\d)?")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
CODE = re.compile(r"[A-Z]{2}")

# What a line is for, and how that is said.
NEEDS = {
    "anybody": "For anybody", "home": "When somebody at home hurts or frightens you", "sexual": "After sexual violence",
    "violence": "After violence of any kind",
}
Need = Literal["anybody", "home", "sexual", "violence"]
# Who wrote the number down where we found it again.
Kind = Literal["own", "public", "others", "list"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A misspelt field is an error, not a line without its number."""


class Found(Strict):
    """Where the number stood when it was last checked. kind: on the service's own pages, a public
    body's, those of others, or in a list that others keep."""

    kind: Kind
    at: str


class Emergency(Strict):
    """A number for this minute. what: which help comes; None when one number brings all."""

    number: str
    what: str | None = None

    def __post_init__(self):
        _dialled(self.number)


class Text(Strict):
    """Where to send a message, and the word it begins with, if one is asked for."""

    number: str
    word: str | None = None

    def __post_init__(self):
        _dialled(self.number)


class Line(Strict, kw_only=True):
    """One service that listens. hours: None when we do not know. source: its own page. checked: the day
    somebody found the number again, None for not yet."""

    name: str
    needs: tuple[Need, ...]
    languages: tuple[str, ...]
    source: str
    checked: date | None
    phones: tuple[str, ...] = ()
    text: Text | None = None
    whatsapp: str | None = None
    chat: str | None = None
    hours: str | None = None
    note: str | None = None
    found: Found | None = None

    def __post_init__(self):
        for number in (*self.phones, *([self.whatsapp] if self.whatsapp else [])):
            _dialled(number)
        for address in filter(None, (self.source, self.chat, self.found and self.found.at)):
            if not ADDRESS.fullmatch(address):
                raise ValueError(f"{address} is not an address")
        if not self.needs or not self.languages:
            raise ValueError(f"{self.name} does not say what it is for, or in which languages")
        if not (self.phones or self.text or self.whatsapp or self.chat):
            raise ValueError(f"{self.name} cannot be reached by any way")
        if (self.checked is None) != (self.found is None):
            raise ValueError(f"{self.name} was checked without saying where, or found without saying when")

    def is_old(self, today: date) -> bool:
        """Whether it was last checked more than a year ago."""
        return self.checked is not None and today - self.checked > OLD


class Country(Strict):
    """One country and its lines; those for anybody stand first. also: what else people call it."""

    code: str
    name: str
    emergency: tuple[Emergency, ...]
    lines: tuple[Line, ...]
    also: tuple[str, ...] = ()

    def __post_init__(self):
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code} is not a country's code")
        if not self.emergency or not self.lines:
            raise ValueError(f"{self.name} has nobody to call")

    @property
    def in_order(self) -> list[Line]:
        """Its lines as they are shown."""
        return sorted(self.lines, key=lambda line: "anybody" not in line.needs)


class Checked(Strict):
    """Where the emergency numbers of a region were compared, and when."""

    source: str
    checked: date


class Region(Strict):
    """One file."""

    emergency: Checked
    countries: tuple[Country, ...]


def read(text: bytes) -> Region:
    """One region from its file. Raises msgspec.ValidationError with the place and what is wrong there."""
    return msgspec.json.decode(text, type=Region)


@cache
def regions() -> dict[str, Region]:
    """{name of the file: what stands in it}. Raises SystemExit with a sentence for a file that will not do."""
    found = {}
    for file in sorted(FOLDER.glob("*.json")):
        try:
            found[file.stem] = read(file.read_bytes())
        except msgspec.DecodeError as failure:
            raise SystemExit(f"groups/crisis/countries/{file.name} will not do: {failure}") from None
    return found


@cache
def countries() -> dict[str, Country]:
    """{code: country}, in the order of their names. Raises SystemExit when a country stands there twice."""
    every = [country for region in regions().values() for country in region.countries]
    by_code = {country.code: country for country in sorted(every, key=lambda country: folded(country.name))}
    if len(by_code) != len(every):
        raise SystemExit("A country stands twice in groups/crisis/countries.")
    return by_code


def digits(number: str) -> str:
    """A number as a telephone takes it."""
    return number.replace(" ", "")


def _dialled(number):
    if not DIALLED.fullmatch(number) or not 2 <= sum(map(str.isdigit, number)) <= 15:
        raise ValueError(f"{number} cannot be dialled")
