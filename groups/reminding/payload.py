"""What is sent: one of three constant sentences, padded to one size, sealed for one browser
(RFC 8291: ECDH on P-256, HKDF, AES-128-GCM). The push service carries it and cannot open it; nor can
it tell the sentences apart by their length."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from groups.sentences import REMINDERS

ROOM = 128  # bytes for a sentence, the mark where it ends, and zeros up to here
RECORD = 4096  # the record size that is announced; ours is a single, shorter one
END = b"\x02"  # after the words of the last record (RFC 8188)
AUTH, POINT = 16, 65  # bytes of what a browser gives us: a secret, and a point of the curve


def payload(sentence: int, point: bytes, auth: bytes) -> bytes:
    """The sealed sentence of that number, for the browser these two belong to. Always the same size."""
    return seal((REMINDERS[sentence].encode() + END).ljust(ROOM, b"\0"), point, auth)


def seal(
    padded: bytes, point: bytes, auth: bytes, salt: bytes | None = None, ours: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """One record that holds these bytes, the mark and the padding included. salt and ours are random,
    new for each message; only the standard's own example gives them."""
    salt, ours = salt or os.urandom(16), ours or ec.generate_private_key(ec.SECP256R1())
    mine = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), point_of(point))
    secret = _derive(shared, auth, b"WebPush: info\0" + point + mine, 32)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + len(mine).to_bytes(1) + mine
    return head + AESGCM(key).encrypt(nonce, padded, None)


def point_of(raw: bytes) -> ec.EllipticCurvePublicKey:
    """The public key a browser gave. Raises ValueError for what is no point of the curve."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)


def _derive(secret, salt, info, length):
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
