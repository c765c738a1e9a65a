"""The event that ends a user's API tokens, led to its service."""

from typing import Any
from uuid import UUID

from accounts.signals import Withdrawal, trust_withdrawn
from identity.api_tokens import services


def connect() -> None:
    """Hear of trust that is withdrawn."""
    trust_withdrawn.connect(end_tokens, dispatch_uid="identity.end_tokens")


def end_tokens(*, user_id: UUID, why: Withdrawal, **kwargs: Any) -> None:
    services.end_tokens(user_id=user_id, why=why)
