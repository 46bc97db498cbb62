"""The server's key for Web Push (VAPID, RFC 8292): push services take a message only from whoever
the browser was told to expect. One file in the instance folder, made once by `make push-keys`."""

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

GOOD_FOR = timedelta(hours=12)  # services take at most 24


@dataclass(frozen=True)
class PushKey:
    """The private key, and what browsers are given of it."""

    private: ec.EllipticCurvePrivateKey

    @property
    def public(self) -> str:
        """The public half as browsers take it: an uncompressed point in base64url."""
        return base64url(self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def authorization(self, audience: str, contact: str, now: datetime) -> str:
        """The header that says this comes from us. audience: scheme and host of the push service.
        contact: an address of ours; Apple turns away tokens without a real one."""
        claims = {"aud": audience, "exp": int((now + GOOD_FOR).timestamp()), "sub": contact}
        token = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        r, s = decode_dss_signature(self.private.sign(token.encode(), ec.ECDSA(SHA256())))
        return f"vapid t={token}.{base64url(r.to_bytes(32) + s.to_bytes(32))}, k={self.public}"


def make_key(file: Path) -> bool:
    """Write a new key unless there is one; readable by us alone. Returns whether it was made: a new
    key in place of an old one would silence every device there is."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    fresh = file.with_suffix(f".{os.urandom(4).hex()}")
    with open(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(fresh, file)  # fails if there is one
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def key_in(file: Path) -> PushKey | None:
    """The key, or None where none was made."""
    try:
        return PushKey(load_pem_private_key(file.read_bytes(), None))
    except FileNotFoundError:
        return None


def base64url(raw: bytes) -> str:
    """Without padding, as every part of Web Push wants it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _json(claims):
    return base64url(json.dumps(claims, separators=(",", ":")).encode())
