"""CORS by exact comparison."""

import re
from urllib.parse import SplitResult

from corsheaders.conf import conf
from corsheaders.middleware import (
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    CorsMiddleware,
)
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers


class ExactCorsMiddleware(CorsMiddleware):
    """Allow an origin that is listed to the letter (RFC 6454, section 6.2).

    django-cors-headers compares what `urlsplit` makes of it, which takes a path along
    and drops tabs.
    """

    def origin_found_in_white_lists(self, origin: str, url: SplitResult) -> bool:
        return origin in conf.CORS_ALLOWED_ORIGINS

    def add_response_headers(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.META.get("HTTP_ORIGIN"):
            return super().add_response_headers(request, response)
        # Nearly every answer. To look for an origin, the library has Django take apart
        # all headers of the request: a twentieth of the time of a short answer.
        if request._cors_enabled:  # type: ignore[attr-defined]  # by check_preflight
            patch_vary_headers(response, ("origin",))
        return response


ORIGIN = re.compile(rb"(?i)\r\norigin:[ \t]*([^\r\n]*?)[ \t]*(?=\r\n)")


def headers_of_a_refusal(head: bytes) -> dict[str, str]:
    """Let a page read why the server refused what the application never saw.

    `head` is that of the request, as it came. A broken one names one origin or none.
    """
    target = b"".join(head.split(b" ", 2)[1:2]).decode("latin-1")
    if not re.match(conf.CORS_URLS_REGEX, target):
        return {}
    named = ORIGIN.findall(head)
    origin = named[0].decode("latin-1") if len(named) == 1 else ""
    if origin not in conf.CORS_ALLOWED_ORIGINS:
        return {"Vary": "origin"}
    return {
        "Vary": "origin",
        ACCESS_CONTROL_ALLOW_ORIGIN: origin,
        ACCESS_CONTROL_ALLOW_CREDENTIALS: "true",
        ACCESS_CONTROL_EXPOSE_HEADERS: ", ".join(conf.CORS_EXPOSE_HEADERS),
    }
