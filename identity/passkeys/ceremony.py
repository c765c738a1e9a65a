"""The two ceremonies of WebAuthn: what a browser is asked for, and what its answer proves.

py_webauthn judges; nothing here asks the database. It is imported where it is called:
it takes a worker 16 MB, which one that never sees a passkey need not have.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from identity.passkeys.relying_party import RelyingParty

if TYPE_CHECKING:
    from webauthn.helpers.structs import (
        AuthenticatorTransport,
        PublicKeyCredentialDescriptor,
    )

NAME_OF_THE_SERVICE = "FocusGuard"
# What browsers give somebody to find their phone; a hint, the flow's row is the judge.
PATIENCE_MS = 300_000
# As many bytes as an id may have (WebAuthn Level 3, section 5.1).
LONGEST_ID = 1023
# More than a key of RSA with 4096 bits. One of 16,384 would cost each of its sign-ins
# a hundred times as much.
LONGEST_KEY = 640
# We ask for none, and a browser then sends none, or one that the passkey made itself.
# All others bring chains of certificates, which we have no use for and do not read.
ATTESTATIONS = ("none", "packed")


class NotProven(Exception):
    """An answer of a browser does not prove what it was asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """A passkey that a browser is told of: its id, and how to reach it."""

    credential_id: bytes
    transports: list[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as its authenticator made it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool
    transports: list[str]


@dataclass(frozen=True, slots=True)
class Signed:
    """The data of an authenticator as it signs by a passkey."""

    sign_count: int
    backed_up: bool


def creation_options(
    *,
    party: RelyingParty,
    user_handle: bytes,
    username: str,
    challenge: bytes,
    known: Iterable[Known],
) -> dict[str, Any]:
    """Return what `navigator.credentials.create` is asked for, as JSON has it.

    A discoverable passkey, so that nobody types a name, of an authenticator that knows
    its person by a finger, a face or a PIN, and holds none of `known` yet.
    """
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return options_to_json_dict(
        generate_registration_options(
            rp_id=party.id,
            rp_name=NAME_OF_THE_SERVICE,
            user_id=user_handle,
            user_name=username,
            challenge=challenge,
            timeout=PATIENCE_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_described(known),
        )
    )


def request_options(
    *, party: RelyingParty, challenge: bytes, allowed: Iterable[Known] = ()
) -> dict[str, Any]:
    """Return what `navigator.credentials.get` is asked for: any passkey, or one of some."""
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    return options_to_json_dict(
        generate_authentication_options(
            rp_id=party.id,
            challenge=challenge,
            timeout=PATIENCE_MS,
            allow_credentials=_described(allowed),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def verify_made(
    credential: Mapping[str, Any], *, party: RelyingParty, challenge: bytes
) -> Made:
    """Return the passkey that was made for a challenge. NotProven."""
    from webauthn import verify_registration_response
    from webauthn.helpers import (
        decode_credential_public_key,
        decoded_public_key_to_cryptography,
        parse_registration_credential_json,
    )

    with _judging():
        answer = parse_registration_credential_json(dict(credential))
        _require_no_frame(answer.response.client_data_json)
        _require_no_chain(answer.response.attestation_object)
        verified = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        # Without an attestation nothing was signed by it: a point off its curve would
        # be found at the first sign-in alone, by somebody who is locked out then.
        key = verified.credential_public_key
        decoded_public_key_to_cryptography(decode_credential_public_key(key))
        if len(verified.credential_id) > LONGEST_ID or len(key) > LONGEST_KEY:
            raise NotProven("the id or the key is too long")
        return Made(
            credential_id=verified.credential_id,
            public_key=key,
            sign_count=verified.sign_count,
            backed_up=verified.credential_backed_up,
            transports=_named(answer.response.transports),
        )


def id_of(credential: Mapping[str, Any]) -> bytes:
    """Return the id of the passkey that an answer claims to be by. NotProven."""
    from webauthn.helpers import parse_authentication_credential_json

    with _judging():
        return parse_authentication_credential_json(dict(credential)).raw_id


def verify_signed(
    credential: Mapping[str, Any],
    *,
    party: RelyingParty,
    challenge: bytes,
    public_key: bytes,
    user_handle: bytes,
    may_leave_out_user: bool = False,
) -> Signed:
    """Return what the authenticator says, if it signed a challenge by this key.

    NotProven. The counter is left to the caller: py_webauthn looks at it before the
    signature, so that whoever knows an id could say that its passkey was cloned. An
    authenticator names the user whom it signed for; it may leave them out where it was
    told which passkeys to use.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json

    with _judging():
        answer = parse_authentication_credential_json(dict(credential))
        _require_no_frame(answer.response.client_data_json)
        named = answer.response.user_handle
        if named != user_handle and not (may_leave_out_user and not named):
            raise NotProven("it is somebody else's, or nobody's")
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
        return Signed(verified.new_sign_count, verified.credential_backed_up)


@contextmanager
def _judging() -> Iterator[None]:
    """Say NotProven of whatever a library raises of bytes that a stranger has chosen.

    py_webauthn raises KeyError, IndexError and TypeError beside its own errors, where a
    key of COSE lacks a part or is none; each kind forgotten here would be a 500.
    """
    try:
        yield
    except NotProven:
        raise
    except Exception as error:
        raise NotProven(str(error)) from error


def _require_no_frame(client_data: bytes) -> None:
    """Refuse what was asked for in a frame of another site; py_webauthn does not look."""
    from webauthn.helpers import parse_client_data_json

    if parse_client_data_json(client_data).cross_origin:
        raise NotProven("it was asked for in another site's frame")


def _require_no_chain(attestation_object: bytes) -> None:
    """Refuse attestations by certificates before anything parses these."""
    from webauthn.helpers import parse_attestation_object

    attestation = parse_attestation_object(attestation_object)
    if attestation.fmt not in ATTESTATIONS or attestation.att_stmt.x5c is not None:
        raise NotProven("it has an attestation that was not asked for")


def _described(known: Iterable[Known]) -> "list[PublicKeyCredentialDescriptor]":
    from webauthn.helpers.structs import (
        AuthenticatorTransport,
        PublicKeyCredentialDescriptor,
    )

    return [
        PublicKeyCredentialDescriptor(
            id=one.credential_id,
            transports=[AuthenticatorTransport(name) for name in one.transports],
        )
        for one in known
    ]


def _named(transports: "list[AuthenticatorTransport] | None") -> list[str]:
    """Return the ways to an authenticator, each once; a browser may say what it likes."""
    return sorted({transport.value for transport in transports or ()})
