"""A device in software that keeps one passkey and answers the server's options as a browser would."""

import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "testserver"


@dataclass
class Device:
    """`asks_its_owner` is False for one that answers without a finger, a face or a PIN."""

    asks_its_owner: bool = True
    origin: str = f"https://{HOST}"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    name: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owner: str = ""

    def create(self, options: Any) -> dict[str, Any]:
        """The answer to the options of adding a passkey."""
        self.owner = options["publicKey"]["user"]["id"]
        key = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        public = AttestedCredentialData.create(Aaguid.NONE, self.name, key)
        statement = AttestationObject.create("none", self._data(AuthenticatorData.FLAG.AT, public), {})
        asked = self._asked(CollectedClientData.TYPE.CREATE, options)
        response = {"attestationObject": websafe_encode(statement), "transports": ["internal"]}
        return self._answer(asked, response) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def get(self, options: Any) -> dict[str, Any]:
        """The answer to the options of signing in."""
        asked = self._asked(CollectedClientData.TYPE.GET, options)
        data = self._data(AuthenticatorData.FLAG(0), None)
        signature = self.key.sign(data + sha256(asked).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
        }
        return self._answer(asked, response)

    def _data(self, flags: AuthenticatorData.FLAG, public: AttestedCredentialData | None) -> AuthenticatorData:
        flags |= AuthenticatorData.FLAG.UP
        if self.asks_its_owner:
            flags |= AuthenticatorData.FLAG.UV
        data: AuthenticatorData = AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 1, public or b"")
        return data

    def _asked(self, kind: CollectedClientData.TYPE, options: Any) -> CollectedClientData:
        challenge = websafe_decode(options["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, asked: CollectedClientData, response: dict[str, Any]) -> dict[str, Any]:
        name = websafe_encode(self.name)
        return {
            "type": "public-key",
            "id": name,
            "rawId": name,
            "clientExtensionResults": {},
            "response": {"clientDataJSON": websafe_encode(asked)} | response,
        }
