"""Content negotiation, of bodies and answers: JSON, unless a browser may have HTML."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

# What a program says that takes whatever comes, or JSON.
TAKES_JSON = {"*/*", "application/json"}


class JSONUnlessHTML(DefaultContentNegotiation):
    """Answer JSON where nothing asked for can be had (RFC 9110, section 12.4.1).

    A 406 would hide the real answer, an error above all.
    """

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> Any:
        """Return what reads the body, or None: it is refused (415), as a packed one is.

        DRF takes a range (`*/*`) for a type, and packed bytes for what is in them.
        """
        coding = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
        if coding not in ("", "identity") or "*" in request.content_type:
            return None
        return super().select_parser(request, parsers)

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
