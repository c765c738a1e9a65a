"""Answers that a client keeps, and asks about before it uses them again."""

import hashlib
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard.api.views import ApiViewSet

View = TypeVar("View", bound=ApiViewSet)
Handler = Callable[[View, Request], Response]

IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="The `ETag` of an earlier answer; 304 without a body where it is "
    "still the same.",
)


def revalidated(handler: Handler[View]) -> Handler[View]:
    """Give a handler's answer an ETag, and 304 to who has it (RFC 9110, 13.1.2).

    The tag is of the bytes that would be sent, so it knows whatever is the asker's own
    in them. It is weak: the compressed bytes are others and mean the same.
    """

    @wraps(handler)
    def answer(view: View, request: Request) -> Response:
        response = handler(view, request)
        if request.accepted_renderer.format == "json":
            view.headers["Cache-Control"] = "private, no-cache"
            response.add_post_render_callback(partial(_tag, request))
        return response

    return answer


def _tag(request: Request, response: Any) -> None:
    patch_vary_headers(response, ("Authorization", "Accept-Encoding"))
    digest = hashlib.blake2b(response.content, digest_size=16).hexdigest()
    response.headers["ETag"] = f'W/"{digest}"'
    if _has(digest, request.META.get("HTTP_IF_NONE_MATCH", "")):
        response.status_code = 304
        response.content = b""
        del response.headers["Content-Type"]


def _has(digest: str, named: str) -> bool:
    return bool(named) and any(
        tag == "*" or tag.removeprefix("W/") == f'"{digest}"'
        for tag in parse_etags(named)
    )
