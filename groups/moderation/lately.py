"""What was done lately by those who look after the groups, as sentences: the last lines of their logs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups.logbook.models import LogEntry
from groups.membership.models import Group, Membership
from groups.schedule.words import clock_words, day_words
from groups.sentences.desk import WORDS
from groups.sentences.log import LOG

SHOWN = 10


@dataclass(frozen=True)
class Done:
    """One action. at: on the reader's clock."""

    at: datetime
    day: str
    text: str
    group: str


def lately(session, groups: Collection[Group], reader: ZoneInfo, now: datetime) -> list[Done]:
    """The last ten actions in these groups, the newest first."""
    by_id = {group.id: group for group in groups}
    query = select(LogEntry).where(LogEntry.group_id.in_(by_id)).order_by(LogEntry.id.desc()).limit(SHOWN)
    entries = [entry for entry in session.scalars(query) if entry.action in LOG]
    handles = {handle for entry in entries for handle in (entry.by, entry.about) if handle}
    known = select(Membership.handle, Membership.name).where(Membership.handle.in_(handles), Membership.left_at.is_(None))
    names = dict(session.execute(known).all()) if handles else {}
    return [_done(entry, by_id[entry.group_id], names, reader, now) for entry in entries]


def said(entry: LogEntry, names: Mapping[str, str], reader: ZoneInfo) -> str:
    """The sentence of one line of the log. names: by handle."""
    facts = {
        "by": names.get(entry.by, WORDS["somebody"]) if entry.by else WORDS["the_room"],
        "about": names.get(entry.about, WORDS["somebody"]), "agreement": entry.agreement, "detail": entry.detail,
        "until": entry.until and _moment(entry.until.astimezone(reader)),
    }
    text = LOG[entry.action].format_map(_Facts(facts))
    return text[0].upper() + text[1:]


def _moment(at):
    return f"{day_words(at.date())}, {clock_words(at)}"


def _done(entry, group, names, reader, now):
    at = entry.at.astimezone(reader)
    day = "" if at.date() == now.astimezone(reader).date() else day_words(at.date())
    return Done(at, day, said(entry, names, reader), group.name)


class _Facts(dict):
    def __missing__(self, name):
        return "…"
