"""An authenticator of our own: it makes passkeys and signs by them, rightly or wrongly.

A browser and its virtual authenticator refuse to tell lies; this one tells any that a
test asks for, byte by byte (WebAuthn Level 3, sections 6.1 and 6.5).
"""

import json
import os
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from identity.tests.factories import PasskeyFactory

PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
SYNCED = PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP
ORIGIN = "https://app.focusguard.test"


@dataclass
class SoftPasskey:
    """A passkey of one user at one relying party, and how its authenticator behaves."""

    user_handle: bytes = b""
    rp_id: str = "app.focusguard.test"
    origin: str = ORIGIN
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    sign_count: int = 0
    flags: int = SYNCED
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def public_key(self) -> bytes:
        """The key as COSE has it (RFC 9053): ES256 on P-256."""
        point = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def create(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """Answer creation options; `lies` are told in the place of what is true."""
        said = {"type": "webauthn.create", "stmt": {}, "fmt": "none"} | lies
        self.user_handle = base64url_to_bytes(options["user"]["id"])
        key = said.get("public_key", self.public_key)
        named = struct.pack(">H", len(self.credential_id)) + self.credential_id
        data = self._data(said, ATTESTED) + bytes(16) + named + key
        attestation = {"fmt": said["fmt"], "attStmt": said["stmt"], "authData": data}
        return self._answer(
            clientDataJSON=self._client_data(options, said),
            attestationObject=cbor2.dumps(attestation),
        ) | {"authenticatorAttachment": "platform"}

    def get(self, options: dict[str, Any], **lies: Any) -> dict[str, Any]:
        """Answer request options, signed by the key."""
        said = {"type": "webauthn.get"} | lies
        client_data = self._client_data(options, said)
        data = self._data(said)
        signed = data + sha256(client_data).digest()
        key = said.get("key", self.key)
        return self._answer(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=key.sign(signed, ec.ECDSA(SHA256())),
            userHandle=said.get("user_handle", self.user_handle),
        )

    def _client_data(self, options: dict[str, Any], said: dict[str, Any]) -> bytes:
        data = {
            "type": said["type"],
            "challenge": said.get("challenge", options["challenge"]),
            "origin": said.get("origin", self.origin),
            "crossOrigin": said.get("cross_origin", False),
        }
        return json.dumps(data).encode()

    def _data(self, said: dict[str, Any], also: int = 0) -> bytes:
        party = sha256(said.get("rp_id", self.rp_id).encode()).digest()
        flags = said.get("flags", self.flags) | also
        count = said.get("sign_count", self.sign_count)
        return party + bytes([flags]) + struct.pack(">I", count)

    def _answer(self, **response: bytes | None) -> dict[str, Any]:
        name = bytes_to_base64url(self.credential_id)
        shown = {
            key: bytes_to_base64url(value)
            for key, value in response.items()
            if value is not None
        }
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": shown | {"transports": ["internal", "hybrid"]},
        }


def passkey_of(user, *, origin: str = ORIGIN, **behaviour: Any) -> SoftPasskey:
    """Return a passkey that a user has added, as its device holds it."""
    host = urlsplit(origin).hostname or ""
    soft = SoftPasskey(user_handle=user.pk.bytes, rp_id=host, origin=origin)
    for name, value in behaviour.items():
        setattr(soft, name, value)
    PasskeyFactory(
        user=user,
        credential_id=soft.credential_id,
        public_key=soft.public_key,
        rp_id=host,
        sign_count=soft.sign_count,
    )
    return soft
