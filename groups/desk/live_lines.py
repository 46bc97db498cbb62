"""What rooms that are live ask of those who look after them: from the true state of each meeting, as the
ledger holds it, and no table of its own."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups.desk.urgency import Line
from groups.desk.waiting import waited
from groups.errors import Failure
from groups.meeting.views import band
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.models import IS_LIVE, Meeting
from groups.schedule.words import clock_words
from groups.sealing import KeyGone
from groups.sentences.desk import WORDS


def live_lines(session, ledger, members: Mapping[int, Membership], reader: ZoneInfo, now: datetime) -> list[Line]:
    """Everything about the live rooms of the groups of these memberships."""
    query = select(Meeting).join(Room, Meeting.room_id == Room.id).where(Room.group_id.in_(members), IS_LIVE)
    lines = []
    for meeting in session.scalars(query.order_by(Meeting.starts_at, Meeting.id)):
        try:
            state = ledger.look(meeting.id).state
        except (Failure, KeyGone):  # over since, or its words were lost with a disk
            continue
        if state.is_live:
            lines += room_lines(meeting, state, members[meeting.group.id].handle, reader, now)
    return lines


def room_lines(meeting: Meeting, state, handle: str, reader: ZoneInfo, now: datetime) -> Iterator[Line]:
    """What one live room asks of somebody who looks after it, and how it is. Pure."""

    def line(kind, said=None, since=None, **facts):
        facts = {"sentence": said or kind, "room": meeting.room.name} | facts
        return Line(kind, f"{kind}:{meeting.public_id}", _room(meeting), meeting.group.name, facts, since)

    waiting, inside = state.standing("waiting"), state.standing("inside")
    if state.raid:
        yield line("raid")
    if held := [one for _, one in state.held_back if one.by != handle]:  # their own is for somebody else to look at
        yield line("held", "helds" if len(held) > 1 else None, count=str(len(held)))
    if state.runs and not state.unled and inside and not state.anybody_on_duty:
        yield line("nobody_on_duty", inside=band(len(inside)))
    if waiting and not state.unled:
        since = min((one.waits_since for one in waiting if one.waits_since), default=None)
        several = "doors" if len(waiting) > 1 else None
        yield line("door", several, since, count=str(len(waiting)), who=waiting[0].name, wait=waited(since, now))
    early = state.phase == "lobby" and now < state.starts_at  # whoever signed up to lead may still come
    without = WORDS["reading" if state.unled else "unled_yet" if early else "unled"]
    led = WORDS["led"].format(who=state.chair.name) if state.chair else without
    if state.phase == "lobby":
        due = "live_lobby" if early else "live_late"
        yield line("live", due, starts=clock_words(state.starts_at.astimezone(reader)), led=led)
    else:
        part = WORDS["paused"] if state.hushed else f"“{state.segment.title}”" if state.segment else WORDS["paused"]
        yield line("live", part=part, led=led)


def _room(meeting):
    return f"/g/{meeting.group.slug}/m/{meeting.public_id}/room"
