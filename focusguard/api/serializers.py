"""Fields and serializers that take a value only as what it is.

DRF turns `25` into `"25"`, `"25"` into 25 and `"yes"` into true. A client that sends
such a thing has a fault, and hears of it (docs/contract.md: wrong types are 422).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, ClassVar, TypeVar

from rest_framework import serializers
from rest_framework.request import Request

from focusguard.api.exceptions import InvalidParameter

# int() and strptime() also read 1_0, " 10", ١٠ and 2026-1-1.
QUERY_FORMS: list[tuple[type[serializers.Field[Any, Any, Any, Any]], str, str]] = [
    (serializers.IntegerField, r"-?[0-9]+", "Write it in digits only."),
    (serializers.DateField, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "Write it as YYYY-MM-DD."),
]

QueryShapes = tuple[type[serializers.Serializer[Any]], ...]
# Where people put a token who take an address for a header.
TOKEN_NAMES = {"access_token", "refresh_token", "token", "jwt", "bearer", "api_key"}

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


class TypedCharField(StrictCharField):
    """A JSON string that a person types: what surrounds it is no part of it.

    A phone's keyboard adds a space to a name that it completes, a form that is filled
    in by itself a line's end, and a text out of a chat marks that nobody sees.
    """

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(trimmed(data) if isinstance(data, str) else data)


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

    # What the document says of the body as a whole, where `validate` asks for it.
    bounds: ClassVar[dict[str, int]] = {}

    def to_internal_value(self, data: Any) -> Any:
        unknown = {}
        if isinstance(data, Mapping):
            unknown = {
                key: ["This field is not known."]
                for key in data
                if key not in self.fields
            }
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as error:
            # All that is wrong is told at once, or a form is sent again for each.
            known = error.detail if isinstance(error.detail, dict) else {}
            raise serializers.ValidationError({**known, **unknown}) from error
        if unknown:
            raise serializers.ValidationError(unknown)
        return value


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
        plan = _plan(type(self))
        of = plan.of_dict if isinstance(instance, dict) else plan.of_object
        shown = dict(zip(plan.names, of(instance), strict=True))
        for name, show in plan.nested:
            shown[name] = show(shown[name])
        for name, method in plan.methods:
            shown[name] = getattr(self, method)(instance)
        return shown


Taker = Callable[[Any], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The output of a serializer: its fields by name, taken out of a dict or an object.

    Then those that are shapes themselves, and the methods that work out the others.
    """

    names: list[str]
    of_dict: Taker
    of_object: Taker
    nested: list[tuple[str, Callable[[Any], Any]]]
    methods: list[tuple[str, str]]


@cache
def _plan(shape: type[ShownSerializer]) -> Plan:
    methods, taken = {}, {}
    for name, field in _fields(shape).items():
        if isinstance(field, serializers.SerializerMethodField):
            methods[name] = str(field.method_name)
        else:
            taken[name] = field
    sources = []
    for field in taken.values():
        (source,) = field.source_attrs
        sources.append(source)
    return Plan(
        names=list(taken),
        of_dict=_taker(itemgetter, sources),
        of_object=_taker(attrgetter, sources),
        nested=[
            (name, show) for name, field in taken.items() if (show := _nested(field))
        ],
        methods=list(methods.items()),
    )


def _taker(getter: Callable[..., Callable[[Any], Any]], sources: list[str]) -> Taker:
    take = getter(*sources)
    # Of a single source a getter returns the value, of several a tuple of them.
    return take if len(sources) > 1 else lambda instance: (take(instance),)


def _nested(field: Any) -> Callable[[Any], Any] | None:
    """Return what shows the value of a field that is a shape, or a list of a shape."""
    if isinstance(field, serializers.ListSerializer):
        child: Any = field.child
        return lambda items: [child.to_representation(item) for item in items]
    if isinstance(field, ShownSerializer):
        return lambda item: None if item is None else field.to_representation(item)
    return None


def trimmed(text: str) -> str:
    """Return a typed text without the blanks and the invisible marks around it."""
    start, end = 0, len(text)
    while start < end and _is_invisible(text[start]):
        start += 1
    while end > start and _is_invisible(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def require_known(shapes: QueryShapes, request: Request) -> None:
    """Refuse parameters that no shape has; InvalidParameter (400) names them.

    One that was overlooked would answer something else for ever, the first page for
    `offset` above all. A token in an address stands in every log on the way.
    """
    known = [name for shape in shapes for name in _fields(shape)]
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
        if isinstance(text, str) and (wanted := _form_missed(field, text)):
            raise InvalidParameter(f"{name}: {wanted}")
    return values


@cache
def _fields(
    shape: type[serializers.Serializer[Any]],
) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """Return the fields of one instance for all, since DRF copies them for each."""
    return dict(shape().fields)


def _form_missed(field: Any, text: str) -> str | None:
    """Return how a value that was read should have been written; None if it was."""
    for kind, form, wanted in QUERY_FORMS:
        if isinstance(field, kind) and not re.fullmatch(form, text):
            return wanted
    return None
