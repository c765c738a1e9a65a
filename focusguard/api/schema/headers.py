"""The headers of answers."""

from typing import Any

TEXT = {"type": "string"}

HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-ID": {
        "description": "Names this request in our logs; yours, if you sent one.",
        "schema": TEXT,
        "required": True,
    },
    "RateLimit-Policy": {
        "description": 'The limit and its window in seconds: `"api";q=60;w=60`.',
        "schema": TEXT,
    },
    "RateLimit": {
        "description": "What is left, and in how many seconds the window ends: "
        '`"api";r=59;t=42`.',
        "schema": TEXT,
    },
    "Retry-After": {
        "description": "Seconds to wait before the next try.",
        "schema": {"type": "integer", "minimum": 0},
        "required": True,
    },
    "Location": {
        "description": "Where what was made is found; not in an answer that is given "
        "again (`Idempotent-Replayed`) after that was deleted.",
        "schema": {"type": "string", "format": "uri"},
    },
    "ETag": {
        "description": "Of everything in the answer, what is the asker's own too; for "
        "`If-None-Match`.",
        "schema": TEXT,
        "required": True,
    },
    "WWW-Authenticate": {
        "description": '`Bearer` (RFC 6750); with `error="invalid_token"` where a '
        "token was sent and refused.",
        "schema": TEXT,
        "required": True,
    },
}


def answer_headers(
    status: int, answer: dict[str, Any], *, counted: bool, kept: bool
) -> dict[str, Any]:
    """Return the headers of an answer with this status, as references."""
    names = ["X-Request-ID"]
    # A request is counted once it is known who asks, and who asks in clear is not.
    if counted and status not in (403, 413, 414, 500, 503):
        names += ["RateLimit-Policy", "RateLimit"]
    if status == 201:
        names.append("Location")
    if kept and status in (200, 304):
        names.append("ETag")
    if status in (429, 503):
        names.append("Retry-After")
    if status == 401:
        names.append("WWW-Authenticate")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
