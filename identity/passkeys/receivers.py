"""Events of accounts that passkeys act on."""

import uuid
from typing import Any

from accounts.signals import Withdrawal
from identity.passkeys import services


def forget_all(user_id: uuid.UUID, why: Withdrawal, **kwargs: Any) -> None:
    if why is Withdrawal.FIRST_PROVEN:
        services.forget_all(user_id=user_id)
