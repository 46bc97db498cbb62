"""Passkeys: a way in that one's own device opens by a finger, a face or its PIN. An addition to the seven
words and never instead of them: a device can be lost, and what is kept under the words stays shut
until they are typed.

Every passkey is called the same and says nothing. The device must hold it by itself (discoverable: we ask
for no name, because nobody has one) and must make sure who holds the device. Which make of device it is
we do not ask."""

import ipaddress
import json
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from groups import clock
from groups.accounts.actions import take_over
from groups.accounts.models import Account, Passkey
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.settings import Settings

NAME = "My page"  # what a device shows in its list of passkeys, the same for everybody
MOST = 10  # of one account
LONGEST = 16_000  # characters of a device's answer


@dataclass(frozen=True)
class Asked:
    """What a device was asked, to be put away until it answers. `handle` is for a new passkey only."""

    challenge: bytes
    handle: bytes = b""

    def __str__(self):
        return f"{self.challenge.hex()} {self.handle.hex()}"

    @classmethod
    def read(cls, text: str | None) -> "Asked":
        """What was put away. Raises Invalid when there is nothing, or no longer."""
        if not text:
            raise Invalid("credential", "passkey_not_read")
        challenge, _, handle = text.partition(" ")
        return cls(bytes.fromhex(challenge), bytes.fromhex(handle))


def ask_for_new(account: Account, settings: Settings) -> tuple[Asked, dict]:
    """What to ask a device that is to hold a passkey. Raises Refused("passkeys_enough")."""
    held = passkeys_of(account)
    if len(held) >= MOST:
        raise Refused("passkeys_enough", most=MOST)
    asked = Asked(secrets.token_bytes(32), secrets.token_bytes(32))
    options = webauthn.generate_registration_options(
        rp_id=_here(settings), rp_name=_here(settings), user_id=asked.handle, user_name=NAME, user_display_name=NAME,
        challenge=asked.challenge, exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential) for one in held],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return asked, json.loads(webauthn.options_to_json(options))


def add(account: Account, asked: Asked, answer: str, settings: Settings) -> Passkey:
    """Keep the passkey a device made. Whether the person may is asked before (`words_again`).

    Raises Invalid("credential", …), Refused("passkeys_enough")."""
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer), expected_challenge=asked.challenge, expected_rp_id=_here(settings),
            expected_origin=list(settings.origins), require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError):
        raise Invalid("credential", "passkey_not_read") from None
    with change() as (session, _):
        account = fresh(session, account)
        if session.scalar(select(func.count()).where(Passkey.account_id == account.id)) >= MOST:
            raise Refused("passkeys_enough", most=MOST)
        passkey = Passkey(
            account_id=account.id, credential=made.credential_id, handle=asked.handle, public_key=made.credential_public_key,
            times=made.sign_count, added_on=clock.now().date(),
        )
        session.add(passkey)
        try:
            session.flush()
        except IntegrityError:
            raise Invalid("credential", "passkey_known") from None
        return passkey


def ask_to_come_in(settings: Settings) -> tuple[Asked, dict]:
    """What to ask a device that may hold a passkey of ours; it names none, and nobody."""
    asked = Asked(secrets.token_bytes(32))
    options = webauthn.generate_authentication_options(
        rp_id=_here(settings), challenge=asked.challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return asked, json.loads(webauthn.options_to_json(options))


def come_in_by_passkey(asked: Asked, answer: str, settings: Settings, instead_of: int | None = None) -> tuple[Account, str]:
    """The account whose passkey answered, and what that one is called. Raises Invalid("credential", …) in one and
    the same way for a passkey nobody has and for one that did not answer rightly."""
    said = _read(answer)
    with change() as (session, _):
        passkey = session.scalar(select(Passkey).where(Passkey.credential == _credential(said)))
        if passkey is None:
            raise Refused("passkey_unknown")
        try:
            shown = webauthn.verify_authentication_response(
                credential=said, expected_challenge=asked.challenge, expected_rp_id=_here(settings),
                expected_origin=list(settings.origins), credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.times, require_user_verification=True,
            )
        except (WebAuthnException, ValueError, TypeError, KeyError):
            raise Refused("passkey_unknown") from None
        if base64url_to_bytes(said["response"].get("userHandle") or "") != passkey.handle:
            raise Refused("passkey_unknown")
        passkey.times = shown.new_sign_count
        account = session.get(Account, passkey.account_id)
    if instead_of:
        take_over(instead_of, account)
    return account, passkey.public_id


def passkeys_of(account: Account) -> list[Passkey]:
    """This account's passkeys, the oldest first."""
    with reading() as session:
        return list(session.scalars(select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.id)))


def remove(account: Account, passkey: str) -> None:
    """That passkey opens nothing any more. Raises NotFound when it is not theirs, or gone."""
    with change() as (session, _):
        mine = delete(Passkey).where(Passkey.account_id == account.id, Passkey.public_id == passkey)
        if not session.execute(mine).rowcount:
            raise NotFound()


def _here(settings):
    """The name passkeys are for. A number (an address on one's own machine) can have none."""
    host = urlsplit(settings.url).hostname
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return "localhost"


def _read(answer):
    if len(answer) > LONGEST:
        raise Invalid("credential", "passkey_not_read")
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        raise Invalid("credential", "passkey_not_read") from None
    if not isinstance(said, dict) or not isinstance(said.get("response"), dict):
        raise Invalid("credential", "passkey_not_read")
    return said


def _credential(said):
    try:
        return base64url_to_bytes(said["rawId"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Invalid("credential", "passkey_not_read") from None
