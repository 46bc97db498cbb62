"""What people do with a live meeting. Every wish of theirs becomes a job by `wanted`: reach, policy, then the
ledger decides, appends, commits and tells; whoever waits for that goes through `send`."""

import logging
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from groups import policy
from groups.concurrency import wait
from groups.conduct.record import left_tonight
from groups.db import fresh, reading
from groups.errors import Busy, Failure, NotFound, Refused
from groups.formats.choosing import format_of
from groups.formats.shipped import NOBODY_LEADS
from groups.meeting import commands as c
from groups.meeting.commands_safety import RemoveNow
from groups.meeting.jobs import Job, Outcome
from groups.meeting.known import of_who_knocks, of_whom
from groups.meeting.ledger import Ledger
from groups.meeting.standing import Standing
from groups.meeting.verbs import VERBS
from groups.membership.models import Membership
from groups.rooms.agreements import agreements_of, fitting
from groups.rooms.models import HandsSeenBy, Room
from groups.rota.actions import GivenBack
from groups.rota.coming import come_to_door
from groups.rota.duties import missing_words, needed
from groups.rota.models import Duty
from groups.rota.places import places_of
from groups.schedule.models import DutyKind, Meeting
from groups.sealing import KeyGone
from groups.sentences import sentence
from groups.sql import among

log = logging.getLogger(__name__)
USUAL = (DutyKind.CHAIR, DutyKind.DOOR, DutyKind.SECOND)
# What later concepts do along with a command: called before it is sent, off the event loop, with (ledger,
# member, meeting id, command); the answer is called once it is committed.
ALONG: dict[type[c.Command], Callable] = {}
PATIENCE = 4.5  # seconds to wait for the flush before saying that it is not known to be kept


def reach(account_id: int | None, public_id: str) -> tuple[Membership, Meeting]:
    """A meeting, through this account's own membership in its group, and that membership.

    Raises NotFound for everybody else, whether the meeting exists or not."""
    found = account_id is not None and reached([(account_id, public_id)]).get((account_id, public_id))
    if not found:
        raise NotFound()
    return found


def reached(wanted: list[tuple[int, str]]) -> dict[tuple[int, str], tuple[Membership, Meeting]]:
    """The same for many (account, meeting) at once, by three queries; who may reach nothing is left out, and that takes
    as long where there is no such meeting as where there is one of others: a meeting is loaded for those who belong."""
    accounts, ids = {account for account, _ in wanted}, {public_id for _, public_id in wanted}
    places = select(Meeting.public_id, Room.group_id).join(Room).where(among(Meeting.public_id, ids))
    with reading() as session:
        groups = dict(session.execute(places).all())
        belong = among(Membership.account_id, accounts), among(Membership.group_id, set(groups.values()))
        theirs = session.scalars(select(Membership).where(*belong, Membership.left_at.is_(None)))
        members = {(member.account_id, member.group_id): member for member in theirs}
        found = {}
        for account_id, public_id in wanted:
            if member := members.get((account_id, groups.get(public_id))):
                found[account_id, public_id] = member
        reachable = select(Meeting).where(among(Meeting.public_id, {public_id for _, public_id in found}))
        meetings = {meeting.public_id: meeting for meeting in session.scalars(reachable)}
    return {(account_id, public_id): (member, meetings[public_id]) for (account_id, public_id), member in found.items()}


def is_kept_out(account_id: int | None, slug: str, public_id: str) -> bool:
    """Whether a ban keeps this account from a meeting of its group: they are told so, instead of nothing."""
    mine = select(Membership).join(Room, Room.group_id == Membership.group_id).join(Meeting, Meeting.room_id == Room.id)
    here = mine.where(Meeting.public_id == public_id, Membership.account_id == account_id)
    with reading() as session:
        found = session.scalar(here) if account_id is not None else None
    return found is not None and found.group.slug == slug and not found.is_current and found.is_barred


def meeting_of(meeting_id: int) -> Meeting:
    """A meeting somebody reached before, as it stands now. Raises NotFound."""
    with reading() as session:
        found = session.get(Meeting, meeting_id)
    if found is None:
        raise NotFound()
    return found


def still_belongs(member: Membership, sign_in_id: int) -> None:
    """Asked before words are handed to a page that was let in earlier. Raises NotFound for a former
    member, Refused("signed_out") where the sign-in has ended."""
    with reading() as session:
        Standing(session.connection(), [(member.id, sign_in_id)]).check(member.id, sign_in_id)


def standing_of(pairs: list[tuple[int, int]]) -> Standing:
    """The standing of (membership, sign-in) pairs, by one query for all."""
    with reading() as session:
        return Standing(session.connection(), pairs)


def wish(ledger: Ledger, member: Membership, sign_in_id: int | None, meeting_id: int, verb: str, payload) -> Outcome:
    """A member wants something of a meeting, by a form or a socket. (A share on the fast way takes the same
    `wanted`, and does not wait here: `realtime/fanout.py`.)

    Returns the Outcome once it is committed and flushed. Raises Refused, NotFound or Busy."""
    job = wanted(member, sign_in_id, meeting_id, verb, payload)
    try:
        if VERBS[verb].asks:
            job = msgspec.structs.replace(job, command=_asked_group(ledger, member, meeting_id, job.command))
        before = ALONG.get(type(job.command))
        afterwards = before(ledger, member, meeting_id, job.command) if before else None
    except KeyGone:  # whatever had to be read first, its words are gone
        raise Refused("meeting_over") from None
    outcome = send(ledger, job)
    if afterwards:
        try:
            afterwards()
        except (Failure, DBAPIError, OSError) as mistake:  # what was done is done, and is answered so
            log.error("what goes along with %s was not done: %s", verb, type(mistake).__name__)
    return outcome


