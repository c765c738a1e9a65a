"""Bodies that are a file: its bytes as they come, of a length that is told and bounded."""

from collections.abc import Mapping
from typing import IO, Any, ClassVar

from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from focusguard.api.exceptions import DomainError


class LengthNeeded(DomainError):
    status_code = 411
    code = "LENGTH_REQUIRED"
    message = "Send the file with a Content-Length."


class RawBody(BaseParser):
    """Give a view the bytes of a file; 413 for more than `most`.

    Django's own bounds are for forms: of what a parser reads they know nothing.
    """

    most: ClassVar[int]

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw: bytes = stream.read(self.most + 1)
        if len(raw) > self.most:
            raise RequestDataTooBig
        return raw


def require_length(request: Request) -> None:
    """Refuse a body that comes in chunks, or not at all. LengthNeeded (411).

    What says its length is refused before its first byte is read where it is too long.
    """
    chunked = "HTTP_TRANSFER_ENCODING" in request.META
    if chunked or not request.META.get("CONTENT_LENGTH"):
        raise LengthNeeded


def sent_file(request: Request) -> bytes:
    """Return the bytes of the body; none of an empty one, of which DRF makes a form."""
    raw: Any = request.data or b""
    return bytes(raw)


def taken_file(request: Request) -> bytes:
    """Return the bytes of the body, of which the request then knows nothing more.

    A request and its view know each other, so that what they hold stays until the next
    search for garbage: megabytes, for minutes.
    """
    raw = sent_file(request)
    request._full_data = request._data = b""  # type: ignore[attr-defined]  # what DRF keeps them in
    return raw
