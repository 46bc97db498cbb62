"""Which hours of the calendar somebody wants to see, as an address says it. Pure.

An address stays in histories and in the notes of machines on the way. So what a group says of itself
is written there as a sign nobody can read, and so are the words somebody looked for."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from hashlib import sha256

from groups.errors import Invalid
from groups.text import folded, one_line

MINE = "mine"  # as a group: all of the reader's
ACCESS = {"open": "open to anybody", "members": "for members"}
WORDS_LIMIT, MOST_WORDS = 60, 6
NAMES = {  # of a filter's fields, in an address
    "words": "q", "language": "language", "kind": "kind", "whom": "for", "access": "who", "group": "group", "room": "room",
    "serving": "serve",
}


@dataclass(frozen=True)
class Option:
    """One value of a field: what it is called on a page, and what it stands for where it is stored."""

    label: str
    stands_for: object = None


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, {value in the address: Option}. kinds stand for the wordings of a
    kind, whom for those of a group's "for whom"; groups and rooms for ids. can_serve: whether anybody
    knows at which hours the reader serves."""

    languages: Mapping[str, Option] = field(default_factory=dict)
    kinds: Mapping[str, Option] = field(default_factory=dict)
    whom: Mapping[str, Option] = field(default_factory=dict)
    access: Mapping[str, Option] = field(default_factory=dict)
    groups: Mapping[str, Option] = field(default_factory=dict)
    rooms: Mapping[str, Option] = field(default_factory=dict)
    can_serve: bool = False


@dataclass(frozen=True)
class Filter:
    """What was chosen; empty fields leave nothing out. words: as they were typed."""

    words: str = ""
    language: str = ""
    kind: str = ""
    whom: str = ""
    access: str = ""
    group: str = ""
    room: str = ""
    serving: bool = False

    @property
    def is_on(self) -> bool:
        """True when something is left out."""
        return self != EVERYTHING

    @property
    def looked_for(self) -> list[str]:
        """The words, as a search compares them."""
        return folded(self.words).split()[:MOST_WORDS]

    @cached_property
    def query(self) -> dict[str, str]:
        """What of it stands in an address; asked for by every link on a page."""
        chosen = asdict(self) | {"words": hidden(self.words), "serving": "1" if self.serving else ""}
        return {NAMES[name]: value for name, value in chosen.items() if value}

    def without(self, name: str) -> "Filter":
        """The same, one field empty; a room goes with its group."""
        empty = {name: getattr(EVERYTHING, name)}
        return replace(self, **empty | ({"room": ""} if name == "group" else {}))

    def parts(self, choices: Choices) -> dict[str, str]:
        """{field: what it says on a page}, for those that are on: "Deutsch", "for women", "“light”"."""
        said = {
            "language": choices.languages, "kind": choices.kinds, "whom": choices.whom, "access": choices.access,
            "group": choices.groups, "room": choices.rooms,
        }
        found = {name: options[getattr(self, name)].label for name, options in said.items() if getattr(self, name)}
        if self.whom:
            found["whom"] = f"for {found['whom']}"
        if self.serving:
            found["serving"] = "where I serve"
        return found | ({"words": f"“{self.words}”"} if self.words else {})


EVERYTHING = Filter()


def read(address: Mapping[str, str], choices: Choices) -> tuple[Filter, Invalid | None]:
    """The filter an address asks for, and the first thing in it that could not be read, which is left
    out. The group is looked up before, because one that is not there is another matter."""
    wanted = {name: address.get(key) or "" for name, key in NAMES.items()}
    options = {
        "language": choices.languages, "kind": choices.kinds, "whom": choices.whom, "access": choices.access,
        "group": choices.groups, "room": choices.rooms, "serving": {"1": None} if choices.can_serve else {},
    }
    problem, chosen = None, {}
    try:
        chosen["words"] = shown(wanted["words"])
    except Invalid as unclear:
        problem = unclear
    for name, known in options.items():
        if wanted[name] in known:
            chosen[name] = wanted[name]
        elif wanted[name]:
            problem = problem or Invalid(NAMES[name], "no_such_choice")
    return Filter(**chosen | {"serving": "serving" in chosen}), problem


def sign(text: str) -> str:
    """What stands for a text in an address: the same for the same words, and nothing anybody can read."""
    return sha256(" ".join(folded(text).split()).encode()).hexdigest()[:8]


def signed(texts) -> dict[str, Option]:
    """Options for texts people wrote; those that differ in case or accents only are one."""
    found: dict[str, Option] = {}
    for text in filter(None, texts):
        known = found.get(sign(text), Option(text, ()))
        found[sign(text)] = replace(known, stands_for=(*known.stands_for, text))
    return dict(sorted(found.items(), key=lambda one: folded(one[1].label)))


def hidden(words: str) -> str:
    """Words for an address: not locked away, but nothing the eye can read."""
    return urlsafe_b64encode(words.encode()).decode().rstrip("=")


def shown(text: str) -> str:
    """The words again. Raises Invalid("q", "no_such_choice") for what is none, or too long."""
    if not text:
        return ""
    try:
        return one_line("q", urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode(), WORDS_LIMIT)
    except (binascii.Error, ValueError, Invalid):
        raise Invalid("q", "no_such_choice") from None
