"""JSON bodies, read strictly: what could mean two things is refused."""

import json
from collections.abc import Mapping
from email.message import Message
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser

MAX_DEPTH = 32


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
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ParseError("The body is not UTF-8.") from error
        _require_shallow(text)
        try:
            value = json.loads(
                text,
                object_pairs_hook=_unique_keys,
                parse_constant=_refuse_constant,
            )
        except ValueError as error:
            raise ParseError("The body is not valid JSON.") from error
        _require_storable(value)
        return value


def _require_utf8(media_type: str | None) -> None:
    header = Message()
    header["Content-Type"] = media_type or ""
    charset = header.get_content_charset("utf-8")
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(media_type or "")


def _require_shallow(text: str) -> None:
    """Refuse deep nesting before the recursive decoder sees it."""
    depth = 0
    in_string = escaped = False
    for character in text:
        if in_string:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                in_string = False
        elif character == '"':
            in_string = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise ParseError("The body is nested too deeply.")
        elif character in "]}":
            depth -= 1


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ParseError("The body names a field twice.")
    return value


def _refuse_constant(name: str) -> None:
    raise ParseError(f"{name} is not a JSON value.")


def _require_storable(value: Any) -> None:
    """Refuse lone surrogates, in keys as in values: UTF-8 cannot carry them back."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ParseError("The body has a lone surrogate.") from error
    elif isinstance(value, dict):
        for key, item in value.items():
            _require_storable(key)
            _require_storable(item)
    elif isinstance(value, list):
        for item in value:
            _require_storable(item)
