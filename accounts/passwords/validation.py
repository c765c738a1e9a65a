"""The rules of passwords beyond Django's own (docs/contract.md, Users)."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

MIN_LENGTH, MAX_LENGTH = 8, 128
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


def weaknesses(password: str, *, user: User, but_length: bool = False) -> list[str]:
    """Say all that makes it a bad password for `user`; nothing for a good one."""
    try:
        validate_password(password, user)
    except ValidationError as found:
        return [
            message
            for error in found.error_list
            if not (but_length and error.code == "password_too_short")
            for message in error.messages
        ]
    return []
