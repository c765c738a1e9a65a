"""The envelope of each status, with the code and the words that it has by default."""

from typing import Any

from focusguard.api.errors.body import FieldErrors, error_body
from focusguard.web.request_log import current_request_id

MESSAGES = {
    400: ("BAD_REQUEST", "The request cannot be read."),
    401: ("NOT_AUTHENTICATED", "Sign in first."),
    403: ("FORBIDDEN", "You may not do this."),
    404: ("NOT_FOUND", "Not found."),
    405: ("METHOD_NOT_ALLOWED", "This method is not allowed here."),
    409: ("CONFLICT", "The request conflicts with the current state."),
    413: ("PAYLOAD_TOO_LARGE", "The request body is too large."),
    414: ("URI_TOO_LONG", "The request line is too long."),
    415: ("UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8, uncompressed."),
    422: ("VALIDATION_ERROR", "Some fields are invalid."),
    429: ("RATE_LIMITED", "Too many requests; try again later."),
    500: ("INTERNAL_ERROR", "Something went wrong on our side."),
    503: ("SERVICE_UNAVAILABLE", "The service is away; try again in a moment."),
}


def envelope(
    status: int,
    *,
    code: str | None = None,
    message: str | None = None,
    errors: FieldErrors | None = None,
) -> dict[str, Any]:
    """Fill the envelope; what is not given stands in `MESSAGES`."""
    default_code, default_message = MESSAGES.get(status, ("ERROR", "Request failed."))
    return error_body(
        message=message or default_message,
        code=code or default_code,
        status=status,
        request_id=current_request_id(),
        errors=errors,
    )
