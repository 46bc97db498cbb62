"""Somebody in a live meeting, as far as decisions need to know. A pure value; part of the state."""

from datetime import datetime

import msgspec


class Person(msgspec.Struct, frozen=True):
    """Somebody in this meeting, by handle.

    arrived orders people; shares counts turns spoken; had_turn is the index of the segment in which
    they last had a whole turn; need is what they said they came for; heard is what they are told of
    their last share; offered is a duty they were asked to take; step is the number of the share
    they take away with them; served are the duties they did while the hour ran. unheard: new, and never
    let into a room with words so far; fresh: came to the group within the hour. moderates: looks after
    the group, as far as the hour heard; not_yet: duties the rota does not open to them yet; relieved: a duty of
    theirs was taken back in this hour; earlier: the highest step of the last weeks, before this hour.
    """

    handle: str
    name: str
    standing: str = "waiting"  # waiting, inside, declined, left, out
    arrived: int = 0
    newcomer: bool = False
    duty: str | None = None
    offered: str | None = None
    offered_by: str | None = None
    not_now: bool = False  # they were asked last, and would rather not
    was_inside: bool = False
    need: str | None = None
    shares: int = 0
    last_share_at: datetime | None = None
    had_turn: int = -1
    heard: str | None = None  # group, thanks
    step: int | None = None
    served: tuple[str, ...] = ()
    why_declined: str | None = None
    unheard: bool = False
    fresh: bool = False
    rung: str | None = None  # the step of the ladder they were last put on tonight, and why
    agreement: int | None = None
    emergency: str | None = None
    out_days: int | None = None  # how long they are barred after an emergency
    waits_since: datetime | None = None  # when they came to the door
    said: tuple[int, ...] = ()  # the numbers of their shares that were not taken out, in order
    taken: tuple[tuple[int, int | None], ...] = ()  # of those that others took out: the number, and the agreement that was named
    moderates: bool = False
    not_yet: tuple[str, ...] = ()
    relieved: bool = False
    earlier: str | None = None
    cared_for: bool = False  # somebody is worried about them, and they are told who answers

    @property
    def on_duty(self) -> bool:
        """True for whoever serves and is here."""
        return self.duty is not None and self.standing == "inside"

    @property
    def settled(self) -> bool:
        """True for who came to listen only, tonight; they may change their mind."""
        return self.need == "settle"


def stands_beside(taken) -> bool:
    """Whether taking this duty pushes nobody aside: there is room beside whoever serves for anybody who looks after the
    group, so that nobody of them is without a desk in an hour of theirs. taken: a wish for a duty, or what came of it."""
    return taken.duty == "second" and taken.moderates
