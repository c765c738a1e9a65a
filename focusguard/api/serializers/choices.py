"""A field of a few words, whose refusal names them."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers


class WordField(serializers.ChoiceField):
    """One word out of a list; another one is told which there are.

    It is not given back: it may be as long as a body.
    """

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices, **kwargs)
        self.error_messages["invalid_choice"] = f"Write {either(self.choices)}."


def either(words: Iterable[str]) -> str:
    """Write a list of words as a sentence does: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
