"""The step from a first factor that was right to a second one that is asked for."""

from datetime import timedelta

from accounts.devices.one_door import Method, SecondStep
from accounts.models import User
from identity.credentials import passkeys
from identity.flows import services as flows
from identity.second_factor import sealing

LIVES = timedelta(minutes=5)


def begin(user: User, method: Method) -> SecondStep:
    """Begin the second step of a sign-in of a locked user, whose first was `method`."""
    flow = flows.issue(
        flows.Kind.SECOND_FACTOR,
        user=user,
        lives=LIVES,
        claims={"method": method},
    )
    return SecondStep(
        flow_token=flows.token_of(flow),
        methods=methods_of(user),
        expires_in=round(LIVES.total_seconds()),
    )


def methods_of(user: User) -> list[str]:
    """Name what a user who has a second factor can take the second step by.

    Where the keys were taken away no code can be judged: the factor is not lifted by
    that, and recovery codes are taken all the same.
    """
    totp = ["totp"] if sealing.is_on() else []
    passkey = ["passkey"] if passkeys().has_any(user) else []
    return [*totp, "recovery_code", *passkey]
