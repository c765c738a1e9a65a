"""The body of an upload: the bytes of a CSV file, of a known length and at most 2 MiB."""

from collections.abc import Mapping
from email.message import Message
from typing import IO, Any

from django.conf import settings

from focusguard.api.raw_bodies import RawBody
from importing.exceptions import CsvNeeded

CHARSETS = {"utf-8", "utf8", "utf-16", "utf16", "us-ascii"}


class CsvBody(RawBody):
    """Take the bytes as they come; the worker reads them.

    413 for too much, 415 for a charset that no byte order mark could tell.
    """

    media_type = "text/csv"
    most = settings.UPLOAD_MAX_SIZE

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
        return super().parse(stream, media_type, parser_context)
