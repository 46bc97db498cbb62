"""Hours as iCalendar (RFC 5545, RFC 7986): somebody's feed, or one date alone. Pure: the same facts on
the same day give the same bytes.

A discreet event says when, in the member's own word, and nothing else. Two feeds of one group have
only the times themselves in common: ids and stamps are each feed's own."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event, vRecur
from icalendar.prop import vDatetime, vDuration, vText, vUri

from groups.formats.choosing import UNKNOWN
from groups.schedule.models import DateChange, Series
from groups.schedule.occurrences import RoomDays
from groups.schedule.places import where
from groups.subscribing.models import Feed, FeedKind
from groups.subscribing.pattern import is_even, pattern_of
from groups.subscribing.vtimezone import vtimezone_text

FILE_NAME = "calendar.ics"
CONTENT_TYPE = "text/calendar; charset=utf-8"
NAME, PRODUCT = "Calendar", "-//Calendar//EN"
PRIVATE, OPAQUE = vText("PRIVATE"), vText("OPAQUE")
REFRESH = timedelta(hours=6)  # what we ask for; some programs take a day all the same
EDITION = 1  # to be raised when this file makes other bytes of the same facts
BLUR = 3600  # seconds
FOLDED = 75  # octets: a line of as many, or more, goes on in the next (RFC 5545, section 3.1)


@dataclass(frozen=True)
class Carried:
    """A series in a feed, and what is true of its dates. The rest only a full feed is given. slug, group:
    whose it is; kinds: what each format is, in two words; meetings: ids of dated hours by own date."""

    series: Series
    decisions: Mapping[date, DateChange]
    days: RoomDays
    slug: str = ""
    group: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    meetings: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """The words of one event. page: the address that leads to the hour; empty in a discreet feed."""

    title: str
    about: str = ""
    page: str = ""

    @classmethod
    def by_name(cls, title: str, group: str, kind: str, page: str) -> "Said":
        """An hour by its name, with whose it is and what kind of hour."""
        return cls(title, f"{group}\n{kind[:1].upper()}{kind[1:]}", page)


def feed_text(feed: Feed, carried: Iterable[Carried], today: date, site: str) -> bytes:
    """The whole feed on this day (UTC). site: our own address, for the links of a full one."""
    found, began = [], {}
    for one in carried:
        if events := _SeriesEvents(feed, one, site).on(today):
            found += events
            began[one.series.zone] = min(began.get(one.series.zone, one.series.first_day), one.series.first_day)
    calendar = _calendar()
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESH), encode=False)
    zones = [vtimezone_text(zone, began[zone].year, today.year) for zone in sorted(began.keys() - {"UTC"})]
    events = [_text(event) for event in sorted(found, key=lambda event: event["UID"])]  # an order of this feed's own
    head, end, _ = calendar.to_ical().rpartition(b"END:VCALENDAR")
    return b"".join([head, *zones, *events, end, b"\r\n"])


def single_text(said: Said, uid: str, starts_at: datetime, ends_at: datetime, stamp: datetime, is_cancelled: bool) -> bytes:
    """One date alone, in UTC: it does not recur, so no change of clocks can move it."""
    calendar, event = _calendar(), _event(uid, stamp, said)
    event.add("DTSTART", starts_at.astimezone(UTC))
    event.add("DTEND", ends_at.astimezone(UTC))
    if is_cancelled:
        event.add("STATUS", "CANCELLED")
    calendar.add_component(event)
    return calendar.to_ical()


def own_id(key: bytes, *what: object) -> str:
    """A UUID that looks random, and that only whoever has this key arrives at again."""
    return str(UUID(bytes=_mac(key, *what)[:16], version=4))


def own_stamp(key: bytes, at: datetime, *what: object) -> datetime:
    """The moment, up to an hour earlier by an amount of this key's own. The exact second at which a
    series was edited would be the same in every member's feed, and tell which of them belong together."""
    return at - timedelta(seconds=int.from_bytes(_mac(key, "stamp", *what)[:8]) % BLUR)


