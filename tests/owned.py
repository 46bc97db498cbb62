"""Tom leaves a trace of everything there is, so that his copy can be looked for it and what he erases for it."""

from datetime import date, timedelta

from sqlalchemy import select

from groups import clock
from groups.accounts import passphrase
from groups.accounts.actions import keep_account
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import hashed
from groups.checkins import actions as entries
from groups.checkins import opening
from groups.conduct.models import Sanction, Signal, Step
from groups.conduct.record import write_step
from groups.conscience.models import InventoryBallot, Vote, VoteBallot
from groups.db import change, fresh, reading
from groups.ids import token
from groups.logbook.writing import write_log
from groups.membership.models import Invitation, JoinRequest, RoleOffer
from groups.moderation.appeal_actions import appeal
from groups.moderation.models import StewardMatter
from groups.moderation.note_models import MemberNote, PatternLook
from groups.reminding.models import Device
from groups.rota.models import Attended, Coming, Debrief, Duty, Served
from groups.schedule.models import DutyKind
from groups.subscribing.models import Feed, FeedKind

ENTRY = "A page about the harbour wall and the rain."
APPEAL = "Please look at my warning again."


def keep(app, person) -> str:
    """This person's account is kept; the seven words, with one space between."""
    words = passphrase.generate()
    person.account = keep_account(person.account, words, app.extensions["settings"])
    return " ".join(words)


def open_entries(app, person, words: str) -> bytes:
    """A browser of theirs in which their entries are open; their key."""
    settings, person.cookie = app.extensions["settings"], token()
    with change() as (session, _):
        session.add(SignIn(token_hash=hashed(person.cookie), account_id=person.account.id))
    opening.begin(person.account.id, words, person.cookie, settings)
    return opening.key_in(person.account.id, person.cookie)


def leave_traces(app, tom, maya, nia, meeting, elsewhere) -> bytes:
    """One row of every kind that can point at somebody, for Tom; elsewhere: a group he asked to belong to.
    Returns the key of his entries."""
    words, now = keep(app, tom), clock.now()
    key = open_entries(app, tom, words)
    entries.write(tom.account, key, now.date(), "note", ENTRY, now.date())
    me, by, soon = tom.membership.id, maya.membership.id, now + timedelta(days=7)
    group = tom.membership.group_id
    with change() as (session, _):
        whose = fresh(session, tom.account)
        whose.steward_since = now
        warned = write_step(session, fresh(session, tom.membership), Step.WARN, 1, by=maya.membership).public_id
        vote = Vote(group_id=group, question="Shall we begin earlier?", choices="Yes\nNo", by_id=me, until=soon)
        session.add_all([
            vote,
            InventoryBallot(group_id=group, month=date(2026, 11, 1), membership_id=me),
            Signal(group_id=group, membership_id=me, kind="hands"),
            Signal(group_id=group, membership_id=nia.membership.id, kind="reported", other=tom.membership.handle),
            JoinRequest(group_id=elsewhere.id, account_id=whose.id, name="Tomasz", sealed_answers=b"toms-answers-sealed", until=soon),
            Device(account_id=whose.id, digest=b"toms-device-digest-0123456789abc", sealed=b"toms-device-sealed"),
            Feed(account_id=whose.id, kind=FeedKind.DISCREET, token_hash=b"f" * 32, uid_key=b"toms-feed-uid-key-0123456789abcd", word="Choir"),
            MemberNote(group_id=group, membership_id=me, by_id=by, sealed_words=b"a-note-about-tom-sealed", until=soon),
            PatternLook(membership_id=me, by_id=by),
            StewardMatter(group_id=group, membership_id=me, why="threats", by_id=by),
            StewardMatter(
                group_id=group, membership_id=nia.membership.id, why="threats", by_id=by, first_account_id=whose.id, first_at=now,
                asked_until=soon,
            ),
            RoleOffer(group_id=group, membership_id=me, by_id=by, until=soon),
            Invitation(group_id=group, by_id=me, token_hash=b"i" * 32, until=soon),
            Duty(meeting_id=meeting.id, membership_id=me, kind=DutyKind.SECOND),
            Coming(meeting_id=meeting.id, membership_id=me),
            Served(membership_id=me, kind=DutyKind.SECOND, times=3),
            Attended(membership_id=me, times=9),
            Debrief(meeting_id=meeting.id, membership_id=me, how="heavy"),
        ])
        session.flush()
        write_log(session, group, "invited", by=tom.membership.handle)
        session.add(VoteBallot(vote_id=vote.id, membership_id=me))
    appeal(tom.membership, warned, APPEAL, app.extensions["keyring"])
    with reading() as session:
        tom.account = session.get(Account, tom.account.id)
        assert session.scalar(select(Sanction.id).where(Sanction.public_id == warned))
    return key
