"""Receivers that end ways in when trust in what was given before is withdrawn."""

import uuid
from typing import Any

from accounts.models import User
from accounts.signals import Withdrawal, trust_withdrawn
from identity.providers import linked
from identity.second_factor import services


def end_unproven_factor(user_id: uuid.UUID, why: Withdrawal, **kwargs: Any) -> None:
    """A reset lifts no factor, but of an account that nobody had proven to be theirs."""
    if why is Withdrawal.FIRST_PROVEN:
        services.forget_unproven(User.objects.get(pk=user_id))


def unlink_unproven(user_id: uuid.UUID, why: Withdrawal, **kwargs: Any) -> None:
    """Nor does who made the account of an address that is not theirs sign in from afar."""
    if why is Withdrawal.FIRST_PROVEN:
        linked.forget_all(user_id)


def connect() -> None:
    trust_withdrawn.connect(
        end_unproven_factor, dispatch_uid="identity.end_unproven_factor"
    )
    trust_withdrawn.connect(unlink_unproven, dispatch_uid="identity.unlink_unproven")
