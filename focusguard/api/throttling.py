"""The request limit of the API, exact across workers, with standard headers."""

import logging
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError
from django_ratelimit.core import get_usage
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from focusguard.web.client_address import address_bucket

if TYPE_CHECKING:  # DRF's views import this module while they load
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)

WINDOW = 60  # seconds


class ApiThrottle(BaseThrottle):
    """`RATE_LIMIT_PER_MINUTE` requests for each user, else for each client address.

    django-ratelimit counts with the cache's atomic add and incr, which DRF's own
    throttles do not. With the counters away the API stays open (the login limit
    does not: it has its own way out, `accounts.passwords.login_limits`).
    """

    def __init__(self) -> None:
        self.usage: dict[str, Any] | None = None

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if not settings.RATE_LIMIT_ENABLED:
            return True
        try:
            self.usage = get_usage(
                request,
                group="api",
                key=_bucket,
                rate=(settings.RATE_LIMIT_PER_MINUTE, WINDOW),
                increment=True,
            )
        except (RedisError, DatabaseError):
            logger.exception("rate counters away: the API limit is off")
            return True
        if self.usage is None:
            return True
        view.headers |= rate_limit_headers(self.usage)
        return not self.usage["should_limit"]

    def wait(self) -> float:
        """Return the seconds until the window ends; DRF's `Retry-After`."""
        return float(max(1, self.usage["time_left"])) if self.usage else 1.0


def seconds_over(*, group: str, user_id: uuid.UUID, rate: tuple[int, int]) -> int:
    """Count one of a user's acts; return for how long no more may come, 0 while it may.

    `rate` is how many in how many seconds. With the counters away nothing is limited.
    """
    if not settings.RATE_LIMIT_ENABLED:
        return 0
    try:
        usage = get_usage(
            None,
            group=group,
            key=lambda group, request: str(user_id),
            rate=rate,
            increment=True,
        )
    except RedisError:
        logger.exception("rate counters away: the limit of %s is off", group)
        return 0
    # None where the counter was lost meanwhile, by a restart of Valkey.
    if usage is None or not usage["should_limit"]:
        return 0
    return max(1, int(usage["time_left"]))


def rate_limit_headers(usage: dict[str, Any]) -> dict[str, str]:
    """Write the fields of draft-ietf-httpapi-ratelimit-headers."""
    remaining = max(0, usage["limit"] - usage["count"])
    return {
        "RateLimit-Policy": f'"api";q={usage["limit"]};w={WINDOW}',
        "RateLimit": f'"api";r={remaining};t={max(0, usage["time_left"])}',
    }


def _bucket(group: str, request: Request) -> str:
    user = request.user
    if user.is_authenticated:
        return f"user:{user.pk}"
    return f"address:{address_bucket(request)}"
