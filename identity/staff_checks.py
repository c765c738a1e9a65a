"""Checks of the ways in: what an operator should know before people sign in."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

from accounts.models import User
from identity.models import TotpSecret


@register(Tags.security, deploy=True)
def require_staff_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a rule that nobody could keep: a factor is asked for, and none can be added."""
    if settings.REQUIRE_STAFF_SECOND_FACTOR and not settings.ENCRYPTION_KEYS:
        return [
            Error(
                "REQUIRE_STAFF_SECOND_FACTOR is on, and without ENCRYPTION_KEYS nobody "
                "can set one up.",
                hint="Set ENCRYPTION_KEYS.",
                id="identity.E001",
            )
        ]
    return []


@register(Tags.database)
def check_factors_of_staff(
    app_configs: Any, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn of staff who sign in by a password alone, where they need not.

    And of second factors whose keys are gone. Of `check --database default`.
    """
    # `migrate` asks before it has made the tables.
    tables = connection.introspection.table_names() if databases else []
    if TotpSecret._meta.db_table not in tables:
        return []
    found: list[CheckMessage] = []
    if settings.ENCRYPTION_KEYS:
        staff = User.objects.active().filter(is_staff=True, second_factor=False)
        if bare := staff.count():
            found.append(
                Warning(
                    f"{bare} of the staff have no second factor.",
                    hint="Have them set one up, then set REQUIRE_STAFF_SECOND_FACTOR.",
                    id="identity.W001",
                )
            )
    elif TotpSecret.objects.exists():
        found.append(
            Warning(
                "There are second factors, and ENCRYPTION_KEYS is empty: only recovery "
                "codes are taken.",
                hint="Put the keys back.",
                id="identity.W002",
            )
        )
    return found
