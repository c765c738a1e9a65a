"""Spans of local dates, as a query asks for them."""

from datetime import date
from typing import Any

from rest_framework.request import Request

from focusguard.api.exceptions import InvalidParameter
from focusguard.api.serializers.query import parse_query
from stats.serializers import SpanQuerySerializer

USUAL_DAYS = 30


def whole_span(shape: type[SpanQuerySerializer], request: Request) -> dict[str, Any]:
    """Read the dates that were given; InvalidParameter where `to` lies before `from`."""
    given = parse_query(shape, request)
    if len(given) == 2 and given["to"] < given["from"]:
        raise InvalidParameter("to: The last day lies before the first.")
    return given


def recent_span(
    request: Request, today: date, *, most_days: int | None = None
) -> tuple[date, date]:
    """Read a span that ends today and is 30 days long where nothing else is said.

    InvalidParameter for one that is turned round, or longer than `most_days`.
    """
    given = whole_span(SpanQuerySerializer, request)
    first = given.get("from")
    last = given.get("to", today if first is None else max(today, first))
    if first is None:
        first = date.fromordinal(max(1, last.toordinal() - USUAL_DAYS + 1))
    if most_days is not None and (last - first).days >= most_days:
        raise InvalidParameter(f"from: At most {most_days} days are shown at once.")
    return first, last
