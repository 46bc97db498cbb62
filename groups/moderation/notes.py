"""What moderators remember about somebody, for ninety days; sealed under the group's own key."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.moderation.note_models import MemberNote
from groups.retention.deletions import remember_deleted
from groups.sealing import KeyGone, Keyring, group_key
from groups.text import paragraphs

KEPT = timedelta(days=90)
MOST_WORDS = 1000


@dataclass(frozen=True)
class Note:
    """A note, opened. by: a name, None for somebody who left."""

    public_id: str
    words: str
    by: str | None
    made_at: datetime
    until: datetime
    is_mine: bool


def write_note(keyring: Keyring, by: Membership, about_handle: str, words: str) -> MemberNote:
    """Remember something about somebody. Raises NotFound, Refused("for_moderators"), Invalid("words", …)."""
    words = paragraphs("words", words, MOST_WORDS)
    with change() as (session, _):
        by = fresh(session, by)
        about = _about(session, by, about_handle)
        policy.may_note(by, about)
        if not words:
            raise Invalid("words", "empty")
        key = group_key(by.group.slug)
        keyring.create(key)
        note = MemberNote(group_id=by.group_id, membership_id=about.id, by_id=by.id, until=clock.now() + KEPT, sealed_words=b"")
        session.add(note)
        session.flush()
        note.sealed_words = keyring.seal(key, words.encode(), _place(note.public_id))
        write_log(session, by.group_id, "note_written", by=by.handle, about=about.handle)
        return note


def remove_note(by: Membership, about_handle: str, note_id: str) -> None:
    """Take one's own note back. Raises NotFound, Refused (for_moderators, not_your_note)."""
    with change() as (session, _):
        by = fresh(session, by)
        about = _about(session, by, about_handle)
        policy.may_note(by, about)
        note = session.scalar(select(MemberNote).where(MemberNote.public_id == note_id, MemberNote.membership_id == about.id))
        if note is None:
            raise NotFound()
        policy.may_remove_note(by, note)
        session.delete(note)
        remember_deleted(session, "note", note_id)
        write_log(session, by.group_id, "note_removed", by=by.handle, about=about.handle)


def notes_about(keyring: Keyring, by: Membership, about_handle: str) -> tuple[Membership, list[Note]]:
    """Whom it is about, and what is remembered of them, the newest first. Asks policy.may_note."""
    with reading() as session:
        about = _about(session, by, about_handle)
        policy.may_note(by, about)
        mine = select(MemberNote, Membership).outerjoin(Membership, Membership.id == MemberNote.by_id).where(
            MemberNote.membership_id == about.id, MemberNote.until > clock.now()
        )
        rows = session.execute(mine.order_by(MemberNote.made_at.desc(), MemberNote.id.desc())).all()
    key = group_key(by.group.slug)
    return about, [
        Note(
            note.public_id, _opened(keyring, key, note), who.name if who and who.is_current else None, note.made_at, note.until,
            note.by_id == by.id,
        )
        for note, who in rows
    ]


def forget_notes(now: datetime) -> None:
    """Delete what is older than its ninety days."""
    with reading() as session:
        over = session.scalar(select(MemberNote.id).where(MemberNote.until <= now).limit(1))
    if over:
        with change() as (session, _):
            session.execute(delete(MemberNote).where(MemberNote.until <= now))


def _about(session, by, handle):
    about = session.scalar(select(Membership).where(Membership.handle == handle, Membership.group_id == by.group_id))
    if about is None:
        raise NotFound()
    return about


def _opened(keyring, key, note):
    try:
        return keyring.open(key, note.sealed_words, _place(note.public_id)).decode()
    except KeyGone:  # the group's key was lost with a disk
        return ""


def _place(note_id):
    return b"note/" + note_id.encode()
