"""The group's log, line by line: what is shown of an entry. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter

from groups.logbook.models import LogEntry
from groups.sentences.log import DETAILS, LOG

ROOM, LEFT, SOMEBODY = "the room", "somebody who left", "somebody"
# What others keep about somebody is not theirs to read, in the log neither: such a line does not say that it is about them.
KEPT_FROM_WHOM = ("report_decided", "note_written", "note_removed", "pattern_looked")


@dataclass(frozen=True)
class Line:
    """One line. number: its place in this group's log, from 1, which it keeps. said: pieces of the
    sentence, each with whether it is a name somebody chose. about: the handle, where the reader may know.
    undone: (name, moment) of who undid it."""

    number: int
    entry: LogEntry
    about: str | None
    said: tuple[tuple[str, bool], ...]
    detail: str
    undone: tuple[str, datetime] | None = None

    @property
    def text(self) -> str:
        """The sentence in one piece."""
        return "".join(piece for piece, _ in self.said)


def line_of(number: int, entry: LogEntry, names: Mapping[str, str], reader: str = "", undone: LogEntry | None = None) -> Line:
    """An entry as a line. names: by handle, of those who are known here still. reader: the handle of whoever
    reads. undone: the entry that undoes it."""
    whom = None if entry.about == reader and entry.action in KEPT_FROM_WHOM else entry.about
    by = _named(entry.by, names, ROOM)
    about = _named(whom, names, SOMEBODY)
    said = tuple(_pieces(LOG.get(entry.action, "{by} did something this log has no words for."), by=by, about=about))
    whole = entry.detail and DETAILS.get(entry.detail, entry.detail.replace("_", " "))
    return Line(number, entry, whom, said, whole or "", undone and (_named(undone.by, names, ROOM)[0], undone.at))


def kind_words(action: str) -> str:
    """What this kind of action is called where one chooses among them: its sentence, about nobody."""
    somebody = (SOMEBODY, False)
    return "".join(piece for piece, _ in _pieces(LOG.get(action, action), by=somebody, about=somebody)).rstrip(".")


def _named(handle, names, nobody):
    """(how to call them, whether somebody chose that name)."""
    if handle is None:
        return nobody, False
    return (names[handle], True) if handle in names else (LEFT, False)


def _pieces(sentence, **people):
    first = True
    for text, field, _, _ in Formatter().parse(sentence):
        if text:
            yield text, False
            first = False
        if field:
            name, chosen = people.get(field, ("…", False))
            yield (name if chosen or not first else name[0].upper() + name[1:]), chosen
            first = False
