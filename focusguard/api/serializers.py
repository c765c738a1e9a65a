"""Fields and serializers that take a value only as what it is.

DRF turns `25` into `"25"`, `"25"` into 25 and `"yes"` into true. A client that sends
such a thing has a fault, and hears of it (contract.md: wrong types are 422).
"""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from rest_framework import serializers
from rest_framework.request import Request

from focusguard.api.exceptions import InvalidParameter

# int() and strptime() also read 1_0, " 10", ١٠ and 2026-1-1.
QUERY_FORMS: list[tuple[type[serializers.Field[Any, Any, Any, Any]], str]] = [
    (serializers.IntegerField, r"-?[0-9]+"),
    (serializers.DateField, r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
]

QuerySerializer = TypeVar("QuerySerializer", bound=serializers.Serializer[Any])


class StrictCharField(serializers.CharField):
    """A JSON string, taken exactly as received."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class StrictEmailField(StrictCharField, serializers.EmailField):
    """A JSON string that is an e-mail address."""


class StrictIntegerField(serializers.IntegerField):
    """A JSON integer; 1.0, "1" and true are none."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return int(super().to_internal_value(data))


class StrictBooleanField(serializers.BooleanField):
    """JSON true or false."""

    # An empty form body says nothing; DRF would take each box as not ticked.
    default_empty_html = serializers.empty

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class StrictChoiceField(serializers.ChoiceField):
    """A JSON string out of a list."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class StrictUUIDField(serializers.UUIDField):
    """A JSON string that is a UUID with its dashes."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class StrictSerializer(serializers.Serializer[Any]):
    """A body whose every field is known; another one is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [key for key in data if key not in self.fields]
            if unknown:
                raise serializers.ValidationError(
                    {key: ["This field is not known."] for key in unknown}
                )
        return super().to_internal_value(data)


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

    InvalidParameter (400) names the first bad one.
    """
    serializer = serializer_class(data=texts)
    if not serializer.is_valid():
        name, messages = next(iter(serializer.errors.items()))
        raise InvalidParameter(f"{name}: {messages[0]}")
    for name, text in texts.items():
        if not _is_plain(serializer.fields.get(name), text):
            raise InvalidParameter(f"{name}: Write it in digits only.")
    return dict(serializer.validated_data)


def _is_plain(field: Any, text: str) -> bool:
    return all(
        re.fullmatch(form, text)
        for kind, form in QUERY_FORMS
        if isinstance(field, kind)
    )
