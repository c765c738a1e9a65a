"""The second step of a sign-in, which ends at the one door."""

from typing import Any

from django.db import transaction

from accounts.devices.one_door import SignIn, complete_sign_in
from accounts.exceptions import InvalidCredentials, TokenInvalid
from accounts.models import User
from accounts.user_lock import lock_user
from identity.credentials import passkeys
from identity.exceptions import (
    CredentialRefused,
    FlowInvalid,
    SecondFactorWrong,
)
from identity.flows import services as flows
from identity.models import AuthFlow
from identity.second_factor.factor_limits import counting_factor
from identity.second_factor.judgement import (
    Answer,
    judge,
    method_after,
    record_refusal,
)

MOST_TRIES = 5


def finish(*, flow_token: str, answer: Answer, address: str) -> SignIn:
    """Take the second factor of a flow, and open a device.

    FlowInvalid; SecondFactorWrong and CredentialRefused; LoginRateLimited.
    """
    flow = flows.find(flow_token, flows.Kind.SECOND_FACTOR)
    user = _whose(flow)
    with counting_factor(user.pk, address):
        flows.count_try(flow, most=MOST_TRIES)
        try:
            return _open(flow, user, answer)
        except (SecondFactorWrong, CredentialRefused) as error:
            record_refusal(user, error)
            raise
        except (TokenInvalid, InvalidCredentials) as error:
            raise FlowInvalid from error


@transaction.atomic
def _open(flow: AuthFlow, user: User, answer: Answer) -> SignIn:
    """Judge, take the flow and sign in, all or nothing.

    The lock comes first: what ended the flow meanwhile, as a change of the password
    does, is seen by the claim.
    """
    locked = lock_user(user.pk)
    factor = judge(locked, answer, flow)
    flows.claim(flow)
    method = method_after((flow.claims or {})["method"], factor)
    return complete_sign_in(user=locked, method=method, is_both_factors=True)


def passkey_options(*, flow_token: str) -> dict[str, Any]:
    """Return what a passkey is to sign for this flow. FlowInvalid; CredentialRefused."""
    flow = flows.find(flow_token, flows.Kind.SECOND_FACTOR)
    return passkeys().options(_whose(flow), flow)


def _whose(flow: AuthFlow) -> User:
    """Return the user of a flow that always has one."""
    if flow.user is None:
        raise FlowInvalid
    return flow.user
