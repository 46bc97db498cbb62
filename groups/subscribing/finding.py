"""What a feed is made of, and the mark by which a calendar asks whether there is anything new."""

import hashlib
import hmac
from collections import defaultdict
from datetime import UTC, date, datetime, time

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import lazyload

from groups.formats.models import OwnFormat
from groups.formats.shipped import FORMATS
from groups.membership.models import Group, Membership
from groups.rooms.models import Room
from groups.schedule.models import DateChange, Meeting, RoomDay, Series
from groups.schedule.occurrences import RoomDays
from groups.schedule.projection import FARTHEST_MOVE
from groups.schedule.recurrence import ONCE
from groups.subscribing.ical import EDITION, Carried, own_stamp
from groups.subscribing.models import Feed, FeedGroup, FeedKind
from groups.subscribing.pattern import BEHIND

LONGEST_TOKEN = 100


def token_hash(token: str) -> bytes:
    """What the table keeps of a feed's link: a plain hash is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def feed_by(session, token: str) -> Feed | None:
    """The feed behind a link, or None."""
    if len(token) > LONGEST_TOKEN:
        return None
    return session.scalar(select(Feed).where(Feed.token_hash == token_hash(token)))


def feed_of(session, account_id: int, kind: FeedKind) -> Feed | None:
    """This account's feed of that kind, or None."""
    return session.scalar(select(Feed).where(Feed.account_id == account_id, Feed.kind == kind))


def groups_in(session, feed: Feed) -> list:
    """(id, slug, name) of the groups a feed carries now: those ticked that its owner still belongs to."""
    return session.execute(
        select(Group.id, Group.slug, Group.name)
        .join(FeedGroup, and_(FeedGroup.group_id == Group.id, FeedGroup.feed_id == feed.id))
        .join(Membership, and_(Membership.group_id == Group.id, Membership.account_id == feed.account_id))
        .where(Membership.left_at.is_(None)).order_by(Group.id)
    ).all()


def mark_of(session, feed: Feed, groups: list, today: date) -> tuple[str, datetime]:
    """(a mark, since when): as long as the mark is the same, so is every byte of the feed on this day
    (UTC). Two aggregates and no expanding: a calendar that asks again for nothing costs next to nothing.

    Whatever is changed about a series, its dates or its room's days raises the series' changed_at."""
    count, changed, sequence, newest = session.execute(
        select(func.count(), func.max(Series.changed_at), func.sum(Series.sequence), func.max(Series.id))
        .join(Room, Series.room_id == Room.id).where(*_in_use(groups))
    ).one()
    facts = [EDITION, today, feed.changed_at, count, changed, sequence, newest]
    if feed.kind == FeedKind.FULL:
        own = select(func.count(), func.sum(OwnFormat.edition)).where(OwnFormat.group_id.in_([group.id for group in groups]))
        facts += [*groups, *session.execute(own).one()]
    else:
        facts += [group.id for group in groups]
    since = max(datetime.combine(today, time(), UTC), feed.changed_at, own_stamp(feed.uid_key, changed or feed.changed_at))
    return hmac.new(feed.uid_key, repr(facts).encode(), "sha256").hexdigest()[:32], since


def carried_by(session, feed: Feed, groups: list, today: date) -> list[Carried]:
    """Everything the feed's text is made from."""
    # A date may have been put off until after its series ended.
    near = or_(Series.last_day.is_(None), Series.last_day >= today - BEHIND - FARTHEST_MOVE)
    here = (*_in_use(groups), near)
    rows = session.execute(select(Series, Room.group_id).join(Room).where(*here).options(lazyload(Series.room))).all()
    decisions, days = defaultdict(dict), defaultdict(list)
    for one in session.scalars(select(DateChange).join(Series).join(Room).where(*here)):
        decisions[one.series_id][one.on_day] = one
    for one in session.scalars(select(RoomDay).join(Room).where(*_in_use(groups))):
        days[one.room_id].append(one)
    rooms = {room_id: RoomDays(those) for room_id, those in days.items()}
    facts = [(group_id, (series, decisions[series.id], rooms.get(series.room_id, RoomDays()))) for series, group_id in rows]
    if feed.kind == FeedKind.DISCREET:
        return [Carried(*fact) for _, fact in facts]
    named, kinds, pages = {group.id: group for group in groups}, _kinds(session, groups), _pages(session, here)
    return [
        Carried(*fact, named[group_id].slug, named[group_id].name, kinds, pages[fact[0].id]) for group_id, fact in facts
    ]


def _in_use(groups):
    return Room.group_id.in_([group.id for group in groups]), Room.archived_at.is_(None)


def _kinds(session, groups):
    own = select(OwnFormat.key, OwnFormat.kind).where(OwnFormat.group_id.in_([group.id for group in groups]))
    return {key: form.kind for key, form in FORMATS.items()} | dict(iter(session.execute(own)))


def _pages(session, here):
    """{series: {own date: id of its meeting}} for the dates that have an event of their own."""
    decided = and_(DateChange.series_id == Meeting.series_id, DateChange.on_day == Meeting.on_day)
    found = select(Meeting.series_id, Meeting.on_day, Meeting.public_id).join(Series, Meeting.series_id == Series.id)
    found = found.join(Room, Series.room_id == Room.id).outerjoin(DateChange, decided)
    pages = defaultdict(dict)
    for series_id, day, public_id in session.execute(found.where(*here, or_(DateChange.id.is_not(None), Series.rule == ONCE))):
        pages[series_id][day] = public_id
    return pages
