"""What hours and those who serve at them ask of a moderator: gaps of today, wishes to talk an hour over,
months that were poor."""

from groups.conscience.inventory import poor_since
from groups.desk.matters import Desk
from groups.desk.urgency import Line
from groups.rota.care import wishes
from groups.rota.duties import missing_words, needed
from groups.schedule.hours import end_of_night
from groups.schedule.models import Phase
from groups.schedule.words import day_words, wait_words


def gap_lines(session, desk: Desk) -> list[Line]:
    """Hours of today and tonight that still need somebody."""
    night_ends, lines = end_of_night(desk.now, desk.reader), []
    for hour, held in desk.hours(session):
        if hour.starts_at > night_ends:
            break
        if hour.phase != Phase.PLANNED:
            continue  # from the lobby on, who serves is settled in the room
        done = {duty.kind for duty, _ in held}
        if missing := missing_words([kind for kind in needed(hour) if kind not in done]):
            begins = wait_words(hour.starts_at - desk.now)
            lines.append(desk.line(
                "gap", hour.group.id, f"m/{hour.public_id}", hour.public_id, due=hour.starts_at, title=hour.title,
                begins=begins, missing=missing,
            ))
    return lines


def care_lines(session, desk: Desk) -> list[Line]:
    """Who served and would like to talk it over, and whom one talks with oneself."""
    lines = []
    for wish in wishes(session, list(desk.members.values()), desk.now):
        here, today = wish.at.astimezone(desk.reader).date(), desk.now.astimezone(desk.reader).date()
        day = {0: "today", 1: "yesterday"}.get((today - here).days) or f"on {day_words(here)}"
        key = f"{wish.meeting.public_id}.{wish.who.name}"
        kind = "talking" if wish.taken_by else "talk"
        lines.append(desk.line(kind, wish.who.group_id, "talks", key, since=wish.at, who=wish.who.name, day=day))
    return lines


def review_lines(session, desk: Desk) -> list[Line]:
    """Groups whose last two months were poor."""
    groups = [member.group for member in desk.members.values()]
    return [desk.line("review", group_id, "inventory") for group_id in poor_since(session, groups, desk.now)]
