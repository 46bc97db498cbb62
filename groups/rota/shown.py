"""What pages of others show of the rota, for their templates."""

from groups import clock
from groups.db import reading
from groups.http import viewer_zone
from groups.rota.planned import count_words, plan_of
from groups.rota.service import chair_is_found, service


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
