"""The rules of passwords beyond Django's own (contract.md, Users)."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.models import User

MAX_LENGTH = 128
PRODUCT_NAMES = {"focusguard", "focusguardadmin", "focusguarduser", "myfocusguard"}


class MaximumLengthValidator:
    """Refuse what would make hashing expensive before it is hashed."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > MAX_LENGTH:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return f"Use at most {MAX_LENGTH} characters."


class ProductNameValidator:
    """Refuse what is guessed first here: our own name, with a few marks around it."""

    def validate(self, password: str, user: Any = None) -> None:
        letters = "".join(filter(str.isalpha, password.casefold()))
        if letters in PRODUCT_NAMES:
            raise ValidationError(self.get_help_text(), code="password_product_name")

    def get_help_text(self) -> str:
        return "Choose something else than the name of this product."


def require_good_password(password: str, *, user: User, field: str) -> None:
    """Raise a serializer's ValidationError on `field` for a weak password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({field: error.messages}) from error