def wanted(member: Membership, sign_in_id: int | None, meeting_id: int, verb: str, payload) -> Job:
    """The job a wish becomes, on the member's authority. Raises NotFound for a former member."""
    policy.may_act(member)
    return Job(meeting_id, VERBS[verb].command(member, payload), member.id, sign_in_id)


def send(ledger: Ledger, job: Job) -> Outcome:
    """Hand a job to the ledger and wait for the commit. Raises Refused, NotFound or Busy."""
    try:
        return wait(ledger.submit(job), PATIENCE)
    except TimeoutError:
        raise Busy() from None


def tell_desk(ledger: Ledger, news: GivenBack) -> None:
    """Somebody stepped down while the lobby is open: those on duty read it at their desk. Does not wait."""
    words = sentence("gave_back", name=news.name, missing=missing_words([news.kind]))
    ledger.submit(Job(news.meeting_id, c.TellDesk(by=c.ROOM, client_id=token_hex(16), words=words)))


def open_lobby(ledger: Ledger, meeting: Meeting) -> Outcome:
    """The room opens the lobby of a planned meeting; from here on the meeting goes by its own copy
    of the format and capacity."""
    form = format_of(meeting.room.group_id, meeting.format)
    shuts = None if form.door_shuts is None else meeting.starts_at + timedelta(minutes=form.door_shuts)
    return send(ledger, Job(meeting.id, c.OpenLobby(
        by=c.ROOM, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=form.segments,
        fallback=format_of(meeting.room.group_id, NOBODY_LEADS).segments, door_shuts_at=shuts,
        agreements=len(agreements_of(meeting.room)), contact_agreement=meeting.group.contact_agreement, **rules_of(meeting),
    )))


def rules_of(meeting: Meeting) -> dict:
    """What the room's settings say for this hour, now: as its lobby opens, and where they are changed at once."""
    room = meeting.room
    seen = room.hands_seen_by == HandsSeenBy.EVERYONE
    return {"capacity": capacity_of(meeting), "guard": room.guard, "holds_first": room.holds_first, "hands_seen": seen}


def capacity_of(meeting: Meeting) -> int:
    """How many fit into this hour, by its own places, its format and its room."""
    form = format_of(meeting.room.group_id, meeting.format)
    return places_of(meeting, form) or form.places(meeting.room.capacity)


def _asked_group(ledger, member, meeting_id, command):
    """What the live state cannot know, because it is about the group and the rota: whether there is
    a door to come to, and whose duty tonight is. By their role of this moment: a page that is open knows that of
    when it was opened."""
    meeting = meeting_of(meeting_id)
    with reading() as session:
        member = fresh(session, member)
    if isinstance(command, c.Knock):  # whoever signed up serves by coming in
        come_to_door(member, meeting)
        with reading() as session:
            policy.refuse_unless(not left_tonight(session, member.id), "left_for_tonight")
            known = of_who_knocks(session, member)
        return msgspec.structs.replace(command, duty=next(iter(on_the_rota(member, meeting)), ""), **known)
    command = of_whom(ledger, member, meeting_id, command)
    if isinstance(command, RemoveNow):
        return msgspec.structs.replace(command, agreement=_fitting(ledger, meeting, command.why) or command.agreement)
    if isinstance(command, c.TakeDuty):
        return msgspec.structs.replace(command, entitled=command.duty in signed_up(member, meeting), moderates=member.moderates)
    return command


def agreed_in(ledger: Ledger, meeting: Meeting) -> list[tuple[int, str]]:
    """The agreements of this hour: as many as it began with, for what was added since cannot be named in it."""
    try:
        known = ledger.look(meeting.id).state.agreements if meeting.is_live else None
    except KeyGone:
        known = None
    return agreements_of(meeting.room)[:known]


def _fitting(ledger, meeting, why) -> int | None:
    """The agreement an emergency is about; None where none is known to be, and whoever acts says which."""
    return fitting(agreed_in(ledger, meeting), meeting.group.contact_agreement).get(why)


def on_the_rota(member: Membership, meeting: Meeting) -> dict[str, bool]:
    """The duties that are this member's on the rota of this meeting, each with whether a moderator put them down for it,
    and not a sign-up of their own."""
    with reading() as session:
        mine = select(Duty.kind, Duty.assigned_by_id).where(Duty.meeting_id == meeting.id, Duty.membership_id == member.id)
        return {str(kind): by is not None for kind, by in session.execute(mine)}


def signed_up(member: Membership, meeting: Meeting) -> list[str]:
    """The duties that are this member's to take at this meeting: what they signed up for; for a moderator, all that
    are usual or that it needs."""
    if member.moderates:
        return [kind.value for kind in DutyKind if kind in (*USUAL, *needed(meeting))]
    return list(on_the_rota(member, meeting))
