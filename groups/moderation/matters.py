"""What waits in a group besides its live rooms: gaps, requests, reports, steps, wishes. Each function asks
one table for all the groups of a moderator and answers with lines."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from groups.conduct.models import Incident, Sanction, Signal
from groups.conscience.inventory import poor_since
from groups.membership.models import Group, JoinRequest, Membership, RoleOffer
from groups.moderation.models import Appeal, Report
from groups.moderation.note_models import PatternLook
from groups.moderation.urgency import Line
from groups.moderation.waiting import time_left, waited
from groups.rota.care import wishes
from groups.rota.duties import missing_words, needed
from groups.rota.pages import coming_hours
from groups.rota.slots import held_at
from groups.schedule.hours import end_of_night
from groups.schedule.words import day_words, wait_words

# Where each kind is dealt with, below /g/<slug>/.
PLACES = {
    "report": "reports", "incident": "incidents", "ban": "incidents", "request": "requests", "offer": "members",
    "appeal": "appeals", "pattern": "patterns", "talk": "talks", "talking": "talks", "review": "inventory",
}
HOURS = 30  # looked at for gaps
SIGNALS_FOR, MAKES_A_PATTERN = timedelta(days=90), 3


class Desk:
    """Whose desk it is: their memberships as a moderator, by group; the clock they read by; the moment."""

    def __init__(self, members: Mapping[int, Membership], reader: ZoneInfo, now: datetime):
        self.members, self.reader, self.now = members, reader, now
        self.group_ids = list(members)

    def group(self, group_id: int) -> Group:
        """One of their groups."""
        return self.members[group_id].group

    def line(self, kind: str, group_id: int, key: str = "", said: str = "", since=None, due=None, **facts) -> Line:
        """A line that leads to the page of its group where it is dealt with."""
        group = self.group(group_id)
        facts = {"sentence": said or kind} | facts
        return Line(kind, f"{kind}:{key or group.slug}", f"/g/{group.slug}/{PLACES[kind]}", group.name, facts, since, due)


def gap_lines(session, desk: Desk) -> list[Line]:
    """Hours of today and tonight that still need somebody."""
    hours = coming_hours(session, desk.group_ids, desk.now, end_of_night(desk.now, desk.reader), HOURS)
    held, lines = held_at(session, [hour.id for hour in hours]), []
    for hour in hours:
        done = {duty.kind for duty, _ in held[hour.id]}
        if missing := missing_words([kind for kind in needed(hour) if kind not in done]):
            lines.append(Line(
                "gap", f"gap:{hour.public_id}", f"/g/{hour.group.slug}/m/{hour.public_id}", hour.group.name,
                {"sentence": "gap", "title": hour.title, "begins": wait_words(hour.starts_at - desk.now), "missing": missing},
                due=hour.starts_at,
            ))
    return lines


def counted_lines(session, desk: Desk) -> list[Line]:
    """Requests, reports, bans and appeals: how many wait in each group, and since when. Nobody is asked
    to decide about a step they took themselves, or about an appeal against it."""
    mine = [member.id for member in desk.members.values()]
    theirs = Sanction.by_id.is_(None) | Sanction.by_id.not_in(mine)
    waiting = (
        ("report", select(Report.group_id, func.count(), func.min(Report.made_at)).where(
            Report.decided_at.is_(None), Report.until > desk.now, Report.about_id.is_(None) | Report.about_id.not_in(mine),
        ), Report),
        ("request", select(JoinRequest.group_id, func.count(), func.min(JoinRequest.made_at)).where(
            JoinRequest.accepted.is_(None), JoinRequest.until > desk.now,
        ), JoinRequest),
        ("ban", select(Sanction.group_id, func.count(), func.min(Sanction.made_at)).where(
            Sanction.asked_until.is_not(None), Sanction.confirmed_by_id.is_(None), Sanction.lifted_at.is_(None),
            Sanction.until > desk.now, theirs,
        ), Sanction),
        ("appeal", select(Appeal.group_id, func.count(), func.min(Appeal.made_at)).join(Sanction).where(
            Appeal.decided_at.is_(None), theirs,
        ), Appeal),
    )
    lines = []
    for kind, query, table in waiting:
        for group_id, count, since in session.execute(query.where(table.group_id.in_(desk.group_ids)).group_by(table.group_id)):
            said, wait = f"{kind}s" if count > 1 else kind, waited(since, desk.now)
            lines.append(desk.line(kind, group_id, said=said, since=since, count=str(count), wait=wait))
    return lines


def incident_lines(session, desk: Desk) -> list[Line]:
    """Emergencies that somebody else than who acted looks at within a day."""
    mine = [member.id for member in desk.members.values()]
    query = select(Incident.group_id, func.count(), func.min(Incident.due_at)).join(Sanction).where(
        Incident.group_id.in_(desk.group_ids), Incident.reviewed_at.is_(None),
        Sanction.by_id.is_(None) | Sanction.by_id.not_in(mine),
    )
    return [
        desk.line(
            "incident", group_id, said="incidents" if count > 1 else "", due=due, count=str(count), left=time_left(due, desk.now)
        )
        for group_id, count, due in session.execute(query.group_by(Incident.group_id))
    ]


def offer_lines(session, desk: Desk) -> list[Line]:
    """Roles that somebody else offered and a second person is to agree to."""
    mine = [member.id for member in desk.members.values()]
    query = select(RoleOffer, Membership.name).join(Membership, RoleOffer.membership_id == Membership.id).where(
        RoleOffer.group_id.in_(desk.group_ids), RoleOffer.confirmed_at.is_(None), RoleOffer.accepted.is_(None),
        RoleOffer.until > desk.now, RoleOffer.by_id.not_in(mine), RoleOffer.membership_id.not_in(mine),
    )
    return [
        desk.line("offer", offer.group_id, offer.public_id, since=offer.made_at, who=name)
        for offer, name in session.execute(query.order_by(RoleOffer.made_at))
    ]


def pattern_lines(session, desk: Desk) -> list[Line]:
    """Members about whom several signals came together lately, until this moderator, or two others, have
    looked since the last of them. What the pattern is stands on its own page, and never here."""
    mine = [member.id for member in desk.members.values()]
    signals = select(Signal.group_id, Signal.membership_id, func.max(Signal.at).label("last")).where(
        Signal.group_id.in_(desk.group_ids), Signal.membership_id.not_in(mine), Signal.at > desk.now - SIGNALS_FOR,
    ).group_by(Signal.group_id, Signal.membership_id).having(func.count() >= MAKES_A_PATTERN)
    last = {row.membership_id: row for row in session.execute(signals)}
    looks = session.scalars(select(PatternLook).where(PatternLook.membership_id.in_(last))).all() if last else []
    seen, by_me = Counter(), set()
    for look in looks:
        if look.at >= last[look.membership_id].last:
            seen[look.membership_id] += 1
            by_me |= {look.membership_id} if look.by_id in mine else set()
    open_now = Counter(row.group_id for member, row in last.items() if member not in by_me and seen[member] < 2)
    return [
        desk.line("pattern", group_id, said="patterns" if count > 1 else "", count=str(count))
        for group_id, count in open_now.items()
    ]


def care_lines(session, desk: Desk) -> list[Line]:
    """Who served and would like to talk it over, and whom one talks with oneself."""
    lines = []
    for wish in wishes(session, list(desk.members.values()), desk.now):
        here, today = wish.at.astimezone(desk.reader).date(), desk.now.astimezone(desk.reader).date()
        day = {0: "today", 1: "yesterday"}.get((today - here).days) or f"on {day_words(here)}"
        key = f"{wish.meeting.public_id}.{wish.who.name}"
        kind = "talking" if wish.taken_by else "talk"
        lines.append(desk.line(kind, wish.who.group_id, key, since=wish.at, who=wish.who.name, day=day))
    return lines


def review_lines(session, desk: Desk) -> list[Line]:
    """Groups whose last two months were poor."""
    groups = [member.group for member in desk.members.values()]
    return [desk.line("review", group_id) for group_id in poor_since(session, groups, desk.now)]
