"""The name of the constraint that refused a row."""

from django.db import IntegrityError


def violated_constraint(error: IntegrityError) -> str | None:
    """Return the name of the constraint that an IntegrityError broke."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name: str | None = getattr(diagnostics, "constraint_name", None)
    return name
