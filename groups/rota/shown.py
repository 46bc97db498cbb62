"""What pages of others show of the rota, for their templates."""

from flask import session

from groups import clock
from groups.db import reading
from groups.http import viewer_zone
from groups.membership.finding import memberships_of
from groups.rota.asking import one_ask
from groups.rota.planned import count_words, plan_of
from groups.rota.service import chair_is_found, service

DECLINED = "not_this_time"  # hours somebody said no to or asked out of: in this browser, until they sign out
MOST_DECLINED = 20


def service_of(meeting, member):
    """Who serves at an hour, for a member of its group."""
    with reading() as database:
        return service(database, member, meeting, viewer_zone(meeting.zone), clock.now())


def chair_found_at(meeting) -> bool:
    """All that strangers are told."""
    with reading() as database:
        return chair_is_found(database, meeting)


def plan_to(meeting, member):
    """Whether this member plans to come to an hour."""
    with reading() as database:
        return plan_of(database, member, meeting, clock.now())


def coming_count(meeting, member) -> str:
    """How many plan to come, for whom that is to be seen; else nothing."""
    with reading() as database:
        return count_words(database, member, meeting)


def gaps_for(account: int | None, group=None):
    """The one thing this account is asked now, in any of its groups or in this one; or None.
    `templates/rota/_gaps.html` shows it."""
    members = memberships_of(account) if account is not None else []
    members = [member for member in members if group is None or member.group_id == group.id]
    if not members:
        return None
    with reading() as database:
        return one_ask(database, members, viewer_zone(members[0].group.zone), clock.now(), session.get(DECLINED, ()))


def not_asked_again(hour: str) -> None:
    """This browser is not asked to serve at the hour of that public id any more."""
    session[DECLINED] = [*(one for one in session.get(DECLINED, ()) if one != hour), hour][-MOST_DECLINED:]
