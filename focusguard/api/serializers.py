"""Fields and serializers that take a value only as what it is.

DRF turns `25` into `"25"`, `"25"` into 25 and `"yes"` into true. A client that sends
such a thing has a fault, and hears of it (contract.md: wrong types are 422).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
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


class ShownSerializer(serializers.Serializer[Any]):
    """A shape that is shown and never read.

    DRF copies a serializer's fields for each use and asks each field to represent its
    value. Here the fields are looked at once, and values go to the renderer as they
    are: it knows how to write ids, days and times.
    """

    @property
    def data(self) -> Any:
        # The browsable API asks what an empty form would show.
        if self.instance is None:
            return super().data
        return self.to_representation(self.instance)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {name: read(self, instance) for name, read in _readers(type(self))}


Reader = Callable[[ShownSerializer, Any], Any]


@cache
def _readers(shape: type[ShownSerializer]) -> list[tuple[str, Reader]]:
    return [(name, _reader(field)) for name, field in _fields(shape).items()]


def _reader(field: serializers.Field[Any, Any, Any, Any]) -> Reader:
    if isinstance(field, serializers.SerializerMethodField):
        method = str(field.method_name)
        return lambda shown, instance: getattr(shown, method)(instance)
    take = _taker(field.source_attrs)
    if isinstance(field, serializers.ListSerializer):
        child: Any = field.child
        return lambda shown, instance: [
            child.to_representation(item) for item in take(instance)
        ]
    if isinstance(field, ShownSerializer):
        return lambda shown, instance: (
            None if (item := take(instance)) is None else field.to_representation(item)
        )
    return lambda shown, instance: take(instance)


def _taker(path: list[str]) -> Callable[[Any], Any]:
    """Return what walks `path`: the keys of a dict, the attributes of anything else."""
    (name,) = path
    return lambda instance: (
        instance[name] if isinstance(instance, dict) else getattr(instance, name)
    )


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
    values = {}
    for name, field in _fields(serializer_class).items():
        text = texts.get(name, serializers.empty)
        try:
            values[name] = field.run_validation(text)
        except serializers.SkipField:
            continue
        except serializers.ValidationError as error:
            (message, *_) = error.detail
            raise InvalidParameter(f"{name}: {message}") from error
        if isinstance(text, str) and not _is_plain(field, text):
            raise InvalidParameter(f"{name}: Write it in digits only.")
    return values


@cache
def _fields(
    shape: type[serializers.Serializer[Any]],
) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return the fields of one instance for all, since DRF copies them for each."""
    return dict(shape().fields)


def _is_plain(field: Any, text: str) -> bool:
    return all(
        re.fullmatch(form, text)
        for kind, form in QUERY_FORMS
        if isinstance(field, kind)
    )
