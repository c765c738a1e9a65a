"""Signing by a passkey: in, as a second factor, and as a proof."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.devices.one_door import Method, SignIn, complete_sign_in
from accounts.exceptions import InvalidCredentials, TokenInvalid
from accounts.models import User
from accounts.user_lock import lock_user
from identity.exceptions import CredentialRefused, PasskeyCloned
from identity.flows import services as flows
from identity.flows.services import Kind
from identity.models import AuthFlow, Passkey
from identity.passkeys import ceremony
from identity.passkeys.ceremony import Signed
from identity.passkeys.copies import note_copy
from identity.passkeys.relying_party import RelyingParty, relying_party
from identity.passkeys.services import (
    LIVES,
    count,
    known,
    new_challenge,
    require_on,
)

# A flow is of one browser, which asks its person once or twice.
MOST_TRIES = 5


def begin(*, client: str) -> tuple[AuthFlow, dict[str, Any]]:
    """Begin a sign-in by any passkey of anybody: the flow, and what a browser is asked.

    PasskeysOff; FlowsLimited. Nobody is named, so nothing is told of who exists.
    """
    party = require_on()
    flows.count_flow(Kind.PASSKEY_SIGN_IN, client)
    flow = flows.issue(Kind.PASSKEY_SIGN_IN, lives=LIVES, challenge=new_challenge())
    challenge = bytes(flow.challenge or b"")
    return flow, ceremony.request_options(party=party, challenge=challenge)


def sign_in(*, flow_token: str, credential: dict[str, Any]) -> SignIn:
    """Open a device by a passkey, which is both factors: a thing, and its owner's finger.

    PasskeysOff, FlowInvalid. CredentialRefused for one that is unknown, removed, wrong,
    used before, of an inactive user or cloned: who tries is told nothing of these.
    """
    party = require_on()
    flow = flows.find(flow_token, Kind.PASSKEY_SIGN_IN)
    flows.count_try(flow, most=MOST_TRIES)
    passkey = _claimed(credential, party)
    if passkey is None:
        raise _failed(None)
    try:
        signed = _judge(credential, passkey, flow, party)
        return _open(flow, passkey, signed)
    except PasskeyCloned:
        note_copy(passkey.user)
        raise
    except (ceremony.NotProven, TokenInvalid, InvalidCredentials) as error:
        raise _failed(passkey.user_id) from error


@transaction.atomic
def _open(flow: AuthFlow, passkey: Passkey, signed: Signed) -> SignIn:
    """Open a device by a signature that is right.

    PasskeyCloned; TokenInvalid, InvalidCredentials where the user is gone, inactive or
    signed out everywhere since.
    """
    # First, as everywhere: who removes a passkey holds it and waits for its row.
    lock_user(passkey.user_id)
    flows.claim(flow)
    _take(passkey, signed)
    return complete_sign_in(
        user=passkey.user, method=Method.PASSKEY, is_both_factors=True
    )


def _failed(user_id: uuid.UUID | None) -> CredentialRefused:
    """Write that a sign-in failed, and return the one answer to it."""
    audit.record_failure(
        audit.Kind.SIGN_IN_FAILED, user_id=user_id, method=Method.PASSKEY
    )
    return CredentialRefused()


class PasskeyFactor:
    """Passkeys as a second step and as a proof (`identity.credentials.Passkeys`)."""

    def has_any(self, user: User) -> bool:
        return count(user.pk) > 0

    def options(self, user: User, flow: AuthFlow) -> dict[str, Any]:
        """Ask for one of the user's passkeys; a challenge of before ends by it."""
        party = relying_party()
        if party is None or not self.has_any(user):
            raise CredentialRefused
        challenge = new_challenge()
        AuthFlow.objects.filter(pk=flow.pk).update(challenge=challenge)
        own = Passkey.objects.for_user(user.pk).at(party.id)
        return ceremony.request_options(
            party=party, challenge=challenge, allowed=known(own)
        )

    def judge(self, user: User, flow: AuthFlow, credential: dict[str, Any]) -> None:
        party = relying_party()
        passkey = _claimed(credential, party) if party else None
        if party is None or passkey is None or passkey.user_id != user.pk:
            raise CredentialRefused
        try:
            signed = _judge(credential, passkey, flow, party, is_told=True)
        except ceremony.NotProven as error:
            raise CredentialRefused from error
        _take(passkey, signed)


def _claimed(credential: dict[str, Any], party: RelyingParty) -> Passkey | None:
    """Return the passkey that an answer says it is by; None where there is none."""
    try:
        credential_id = ceremony.id_of(credential)
    except ceremony.NotProven:
        return None
    passkeys = Passkey.objects.at(party.id).select_related("user")
    return passkeys.filter(credential_id=credential_id).first()


def _judge(
    credential: dict[str, Any],
    passkey: Passkey,
    flow: AuthFlow,
    party: RelyingParty,
    *,
    is_told: bool = False,
) -> Signed:
    """Return what a passkey signed for a flow. NotProven."""
    if passkey is None or flow.challenge is None:
        raise ceremony.NotProven(
            "there is no such passkey, or nothing was to be signed"
        )
    return ceremony.verify_signed(
        credential,
        party=party,
        challenge=bytes(flow.challenge),
        public_key=bytes(passkey.public_key),
        user_handle=passkey.user_id.bytes,
        may_leave_out_user=is_told,
    )


def _take(passkey: Passkey, signed: Signed) -> None:
    """Write the use of a passkey, under its user's lock. PasskeyCloned.

    CredentialRefused where it was removed meanwhile. The lower count is never written:
    the next step back must be seen as well.
    """
    mine = Passkey.objects.filter(pk=passkey.pk)
    taken = mine.not_beyond(signed.sign_count).update(
        sign_count=signed.sign_count,
        backed_up=signed.backed_up,
        last_used_at=timezone.now(),
    )
    if not taken:
        raise PasskeyCloned if mine.exists() else CredentialRefused
