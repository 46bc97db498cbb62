"""Whoever goes without a word is missed in each room at a moment of its own. Signing out, a sign-in that ends, other
words and a line that breaks close all of somebody's pages at once; would their places be given up at once as
well, somebody who is in two rooms could tell by it that two names are one person."""

from datetime import datetime, timedelta

from groups.sealing import digest_of, of_house

APART = timedelta(minutes=1)  # at the most; so much longer a place is kept


def apart(meeting_id: int, handle: str, seen_at: datetime) -> timedelta:
    """How much longer this room waits for somebody it last saw then: the same in every process of the house, another
    in each room and each time, and nobody can reckon it without the secret of the house."""
    drawn = digest_of(of_house.key("missed apart"), f"{meeting_id} {handle} {seen_at.timestamp()}")
    return APART * (int.from_bytes(drawn[:4]) / 2**32)
