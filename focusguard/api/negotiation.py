"""Which format answers: JSON, unless a browser asks for HTML and may have it."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

# What a program says that takes whatever comes, or JSON.
TAKES_JSON = {"*/*", "application/json"}


class JSONUnlessHTML(DefaultContentNegotiation):
    """Answer JSON where nothing asked for can be had (RFC 9110, section 12.4.1).

    A 406 would hide the real answer, an error above all.
    """

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> Any:
        first = next(iter(renderers))
        if request.META.get("HTTP_ACCEPT", "*/*") in TAKES_JSON and not format_suffix:
            return first, first.media_type
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return first, first.media_type
