"""Issuing, finding and using of flows."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from focusguard.counters.windows import LimitReached, WindowCounter, key_of, reserve
from focusguard.web.signed_ids import mac_of, signed, split
from identity.exceptions import FlowInvalid, FlowsLimited
from identity.models import AuthFlow

MOST_A_MINUTE = 20


class Kind(StrEnum):
    """The purposes of flows: a token of one is none of another."""

    SECOND_FACTOR = "second_factor"
    PROOF = "proof"
    PASSKEY_ADD = "passkey_add"
    PASSKEY_SIGN_IN = "passkey_sign_in"
    OAUTH_SIGN_IN = "oauth_sign_in"
    OAUTH_LINK = "oauth_link"
    OAUTH_FINISH = "oauth_finish"


def count_flow(kind: Kind, client: str) -> None:
    """Count a flow of a kind that a client begins unasked. FlowsLimited."""
    if not settings.RATE_LIMIT_ENABLED:
        return
    try:
        reserve([WindowCounter(key_of("flows", kind, client), MOST_A_MINUTE, 60)])
    except LimitReached as reached:
        raise FlowsLimited(retry_after=reached.seconds) from reached


def issue(
    kind: Kind,
    *,
    lives: timedelta,
    user: User | None = None,
    provider: str = "",
    binding: bytes = b"",
    challenge: bytes | None = None,
    claims: dict[str, Any] | None = None,
) -> AuthFlow:
    """Begin a flow."""
    now = timezone.now()
    return AuthFlow.objects.create(
        kind=kind,
        user=user,
        provider=provider,
        binding=binding,
        challenge=challenge,
        claims=claims,
        created_at=now,
        expires_at=now + lives,
    )


def token_of(flow: AuthFlow) -> str:
    """Return what its holder goes on with."""
    return signed(flow.pk, _mac(flow))


def find(token: str, kind: Kind, *, user: User | None = None) -> AuthFlow:
    """Return the open flow of a token, with its user; of `user` alone where given.

    FlowInvalid, which says nothing else: of an unknown one, a used, an old, one of
    another kind or somebody else's. Whoever acts on it asks `claim` first.
    """
    parts = split(token)
    if parts is None:
        raise FlowInvalid
    flow_id, mac = parts
    flows = AuthFlow.objects.open(timezone.now()).select_related("user")
    flow = flows.filter(pk=flow_id, kind=kind).first()
    if flow is None or not constant_time_compare(mac, _mac(flow)):
        raise FlowInvalid
    if user is not None and flow.user_id != user.pk:
        raise FlowInvalid
    return flow


def count_try(flow: AuthFlow, *, most: int) -> None:
    """Count a try before it is judged. FlowInvalid beyond `most`, and the flow ends.

    Counting first is what makes it exact: of fifty at once no more are judged than may.
    """
    now = timezone.now()
    tried = AuthFlow.objects.open(now).filter(pk=flow.pk, tries__lt=most)
    if not tried.update(tries=F("tries") + 1):
        raise FlowInvalid


def claim(flow: AuthFlow) -> None:
    """Take a flow. FlowInvalid for all but one of those who hold its token.

    One statement judges and takes. In a transaction with what it leads to, or before
    somebody outside is asked.
    """
    now = timezone.now()
    if not AuthFlow.objects.open(now).filter(pk=flow.pk).update(used_at=now):
        raise FlowInvalid


def end_flows(user: User) -> None:
    """End what a locked user has begun, where what it was begun by is gone."""
    AuthFlow.objects.filter(user=user, used_at=None).update(used_at=timezone.now())


def _mac(flow: AuthFlow) -> bytes:
    return mac_of("identity.flows", flow.kind, flow.pk.hex)
