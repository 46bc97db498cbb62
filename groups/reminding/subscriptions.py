"""How a browser is reached: what it hands over when somebody switches reminders on. Whoever has it
knows that this browser has to do with this server, so the table keeps it sealed."""

import base64
import binascii
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groups import sealing
from groups.errors import Invalid
from groups.reminding.payload import AUTH, POINT, point_of
from groups.sealing import derived


@dataclass(frozen=True)
class Subscription:
    """endpoint: the address at the push service. point, auth: what messages are sealed with."""

    endpoint: str
    point: bytes
    auth: bytes


def subscription(endpoint: str, point: str, auth: str) -> Subscription:
    """Out of what a browser sent. Raises Invalid("device", "device_unclear")."""
    try:
        found = Subscription(endpoint, _bytes(point), _bytes(auth))
        point_of(found.point)
    except (ValueError, binascii.Error):
        raise Invalid("device", "device_unclear") from None
    if len(found.auth) != AUTH or len(found.point) != POINT:
        raise Invalid("device", "device_unclear")
    return found


def digest_of(secret: str, endpoint: str) -> bytes:
    """32 bytes that find an endpoint again and tell nobody without the secret which it is."""
    return sealing.digest_of(derived(secret, "device digests"), endpoint)


def seal(secret: str, found: Subscription, digest: bytes) -> bytes:
    """For the row with this digest; it opens in no other."""
    return sealing.seal(_box(secret), msgspec.json.encode(found), digest)


def unseal(secret: str, sealed: bytes, digest: bytes) -> Subscription:
    """The subscription again. Raises cryptography's InvalidTag under another secret."""
    return msgspec.json.decode(sealing.unseal(_box(secret), sealed, digest), type=Subscription)


def _box(secret):
    return AESGCM(derived(secret, "devices"))


def _bytes(text):
    text = text.rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
