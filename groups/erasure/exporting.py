"""One's own copy: everything held about one account, in one file that a person and a program can read."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import select

from groups import clock
from groups.accounts.browsers import about
from groups.accounts.models import Account, Passkey, SignIn, SpareCode
from groups.checkins.actions import entries_of
from groups.checkins.models import PrivateEntry
from groups.db import fresh, reading
from groups.erasure.in_groups import told_of
from groups.erasure.legible import ABOUT, legible
from groups.membership.asking import opened_answers
from groups.membership.models import Group, JoinRequest, Membership
from groups.reminding.models import Device, RemindedGroup
from groups.sealing import Keyring
from groups.sentences import REMINDERS
from groups.subscribing.models import Feed, FeedGroup

VERSION = "lamplight-mine/2"
SHUT = "They were shut when this was made. Open them with your words first."
NOT_IN_IT = (
    "What others wrote about you, in reports and in notes of those who look after a group: it is theirs, and may name "
    "them. Reports go with the decision or after two weeks, notes after ninety days.",
    "That others looked, decided or voted, and everything a group wrote down about itself: its own copy has that.",
    "Words of an hour whose time is over: they are gone.",
)


def export_mine(account: Account, key: bytes | None, keyring: Keyring) -> bytes:
    """The file, as JSON. key: of one's private entries, where they are open. Raises NotFound."""
    with reading() as session:
        account = fresh(session, account)
        mine = {
            "about": ABOUT,
            "version": VERSION,
            "made_at": clock.now(),
            "account": _of_account(account),
            "sign_ins": [_of_sign_in(one) for one in session.scalars(_of(SignIn, SignIn, account))],
            "passkeys": len(session.scalars(_of(Passkey.id, Passkey, account)).all()),
            "spare_codes_left": len(session.scalars(_of(SpareCode.id, SpareCode, account)).all()),
            "groups": [told_of(session, member, keyring) for member in session.scalars(_of(Membership, Membership, account))],
            "asked_to_join": [_asked(one, keyring) for one in session.scalars(_of(JoinRequest, JoinRequest, account))],
            "feeds": [_feed(session, one) for one in session.scalars(_of(Feed, Feed, account))],
            "reminders": [_device(session, one) for one in session.scalars(_of(Device, Device, account))],
            "private_entries": _entries(session, account.id, key),
            "not_in_it": NOT_IN_IT,
        }
    return msgspec.json.format(msgspec.json.encode(legible(mine)), indent=1)


def _of(what, kind, account):
    order = kind.id
    return select(what).where(kind.account_id == account.id).order_by(order)


def _of_sign_in(one):
    return {"told": about(one, clock.now()), "shared_device": one.shared}


def _of_account(account):
    return {
        "opened_at": account.opened_at, "has_words": account.is_kept, "steward_since": account.steward_since,
        "kept_out_until": account.barred_until,
    }


def _asked(request: JoinRequest, keyring):
    return {
        "group": request.group.name, "name": request.name, "at": request.made_at, "forgotten_at": request.until,
        "answers": [{"question": question, "answer": answer} for question, answer in opened_answers(request, keyring)],
    }


def _feed(session, feed: Feed):
    return {
        "kind": feed.kind, "word": feed.word, "remind_minutes": feed.remind_minutes, "made_at": feed.made_at,
        "changed_at": feed.changed_at, "fetched_on": feed.fetched_on,
        "groups": _names(session, select(FeedGroup.group_id).where(FeedGroup.feed_id == feed.id)),
    }


def _device(session, device: Device):
    return {
        "minutes_before": device.minutes, "shows": REMINDERS[device.sentence], "zone": device.zone, "quiet_from": device.quiet_from,
        "quiet_to": device.quiet_to, "made_at": device.made_at, "worked_on": device.worked_on,
        "groups": _names(session, select(RemindedGroup.group_id).where(RemindedGroup.device_id == device.id)),
    }


def _names(session, ids) -> Iterable[str]:
    return session.scalars(select(Group.name).where(Group.id.in_(ids)).order_by(Group.name)).all()


def _entries(session, account_id, key):
    if key is None:
        sealed = session.scalars(select(PrivateEntry.id).where(PrivateEntry.account_id == account_id)).all()
        return [{"words": None, "why": SHUT} for _ in sealed]
    return [{"day": one.day, "kind": one.kind, "words": one.words} for one in entries_of(account_id, key)]
