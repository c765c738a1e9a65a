"""Proofs of who holds a signed-in device: by the password, or by the second factor."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.devices.proving import note_proof
from accounts.exceptions import WrongPassword
from accounts.models import User
from accounts.passwords.login_limits import counting_check
from accounts.user_lock import lock_user
from identity.credentials import passkeys
from identity.exceptions import (
    CredentialRefused,
    SecondFactorRequired,
    SecondFactorWrong,
)
from identity.flows import services as flows
from identity.models import AuthFlow
from identity.second_factor.factor_limits import counting_factor
from identity.second_factor.judgement import Answer, judge, record_refusal
from identity.second_factor.second_step import MOST_TRIES

LIVES = timedelta(minutes=5)


def prove_by_password(
    *, user: User, device_id: uuid.UUID | None, password: str, address: str
) -> None:
    """Take the user's password as a proof. WrongPassword; LoginRateLimited.

    SecondFactorRequired where they have one: who has read the password, and taken a
    device, must not be able to take the factor away.
    """
    if user.second_factor:
        raise SecondFactorRequired
    with counting_check(user.pk, address):
        if not user.check_password(password):
            audit.record_failure(audit.Kind.PASSWORD_REFUSED, user_id=user.pk)
            raise WrongPassword(errors={"password": [WrongPassword.message]})
    with transaction.atomic():
        # One may have been added while the password was hashed.
        if lock_user(user.pk).second_factor:
            raise SecondFactorRequired
        note_proof(user=user, device_id=device_id)


def prove_by_factor(
    *,
    user: User,
    device_id: uuid.UUID | None,
    answer: Answer,
    flow_token: str | None,
    address: str,
) -> None:
    """Take a code or a passkey as a proof.

    SecondFactorWrong, CredentialRefused; FlowInvalid; LoginRateLimited.
    """
    with counting_factor(user.pk, address):
        flow: AuthFlow | None = None
        if flow_token is not None:
            flow = flows.find(flow_token, flows.Kind.PROOF, user=user)
            flows.count_try(flow, most=MOST_TRIES)
        try:
            with transaction.atomic():
                judge(lock_user(user.pk), answer, flow)
                if flow is not None:
                    flows.claim(flow)
                note_proof(user=user, device_id=device_id)
        except (SecondFactorWrong, CredentialRefused) as error:
            record_refusal(user, error)
            raise


def passkey_options(*, user: User) -> dict[str, Any]:
    """Begin a proof by a passkey: the flow's token, and what is to be signed.

    CredentialRefused where the user has no passkey.
    """
    if not passkeys().has_any(user):
        raise CredentialRefused
    flow = flows.issue(flows.Kind.PROOF, user=user, lives=LIVES)
    return {
        "flow_token": flows.token_of(flow),
        "public_key": passkeys().options(user, flow),
    }
