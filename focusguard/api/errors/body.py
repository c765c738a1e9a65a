"""The one shape of every error (docs/contract.md, Conventions). Standard library only."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FieldErrors = Mapping[str, list[str]]


def error_body(
    *,
    message: str,
    code: str,
    status: int,
    request_id: str,
    errors: FieldErrors | None = None,
) -> dict[str, Any]:
    """Build the body of an error answer; `errors` maps a field to its messages."""
    detail: dict[str, Any] = {
        "message": message,
        "error_code": code,
        "status_code": status,
        "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "request_id": request_id,
    }
    if errors:
        detail["errors"] = dict(errors)
    return {"detail": detail}