class _SeriesEvents:
    """The events of one series in one feed."""

    def __init__(self, feed: Feed, carried: Carried, site: str):
        self.feed, self.carried, self.series, self.site = feed, carried, carried.series, site
        self.is_full = feed.kind == FeedKind.FULL
        self.uid = own_id(feed.uid_key, self.series.public_id)
        self.stamp = max(own_stamp(feed.uid_key, self.series.changed_at, self.series.public_id), feed.changed_at)

    def on(self, today: date) -> list[Event]:
        """All of them on this day; none when nothing of it is near."""
        pattern = pattern_of(self.series, self.carried.decisions, self.carried.days, today, named=self.is_full)
        if pattern is None:
            return []
        events = [self._recurring(pattern)] if pattern.rule else []
        for one in pattern.changed:
            events.append(self._dated(one, self.uid))
            events[-1].add("RECURRENCE-ID", _written(one.own_start, self.series.zone))
        return events + [self._dated(one, own_id(self.feed.uid_key, self.series.public_id, one.day)) for one in pattern.apart]

    def _recurring(self, pattern):
        event = _event(self.uid, self.stamp, self._said(self.series.title, self.series.format, None))
        event.add("SEQUENCE", self.series.sequence)
        event.add("DTSTART", pattern.first)
        event.add("DTEND", pattern.first + timedelta(minutes=self.series.minutes))  # an even date: clocks stay as they are
        event.add("RRULE", vRecur.from_ical(pattern.rule))
        if pattern.out:
            event.add("EXDATE", pattern.out)
        return self._reminding(event)

    def _dated(self, one, uid):
        event, decision = _event(uid, self.stamp, self._said(one.title, one.format, one.day)), self.carried.decisions.get(one.day)
        event.add("SEQUENCE", max(self.series.sequence, decision.sequence if decision else 0))
        start, minutes = one.starts_at.astimezone(where(self.series.zone)), (one.ends_at - one.starts_at) // timedelta(minutes=1)
        zone = self.series.zone if is_even(start, minutes) else "UTC"
        event.add("DTSTART", _written(one.starts_at, zone))
        event.add("DTEND", _written(one.ends_at, zone))
        if one.cancelled:
            event.add("STATUS", "CANCELLED")
            return event
        return self._reminding(event)

    def _said(self, title, form, day):
        """A date's own page where it has one; else the group's, which has what is on now above what is
        to come: that is right for every date of a rule, which can hold one address only."""
        if not self.is_full:
            return Said(self.feed.word)
        group = f"{self.site}/g/{self.carried.slug}"
        meeting = self.carried.meetings.get(day)
        page = f"{group}/m/{meeting}" if meeting else group
        return Said.by_name(title, self.carried.group, self.carried.kinds.get(form, UNKNOWN.kind), page)

    def _reminding(self, event):
        if self.feed.remind_minutes is not None:
            alarm = Alarm()
            alarm.add("ACTION", "DISPLAY")
            alarm.add("DESCRIPTION", self.feed.word)
            alarm.add("TRIGGER", -timedelta(minutes=self.feed.remind_minutes))
            event.add_component(alarm)
        return event


def _text(component):
    """What `to_ical` gives, which folds each line letter by letter (RFC 5545, section 3.1). A short plain one stays as it
    is anyway: a feed is written in three quarters of the time."""
    lines = filter(None, component.content_lines())
    return b"\r\n".join(line.encode() if len(line) < FOLDED and line.isascii() else line.to_ical() for line in lines) + b"\r\n"


def _calendar():
    calendar = Calendar()
    for name, value in (
        ("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("NAME", NAME), ("X-WR-CALNAME", NAME),
    ):
        calendar.add(name, value)
    return calendar


def _event(uid, stamp, said):
    event = Event()
    stamped = vDatetime(stamp)  # what is said twice, or in every event, is made once
    for name, value in (("DTSTAMP", stamped), ("LAST-MODIFIED", stamped), ("CLASS", PRIVATE), ("TRANSP", OPAQUE)):
        event.add(name, value, encode=False)
    event.add("UID", uid)
    event.add("SUMMARY", said.title)
    if said.about:
        event.add("DESCRIPTION", said.about)
    if said.page:
        event.add("URL", vUri(said.page), encode=False)
        event.add("CONFERENCE", vUri(said.page, params={"VALUE": "URI", "FEATURE": "CHAT", "LABEL": "Open"}), encode=False)
    return event


def _written(moment, zone_name):
    return moment.astimezone(UTC if zone_name == "UTC" else where(zone_name))


def _mac(key, *what):
    return hmac.digest(key, "/".join(map(str, what)).encode(), "sha256")
