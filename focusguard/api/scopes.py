"""The scopes of API tokens: what a program may ask in its user's name (ADR 63)."""

from collections.abc import Collection
from typing import Any

from django.db.models import TextChoices

from focusguard.api.exceptions import DomainError


class Scope(TextChoices):
    """The rights that a token can have; each view names the one that its action needs."""

    PROFILE_READ = "profile:read", "the profile and the preferences"
    SESSIONS_READ = "sessions:read", "sessions, entries, labels and history"
    SESSIONS_WRITE = "sessions:write", "start, end, change and delete them"
    GARDEN_READ = "garden:read", "plants and species"
    GARDEN_WRITE = "garden:write", "plant, tend and remove plants"
    STATS_READ = "stats:read", "figures, days, goals and days off"
    BOARDS_READ = "boards:read", "the boards and public profiles"


class Scoped:
    """A credential (`request.auth`) that opens only what its scopes name."""

    scopes: Collection[str]


class ScopeMissing(DomainError):
    """A token asked for what none of its scopes opens (RFC 6750, section 3.1)."""

    status_code = 403
    code = "SCOPE_MISSING"
    message = "This API token may not do this."

    def __init__(self, wanted: Scope | None = None) -> None:
        self.wanted = wanted
        if wanted is None:
            super().__init__("No API token may do this; sign in.")
        else:
            super().__init__(f"This needs an API token with the scope {wanted.value}.")

    @property
    def challenge(self) -> str:
        """The value of `WWW-Authenticate`: another right is missing, not another token."""
        told = 'Bearer error="insufficient_scope"'
        return f'{told}, scope="{self.wanted.value}"' if self.wanted else told


def require_scope(credential: Any, wanted: Scope | None) -> None:
    """Refuse an API token whose scopes do not name what is asked. ScopeMissing.

    What names no scope is closed to every token: a route that is added and says
    nothing of tokens is not opened by one that was made before it.
    """
    if isinstance(credential, Scoped) and (
        wanted is None or wanted not in credential.scopes
    ):
        raise ScopeMissing(wanted)
