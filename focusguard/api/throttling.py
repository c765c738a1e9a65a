"""The request limit of the API, exact across workers, with standard headers."""

import logging
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
