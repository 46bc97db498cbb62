"""The group's log, line by line: what is shown of an entry. Pure.

Of when it was, only the day is: the same minute in the logs of two groups would say that two names are one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from string import Formatter

from groups.logbook.models import LogEntry
from groups.sentences.log import DETAILS, LOG
from groups.text import at_the_beginning

ROOM, LEFT, SOMEBODY = "the room", "somebody who left", "somebody"
# Of these there is no line at all for whom it is about: one line more than they can read reports would say it.
NO_LINE_FOR_WHOM = ("report_made", "report_decided", "report_lapsed")
# What others keep about somebody is not theirs to read, in the log neither: such a line does not say that it is about them.
KEPT_FROM_WHOM = (*NO_LINE_FOR_WHOM, "note_written", "note_removed", "pattern_looked")


@dataclass(frozen=True)
class Line:
    """One line. number: its place in this group's log, from 1, which it keeps. said: pieces of the
    sentence, each with whether it is a name somebody chose. about: the handle, where the reader may know. report: the
    report behind it, but for the one it is about: a step they know of, that somebody told of them they do not.
    detail, agreement, until: what the sentence does not say already. undone: (name, moment) of who undid it."""

    number: int
    entry: LogEntry
    about: str | None
    said: tuple[tuple[str, bool], ...]
    detail: str
    agreement: int | None
    until: datetime | None
    undone: tuple[str, datetime] | None = None
    report: str | None = None

    @property
    def text(self) -> str:
        """The sentence in one piece."""
        return "".join(piece for piece, _ in self.said)


@dataclass(frozen=True)
class Known:
    """Whom and what a log speaks of: names by handle, of those who are known here still; of rooms by
    their public id; and the handle of whoever reads, with the zone of their clock."""

    names: Mapping[str, str]
    rooms: Mapping[str, str]
    reader: str = ""
    zone: tzinfo = UTC


def line_of(number: int, entry: LogEntry, known: Known, undone: LogEntry | None = None) -> Line:
    """An entry as a line. undone: the entry that undoes it."""
    whom = None if entry.about == known.reader and entry.action in KEPT_FROM_WHOM else entry.about
    detail = _detailed(entry, known.rooms)
    until = f"{entry.until.astimezone(known.zone):%-d %B %Y}" if entry.until else "…"
    sentence = LOG.get(entry.action, "{by} did something this log has no words for.")
    said = tuple(_pieces(
        sentence, by=_named(entry.by, known.names, ROOM), about=_named(whom, known.names, SOMEBODY), detail=(detail or "…", False),
        agreement=(str(entry.agreement or "…"), False), until=(until, False),
    ))
    return Line(
        number, entry, whom, said, "" if "{detail}" in sentence else detail, None if "{agreement}" in sentence else entry.agreement,
        None if "{until}" in sentence else entry.until, undone and (_named(undone.by, known.names, ROOM)[0], undone.at),
        None if entry.about == known.reader else entry.report,
    )


def kind_words(action: str) -> str:
    """What this kind of action is called where one chooses among them: its sentence, about nobody, and
    without what is different each time."""
    somebody = (SOMEBODY, False)
    sentence = re.sub(r"[:.][^:.]*:? *\{detail\}", "", LOG.get(action, action))
    return "".join(piece for piece, _ in _pieces(sentence, by=somebody, about=somebody)).rstrip(".")


def _detailed(entry, rooms):
    if entry.action.startswith("room_"):
        return rooms.get(entry.detail, "")
    return DETAILS.get(entry.detail, entry.detail.replace("_", " "))


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
            yield (name if chosen or not first else at_the_beginning(name)), chosen
            first = False
