"""The requests that the server refuses unread, and the error that each is answered with."""

from gunicorn.http import errors


class RequestTimeout(Exception):
    """A request took too long to arrive."""


class TooManyUploads(Exception):
    """More files arrive at once than a worker holds."""


REFUSALS: list[tuple[type[Exception], int, str, str]] = [
    (errors.LimitRequestLine, 414, "URI_TOO_LONG", "The request line is too long."),
    (
        errors.LimitRequestHeaders,
        431,
        "HEADERS_TOO_LARGE",
        "The request headers are too large.",
    ),
    (
        errors.UnsupportedTransferCoding,
        501,
        "NOT_IMPLEMENTED",
        "This transfer coding is not supported.",
    ),
    (errors.ExpectationFailed, 417, "EXPECTATION_FAILED", "Nothing to expect here."),
    (RequestTimeout, 408, "REQUEST_TIMEOUT", "The request took too long to arrive."),
    (
        TooManyUploads,
        503,
        "SERVICE_UNAVAILABLE",
        "Many files are arriving; try again in a moment.",
    ),
    (errors.ParseException, 400, "BAD_REQUEST", "The request cannot be read."),
]
