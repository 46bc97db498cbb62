"""A device that holds passkeys, as small as can be: ES256, no attestation. It answers as a browser would
hand its answer to the page, and can be told to answer wrongly."""

import hashlib
import json
import os

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """Holds one key. `origin` and `verified` may be changed to answer as another page or device would."""

    def __init__(self, origin: str):
        self.origin, self.verified, self.times = origin, True, 0
        self.credential, self.handle, self._key = os.urandom(32), b"", ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict) -> str:
        """The answer to being asked to hold a new passkey."""
        self.handle = base64url_to_bytes(options["user"]["id"])
        numbers = self._key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        held = bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(key)
        data = self._data(options["rp"]["id"], WITH_KEY) + held
        said = self._said("webauthn.create", options)
        return self._answer(clientDataJSON=said, attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}))

    def show(self, options: dict) -> str:
        """The answer to being asked to open a door."""
        self.times += 1
        data, said = self._data(options["rpId"]), self._said("webauthn.get", options)
        signed = self._key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=data, signature=signed, userHandle=self.handle)

    def _data(self, place, more=0):
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(place.encode()).digest() + bytes([flags]) + self.times.to_bytes(4)

    def _said(self, what, options):
        return json.dumps({"type": what, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}).encode()

    def _answer(self, **parts):
        name = bytes_to_base64url(self.credential)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response})
