"""The name that people give to something of theirs: one line, and all of it seen."""

import re
import unicodedata
from typing import Any, ClassVar

from rest_framework import serializers

from focusguard.api.serializers.strict import TypedCharField

# Controls, the ends of a line and of a paragraph, and marks that turn the rest of a page's
# line round: a list of names would show another one than the one that was typed.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class NameField(TypedCharField):
    """A name as people see it: two keyboards may write one é in two ways."""

    default_error_messages: ClassVar = {
        "unseen": "Write it in one line, of characters that can be seen.",
    }

    def run_validation(self, data: Any = serializers.empty) -> Any:
        composed = unicodedata.normalize("NFC", data) if isinstance(data, str) else data
        return super().run_validation(composed)

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if UNSEEN.search(name):
            self.fail("unseen")
        return name
