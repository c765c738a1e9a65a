"""The rules of passwords beyond Django's own (contract.md, Users)."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.models import User

MAX_LENGTH = 128


class MaximumLengthValidator:
    """Refuse what would make hashing expensive before it is hashed."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MAX_LENGTH:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return f"Use at most {MAX_LENGTH} characters."


def require_good_password(password: str, *, user: User, field: str) -> None:
    """Raise a serializer's ValidationError on `field` for a weak password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({field: error.messages}) from error
