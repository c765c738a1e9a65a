"""Fields and serializers that take a value only as what it is.

DRF turns `25` into `"25"`, `"25"` into 25 and `"yes"` into true. A client that sends
such a thing has a fault, and hears of it (docs/contract.md: wrong types are 422).
"""

import copy
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.settings import api_settings

from focusguard.api.serializers.choices import WordField

# Of ASCII alone: \d is a digit of any script.
DATE_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


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


class StrictChoiceField(WordField):
    """A JSON string out of a list."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice")
        return super().to_internal_value(data)


class StrictUUIDField(serializers.UUIDField):
    """A JSON string that is a UUID with its dashes."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or len(data) != 36:
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class StrictDateField(serializers.DateField):
    """A JSON string like 2026-01-18; strptime also reads 2026-1-18."""

    default_error_messages: ClassVar = {
        "form": "Write it as YYYY-MM-DD.",
        "invalid": "There is no such date.",
    }

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not DATE_FORM.fullmatch(value):
            self.fail("form")
        return super().to_internal_value(value)


class StrictSerializer(serializers.Serializer[Any]):
    """A body whose every field is known; another one is refused by name."""

    # What the document says of the body as a whole, where `validate` asks for it.
    bounds: ClassVar[dict[str, int]] = {}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Build the fields that the body names or has to name.

        DRF builds each field anew for each request, which made a write slower with every
        optional field beside those that it sends.
        """
        sent = getattr(self, "initial_data", None)
        if not isinstance(sent, Mapping):
            return super().get_fields()
        return {
            name: copy.deepcopy(field)
            for name, field in self._declared_fields.items()
            if name in sent or field.required or field.default is not serializers.empty
        }

    def run_validation(self, data: Any = serializers.empty) -> Any:
        # DRF speaks of a dictionary, as Python does, and of no data where there is null.
        if not isinstance(data, Mapping):
            told = {api_settings.NON_FIELD_ERRORS_KEY: ["Send a JSON object."]}
            raise serializers.ValidationError(told)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        unknown = {
            key: ["This field is not known."] for key in data if key not in self.fields
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
