"""The root of the errors that our rules raise; each says a fact about the domain."""

from typing import ClassVar

from focusguard.api.errors.body import FieldErrors


class DomainError(Exception):
    """A rule said no: answered with its status, code and message."""

    status_code: ClassVar[int] = 409
    code: ClassVar[str] = "CONFLICT"
    message: ClassVar[str] = "The request conflicts with the current state."
    # Whether a token was sent and this is the answer (RFC 6750, section 3.1).
    refuses_token: ClassVar[bool] = False
    # The field of the body that it is about, where a form shows it.
    field: ClassVar[str | None] = None
    # What `errors` looks like in the documentation, where a code carries it.
    example_errors: ClassVar[dict[str, list[str]] | None] = None

    def __init__(
        self,
        message: str | None = None,
        *,
        errors: FieldErrors | None = None,
        retry_after: int | None = None,
    ) -> None:
        """Take what this case adds; `retry_after` is in seconds."""
        self.detail = message or self.message
        if errors is None and self.field:
            errors = {self.field: [self.detail]}
        self.errors = errors
        self.retry_after = retry_after
        super().__init__(self.detail)


class InvalidParameter(DomainError):
    """A query parameter or a part of the path cannot be read."""

    status_code = 400
    code = "INVALID_PARAMETER"
    message = "A parameter of the request is invalid."


class FieldsRefused(DomainError):
    """A rule does not take what well-formed fields say; `errors` names each of them."""

    status_code = 422
    code = "VALIDATION_ERROR"
    message = "Some fields are invalid."


class HttpsRequired(DomainError):
    """A program asked over plain HTTP."""

    status_code = 403
    code = "HTTPS_REQUIRED"
    message = "Use https://; renew whatever this request sent in the clear."


class NotFound(DomainError):
    """The thing does not exist, or belongs to somebody else."""

    status_code = 404
    code = "NOT_FOUND"
    message = "Not found."


class RouteNotFound(NotFound):
    """A path under which nothing is served."""

    code = "ROUTE_NOT_FOUND"
    message = "There is no such route."
