"""JSON bodies, read strictly: what could mean two things is refused."""

import re
from collections.abc import Mapping
from email.message import Message
from json import JSONDecodeError
from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser

MAX_DEPTH = 32
STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"')


class StrictJSONParser(JSONParser):
    """Read one UTF-8 JSON text (RFC 8259, section 8.1) of at most 64 KiB.

    400 for what is not JSON, for NaN and Infinity, a key given twice, more than 32
    levels, and lone surrogates; 413 for too much; 415 for another charset.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        _require_utf8(media_type)
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise not_json(error) from error
        require_plain(raw, value)
        return value


def not_json(error: Exception) -> ParseError:
    """Say that a body is not JSON, and where, but not in a library's own words."""
    if not isinstance(error, JSONDecodeError):
        return ParseError("The body is not valid JSON.")
    place = f"line {error.lineno}, column {error.colno}"
    return ParseError(f"The body is not valid JSON, from {place} on.")


def require_plain(raw: bytes, value: Any) -> None:
    """Refuse a key given twice and deep nesting, in what `raw` was read as; ParseError.

    Readers keep the last of two equal keys. In valid JSON each key has one colon, and
    no other stands outside of a string.
    """
    if STRING.sub(b"", raw).count(b":") != _count_keys(value):
        raise ParseError("The body names a field twice.")


def _require_utf8(media_type: str | None) -> None:
    header = Message()
    header["Content-Type"] = media_type or ""
    charset = header.get_content_charset("utf-8")
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(media_type or "")


def _count_keys(value: Any, depth: int = 1) -> int:
    """Count the keys of all objects; ParseError for deeper nesting than `MAX_DEPTH`."""
    if not isinstance(value, (dict, list)):
        return 0
    if depth > MAX_DEPTH:
        raise ParseError("The body is nested too deeply.")
    if isinstance(value, list):
        return sum(_count_keys(item, depth + 1) for item in value)
    return len(value) + sum(_count_keys(item, depth + 1) for item in value.values())
