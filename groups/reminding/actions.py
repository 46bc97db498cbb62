"""What can be done about reminders: switch them on for a browser, choose, remove."""

from dataclasses import dataclass
from datetime import time

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from groups import policy
from groups.accounts.endings import Ending, ends_with
from groups.accounts.models import Account
from groups.db import change, fresh, reading
from groups.errors import Busy, Invalid, NotFound, Refused
from groups.membership.models import Group, Membership
from groups.reminding.models import Device, RemindedGroup
from groups.reminding.quiet import MINUTES
from groups.reminding.services import address_of
from groups.reminding.subscriptions import Subscription, digest_of, seal
from groups.sentences import REMINDERS
from groups.settings import Settings
from groups.text import one_of
from groups.zones import zone

MOST = 8  # devices of one account
THIS = "device"  # in what a sign-in notes: what its browser is called among somebody's devices


@dataclass(frozen=True)
class Choices:
    """groups: their slugs. minutes: how long before the hour. sentence: its number. Quiet between
    quiet_from and quiet_to on the clocks of zone, or never when both are None."""

    groups: tuple[str, ...]
    minutes: int
    sentence: int
    zone: str
    quiet_from: time | None = None
    quiet_to: time | None = None


def switch_on(account: Account, found: Subscription, choices: Choices, settings: Settings, shared: bool = False) -> Device:
    """From now on this browser is woken for this account, and for no other: whoever signed in there
    last has it. Doing it twice changes the choices. shared: others use the device, too. Raises Invalid,
    Refused("shared_not_reminded", "enough_devices"), Busy."""
    policy.may_be_reminded_here(shared)
    address_of(found.endpoint, settings.push_hosts)
    digest = digest_of(settings.secret, found.endpoint)
    with change() as (session, _):
        account = fresh(session, account)
        session.execute(delete(Device).where(Device.digest == digest, Device.account_id != account.id))
        device = session.scalar(select(Device).where(Device.digest == digest))
        if device is None:
            count = select(func.count()).select_from(Device).where(Device.account_id == account.id)
            if session.scalar(count) >= MOST:
                raise Refused("enough_devices", limit=MOST)
            device = Device(account_id=account.id, digest=digest)
            session.add(device)
        device.sealed = seal(settings.secret, found, digest)
        try:
            _choose(session, device, choices)
        except IntegrityError:  # the same browser, twice at once
            raise Busy() from None
        return device


def choose(account: Account, name: str, choices: Choices) -> Device:
    """Other groups, minutes, words or quiet hours for one of one's devices. Raises NotFound, Invalid."""
    with change() as (session, _):
        device = _mine(session, account, name)
        _choose(session, device, choices)
        return device


def remove_device(account: Account, name: str) -> None:
    """This device is woken no more. Raises NotFound."""
    with change() as (session, _):
        session.delete(_mine(session, account, name))


def listen() -> None:
    """Whoever leaves quickly may not be alone with a device, this or another; and whoever signs out everywhere else, or
    takes other words, fears that somebody came in who may have one. Whoever signs one browser out has that one in mind."""
    ends_with(Ending.LEAVING, forget_devices)
    ends_with(Ending.OTHERS, forget_devices)
    ends_with(Ending.BROWSER, forget_noted)


def forget_devices(session, account_id: int) -> None:
    """All of an account's devices at once, inside a change. Doing it twice is harmless."""
    session.execute(delete(Device).where(Device.account_id == account_id))


def forget_noted(session, account_id: int, notes: dict) -> None:
    """The device that a browser is, as far as its sign-in noted it, inside a change."""
    for device in session.scalars(select(Device).where(Device.account_id == account_id)).all():
        if device.name == notes.get(THIS):
            session.delete(device)


def devices_of(account: Account) -> list[Device]:
    """One's devices, the oldest first."""
    with reading() as session:
        return list(session.scalars(select(Device).where(Device.account_id == account.id).order_by(Device.id)))


def device_of(account: Account, name: str) -> Device:
    """The device of that name, if it is one's own. Raises NotFound."""
    with reading() as session:
        return _mine(session, account, name)


def known_as(account: Account, endpoint: str, settings: Settings) -> Device:
    """The device with this endpoint, if it is one's own. Raises NotFound."""
    with reading() as session:
        mine = select(Device).where(Device.account_id == account.id, Device.digest == digest_of(settings.secret, endpoint))
        if (device := session.scalar(mine)) is None:
            raise NotFound()
        return device


def groups_reminded(device: Device) -> list[str]:
    """The slugs of the groups ticked for this device."""
    with reading() as session:
        ticked = select(Group.slug).join(RemindedGroup, RemindedGroup.group_id == Group.id)
        return list(session.scalars(ticked.where(RemindedGroup.device_id == device.id)))


def _mine(session, account, name):
    device = next((d for d in session.scalars(select(Device).where(Device.account_id == account.id)) if d.name == name), None)
    if device is None:
        raise NotFound()
    return device


def _choose(session, device, choices):
    device.minutes = one_of("minutes", choices.minutes, MINUTES)
    device.sentence = one_of("sentence", choices.sentence, range(len(REMINDERS)))
    device.zone = str(zone(choices.zone))
    quiet = {choices.quiet_from, choices.quiet_to}
    if quiet != {None} and (None in quiet or len(quiet) == 1):
        raise Invalid("quiet_to", "quiet_needs_both")
    device.quiet_from, device.quiet_to = choices.quiet_from, choices.quiet_to
    mine = select(Group.id).join(Membership).where(
        Membership.account_id == device.account_id, Membership.left_at.is_(None), Group.slug.in_(choices.groups)
    )
    ticked = session.scalars(mine).all()
    if not ticked:
        raise Invalid("groups", "choose_group")
    session.flush()
    session.execute(delete(RemindedGroup).where(RemindedGroup.device_id == device.id))
    session.add_all(RemindedGroup(device_id=device.id, group_id=group_id) for group_id in ticked)
