"""What waits in a group for the very person who reads: only what they may decide themselves, by the same
questions the actions ask. One query for all the groups of a moderator; a line leads to the one thing
itself where there is only one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups import policy
from groups.conduct.models import Incident, Sanction
from groups.desk.urgency import Line
from groups.desk.waiting import time_left, waited
from groups.membership.asking import waiting_in
from groups.membership.models import Group, Membership
from groups.membership.roles import offers_in, other_moderators
from groups.moderation.models import Appeal
from groups.moderation.pattern_looks import patterns_of
from groups.moderation.standing import waits_for_second
from groups.reports.looking import waiting_for
from groups.rota.pages import coming_hours
from groups.rota.slots import held_at
from groups.schedule.models import Meeting

AHEAD, HOURS = timedelta(hours=36), 40


class Desk:
    """Whose desk it is: their memberships as a moderator, by group; the clock they read by; the moment."""

    def __init__(self, members: Mapping[int, Membership], reader: ZoneInfo, now: datetime):
        self.members, self.reader, self.now = members, reader, now
        self.group_ids = list(members)
        self._hours = None

    def hours(self, session) -> list[tuple[Meeting, list]]:
        """What begins within a day and a half, in order, each with who serves at it; asked for once."""
        if self._hours is None:
            found = coming_hours(session, self.group_ids, self.now, self.now + AHEAD, HOURS)
            held = held_at(session, [hour.id for hour in found])
            self._hours = [(hour, held[hour.id]) for hour in found]
        return self._hours

    def group(self, group_id: int) -> Group:
        """One of their groups."""
        return self.members[group_id].group

    def line(self, kind: str, group_id: int, to: str, key: str = "", said: str = "", since=None, due=None, **facts) -> Line:
        """A line that leads to `to`, an address below its group's."""
        group = self.group(group_id)
        facts = {"sentence": said or kind} | facts
        return Line(kind, f"{kind}:{key or group.slug}", f"/g/{group.slug}/{to}", group.name, facts, since, due)

    def counted(self, kind: str, to: str, found: Iterable[tuple[int, str, datetime]], due: bool = False) -> list[Line]:
        """A line for each group: how many there are, and since when the first waits (or until when it can).
        found: (group, public id, moment), the first one first."""
        by_group = defaultdict(list)
        for group_id, public_id, moment in found:
            by_group[group_id].append((public_id, moment))
        lines = []
        for group_id, those in by_group.items():
            public_id, moment = those[0]
            timed = {"left": time_left(moment, self.now)} if due else {"wait": waited(moment, self.now)}
            lines.append(self.line(
                kind, group_id, to if len(those) > 1 else f"{to}/{public_id}", said=f"{kind}s" if len(those) > 1 else kind,
                **{"due" if due else "since": moment}, count=str(len(those)), **timed,
            ))
        return lines


def report_lines(session, desk: Desk) -> list[Line]:
    """Reports nobody has decided."""
    found = waiting_for(session, desk.members)
    return desk.counted("report", "reports", [(one.group_id, one.public_id, one.made_at) for one in found])


def request_lines(session, desk: Desk) -> list[Line]:
    """How many ask to belong; all of them are read on one page."""
    return [
        desk.line(
            "request", group_id, "requests", said="requests" if count > 1 else "", since=since, count=str(count),
            wait=waited(since, desk.now),
        )
        for group_id, count, since in waiting_in(session, desk.group_ids)
    ]


def step_lines(session, desk: Desk) -> list[Line]:
    """Steps that count, or count longer, once a second person agrees: on the page of whom they are about."""
    asked = select(Sanction).where(
        Sanction.group_id.in_(desk.group_ids), Sanction.asked_until > desk.now, Sanction.confirmed_by_id.is_(None),
        Sanction.lifted_at.is_(None),
    )
    return [
        desk.line(
            "step", one.group_id, f"members/{one.member.handle}", one.public_id, since=one.made_at, who=one.member.name,
            wait=waited(one.made_at, desk.now),
        )
        for one in session.scalars(asked.order_by(Sanction.made_at))
        if policy.allows(policy.may_confirm_step, desk.members[one.group_id], one, waits_for_second(one))
    ]


def appeal_lines(session, desk: Desk) -> list[Line]:
    """Steps somebody asks to have looked at again."""
    asked = select(Appeal).where(Appeal.group_id.in_(desk.group_ids), Appeal.decided_at.is_(None)).order_by(Appeal.made_at)
    return desk.counted("appeal", "appeals", [
        (one.group_id, one.public_id, one.made_at) for one in session.scalars(asked)
        if policy.allows(policy.may_decide_appeal, desk.members[one.group_id], one)
    ])


def incident_lines(session, desk: Desk) -> list[Line]:
    """Emergencies that somebody else than who acted looks at within a day."""
    happened = select(Incident).where(Incident.group_id.in_(desk.group_ids), Incident.reviewed_at.is_(None))
    return desk.counted("incident", "incidents", [
        (one.group_id, one.public_id, one.due_at) for one in session.scalars(happened.order_by(Incident.due_at))
        if policy.allows(policy.may_review, desk.members[one.group_id], one)
    ], due=True)


def offer_lines(session, desk: Desk) -> list[Line]:
    """What is asked about roles and waits for a second person."""
    return [
        desk.line(
            "offer", one.group_id, "members", one.public_id, said="" if one.gives else "offer_back", since=one.made_at,
            who=one.member.name,
        )
        for one in offers_in(session, desk.group_ids)
        if one.confirmed_by_id is None and policy.allows(policy.may_agree_about_role, desk.members[one.group_id], one, desk.now)
    ]


def closing_lines(session, desk: Desk) -> list[Line]:
    """Groups that somebody asked to close, where this reader could."""
    lines = []
    for group_id, member in desk.members.items():
        group = member.group
        if group.closing_asked_at is None:
            continue
        if policy.allows(policy.may_close, member, group, other_moderators(session, member), desk.now):
            said = "closing_alone" if group.closing_asked_by_id == member.id else "closing"
            wait = waited(group.closing_asked_at, desk.now)
            lines.append(desk.line("closing", group_id, "closing", said=said, since=group.closing_asked_at, wait=wait))
    return lines


def pattern_lines(session, desk: Desk) -> list[Line]:
    """Patterns this reader has not looked at since they grew. What they are stands on a page of its own."""
    lines = []
    for group_id, member in desk.members.items():
        if count := sum(not one.i_looked for one in patterns_of(member, session)):
            lines.append(desk.line("pattern", group_id, "patterns", said="patterns" if count > 1 else "", count=str(count)))
    return lines
