"""Something carried along in a browser's session for a short while, such as words that were shown
and not yet typed back. The session is a row of the database, so it carries them sealed."""

import base64
import json
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from groups import clock
from groups.sealing import derived, seal, unseal


def put(secret: str, what: str, whose: str, text: str) -> str:
    """Seal `text` under the server's secret, for this purpose and owner only."""
    body = json.dumps([clock.now().isoformat(), text]).encode()
    return base64.b64encode(seal(_box(secret, what), body, whose.encode())).decode()


def take(secret: str, what: str, whose: str, sealed: str | None, within: timedelta) -> str | None:
    """The text again, or None when there is none, it is older than `within`, or not this owner's."""
    if not sealed:
        return None
    try:
        at, text = json.loads(unseal(_box(secret, what), base64.b64decode(sealed), whose.encode()))
    except InvalidTag:
        return None
    return text if clock.now() - datetime.fromisoformat(at) <= within else None


def _box(secret, what):
    return AESGCM(derived(secret, f"carried: {what}"))
