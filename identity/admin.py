"""The staff's pages of the ways in, one line a part."""

from identity.api_tokens import admin as api_tokens_admin
from identity.passkeys import admin as passkeys_admin
from identity.providers import admin as providers_admin
from identity.second_factor import admin as second_factor_admin

__all__ = [
    "api_tokens_admin",
    "passkeys_admin",
    "providers_admin",
    "second_factor_admin",
]
