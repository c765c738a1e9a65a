"""The JSON body of a batch, in which one item that cannot be read spoils no other."""

import json
from collections.abc import Mapping
from io import BytesIO
from json import JSONDecodeError
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError

from focusguard.api.parsers import StrictJSONParser, not_json, require_plain

# No integer of ours is longer, and Python refuses to read one of thousands of digits.
MAX_DIGITS = 20


class BatchParser(StrictJSONParser):
    """Read what `StrictJSONParser` reads, and items with values that it refuses.

    Half an emoji, as a text has that was cut by its length, and a number beyond all
    are JSON by its grammar, and stand in one item of a hundred: an outbox that is
    refused as a whole for it is sent again for ever. They are left for the item's
    verdict. Anywhere else they are refused as everywhere.
    """

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        try:
            return super().parse(BytesIO(raw), media_type, parser_context)
        except ParseError as refused:
            try:
                value = _read(raw)
            except (ValueError, RecursionError) as error:
                if isinstance(refused.__cause__, JSONDecodeError):
                    # It may be about a value that is read here, before the true fault.
                    raise not_json(error) from error
                raise refused from None
            if not isinstance(value, dict) or value.keys() != {"items"}:
                raise
            require_plain(raw, value)
            return value


def _read(raw: bytes) -> Any:
    """Read JSON by Python's reader, which keeps such values."""
    return json.loads(raw.decode("utf-8"), parse_constant=_refuse, parse_int=_integer)


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)
