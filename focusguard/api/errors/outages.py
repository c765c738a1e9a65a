"""Errors of the database that no route foresees, and the status of each."""

from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)

RETRY_AFTER_OUTAGE = 5  # seconds

# A database that only reads, and one that ended a transaction which had stalled.
OUTAGE_STATES = {"25006", "25P03"}


def is_outage(exc: BaseException | None) -> bool:
    """Tell whether the database, not the request, is what failed."""
    if isinstance(exc, (OperationalError, InterfaceError)):
        return True
    return (
        isinstance(exc, InternalError)
        and getattr(exc.__cause__, "sqlstate", None) in OUTAGE_STATES
    )


def status_of(exc: BaseException | None) -> int:
    """Return the status of an error that nobody foresaw.

    What only the database's own rules caught is a conflict; what it could not even
    store was no good request.
    """
    if is_outage(exc):
        return 503
    if isinstance(exc, IntegrityError):
        return 409
    return 400 if isinstance(exc, DataError) else 500
