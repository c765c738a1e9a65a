"""Parameters of the query and the path, each in one plain form and given once."""

import re
from typing import Any, TypeVar

from rest_framework import serializers
from rest_framework.request import Request

from focusguard.api.exceptions import InvalidParameter
from focusguard.api.serializers.shown import fields_of

# int() and strptime() also read 1_0, " 10", ١٠ and 2026-1-1.
QUERY_FORMS: list[tuple[type[serializers.Field[Any, Any, Any, Any]], str, str]] = [
    (serializers.IntegerField, r"-?[0-9]+", "Write it in digits only."),
    (serializers.DateField, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "Write it as YYYY-MM-DD."),
]

QueryShapes = tuple[type[serializers.Serializer[Any]], ...]
# Where people put a token who take an address for a header.
TOKEN_NAMES = {"access_token", "refresh_token", "token", "jwt", "bearer", "api_key"}

QuerySerializer = TypeVar("QuerySerializer", bound=serializers.Serializer[Any])


def require_known(shapes: QueryShapes, request: Request) -> None:
    """Refuse parameters that no shape has; InvalidParameter (400) names them.

    One that was overlooked would answer something else for ever, the first page for
    `offset` above all. A token in an address stands in every log on the way.
    """
    known = [name for shape in shapes for name in fields_of(shape)]
    unknown = [name for name in request.query_params if name not in known]
    if not unknown:
        return
    if any(name.lower() in TOKEN_NAMES for name in unknown):
        raise InvalidParameter(
            f"{unknown[0][:50]}: No token is taken from an address; send the header "
            "Authorization with Bearer and the token."
        )
    there = f"known here: {', '.join(known)}" if known else "none is known here"
    named = ", ".join(
        f"{name[:50]!r}" if not name.isidentifier() else name[:50]
        for name in unknown[:5]
    )
    raise InvalidParameter(f"{named}: not known; {there}.")


def parse_query(
    serializer_class: type[QuerySerializer], request: Request
) -> dict[str, Any]:
    """Read the query parameters; InvalidParameter (400) names the first bad one.

    A parameter given twice is refused: no reader would know which of the two counts.
    """
    for name, values in request.query_params.lists():
        if len(values) > 1:
            raise InvalidParameter(f"{name}: given more than once.")
    return parse_texts(serializer_class, request.query_params.dict())


def parse_texts(
    serializer_class: type[QuerySerializer], texts: dict[str, str]
) -> dict[str, Any]:
    """Read parameters of the query or the path; numbers and dates in plain form only.

    InvalidParameter (400) names the first bad one; `to` too where it is before `from`.
    """
    values = {}
    for name, field in fields_of(serializer_class).items():
        text = texts.get(name, serializers.empty)
        if isinstance(text, str) and (wanted := _form_missed(field, text)):
            raise InvalidParameter(f"{name}: {wanted}")
        try:
            values[name] = field.run_validation(text)
        except serializers.SkipField:
            continue
        except serializers.ValidationError as error:
            (message, *_) = error.detail
            raise InvalidParameter(f"{name}: {message}") from error
    if "from" in values and "to" in values and values["to"] < values["from"]:
        # An empty answer would be taken for a time in which nothing was done.
        raise InvalidParameter("to: It is before from.")
    return values


def _form_missed(field: Any, text: str) -> str | None:
    """Return how a value should have been written; None where it was."""
    for kind, form, wanted in QUERY_FORMS:
        if isinstance(field, kind) and not re.fullmatch(form, text):
            return wanted
    return None
