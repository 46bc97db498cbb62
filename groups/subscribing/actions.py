"""What members do with the links by which their own calendar fetches their hours. A feed belongs to an
account and is reached through it alone, so there is nothing to ask the policy."""

import secrets
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from groups import clock
from groups.accounts.endings import Ending, ends_with
from groups.accounts.models import Account
from groups.db import change, fresh, reading
from groups.errors import Busy, NotFound
from groups.ids import TOKEN_BYTES, token
from groups.schedule.listing import groups_of
from groups.subscribing.finding import feed_of, token_hash
from groups.subscribing.models import Feed, FeedGroup, FeedKind
from groups.subscribing.wishes import Wish


def set_up_feed(account: Account, kind: FeedKind, wish: Wish, may_make: bool = True) -> str | None:
    """Make the account's feed of this kind, or change what it carries and says. Returns the token of a
    new one, which is not kept; None where there was one, whose link stays. may_make: False where the words were
    not asked for, because there was one a moment ago. Raises Invalid(field, …), Busy."""
    with change() as (session, _):
        account = fresh(session, account)
        mine = {group.slug: group.id for group in groups_of(session, account.id)}
        wish = wish.checked(mine)
        feed, made = feed_of(session, account.id, kind), None
        if feed is None and not may_make:
            raise Busy()
        if feed is None:
            feed, made = Feed(account_id=account.id, kind=kind), token()
            _open_by(feed, made)
        feed.word, feed.remind_minutes, feed.changed_at = wish.word, wish.remind, clock.now()
        session.add(feed)
        try:
            session.flush()
        except IntegrityError:  # two presses of one button, on PostgreSQL
            raise Busy() from None
        session.execute(delete(FeedGroup).where(FeedGroup.feed_id == feed.id))
        session.add_all(FeedGroup(feed_id=feed.id, group_id=mine[slug]) for slug in wish.groups)
    return made


def renew_link(account: Account, kind: FeedKind) -> str:
    """A new token for the feed; the old one opens nothing from this moment on. Raises NotFound."""
    made = token()
    with change() as (session, _):
        feed = feed_of(session, account.id, kind)
        if feed is None:
            raise NotFound()
        _open_by(feed, made)
        feed.changed_at = clock.now()
    return made


def listen() -> None:
    """Whoever changes their words fears that somebody was at their page, who may have made a link there."""
    ends_with(Ending.WORDS, _end_all)


def links_of(account_id: int) -> list[date | None]:
    """For each link of this account, the day on which somebody's calendar last asked for it."""
    with reading() as session:
        return list(session.scalars(select(Feed.fetched_on).where(Feed.account_id == account_id).order_by(Feed.id)))


def end_feed(account: Account, kind: FeedKind) -> None:
    """The link opens nothing any more. Doing it twice is harmless."""
    with change() as (session, _):
        session.execute(delete(Feed).where(Feed.account_id == account.id, Feed.kind == kind))


def _end_all(session, account_id):
    session.execute(delete(Feed).where(Feed.account_id == account_id))


def note_fetched(feed: Feed, today: date) -> None:
    """Somebody's calendar asked for it on this day (UTC): the day is kept, so that it is no record of
    when and how often."""
    if feed.fetched_on != today:
        with change() as (session, _):
            session.execute(update(Feed).where(Feed.id == feed.id).values(fetched_on=today))


def _open_by(feed, made):
    """Whoever keeps the old text can tell nothing by the new one: its ids are new, too."""
    feed.token_hash, feed.uid_key, feed.fetched_on = token_hash(made), secrets.token_bytes(TOKEN_BYTES), None
