"""The body of an upload: the bytes of a CSV file, of a known length and at most 2 MiB."""

from collections.abc import Mapping
from email.message import Message
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from importing.exceptions import CsvNeeded, LengthNeeded

CHARSETS = {"utf-8", "utf8", "utf-16", "utf16", "us-ascii"}


class CsvBody(BaseParser):
    """Take the bytes as they come; the worker reads them.

    413 for too much, 415 for a charset that no byte order mark could tell.
    """

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        header = Message()
        header["Content-Type"] = media_type or ""
        if header.get_content_charset("utf-8") not in CHARSETS:
            raise CsvNeeded
        raw: bytes = stream.read(settings.UPLOAD_MAX_SIZE + 1)
        if len(raw) > settings.UPLOAD_MAX_SIZE:
            raise RequestDataTooBig
        return raw


def require_length(request: Request) -> None:
    """Refuse a body that comes in chunks, or not at all. LengthNeeded (411).

    What says its length is refused before its first byte is read where it is too long.
    """
    chunked = "HTTP_TRANSFER_ENCODING" in request.META
    if chunked or not request.META.get("CONTENT_LENGTH"):
        raise LengthNeeded
