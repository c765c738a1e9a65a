"""Answers of the realtime process to what is no socket, in the envelope of the API."""

from collections.abc import Iterator
from typing import Any

import orjson

from focusguard.api.errors.envelope import envelope
from focusguard.api.exceptions import DomainError, RouteNotFound
from realtime.exceptions import UpgradeRequired
from realtime.serving.hearing import Hearing
from realtime.serving.open_sockets import OpenSockets
from realtime.serving.pulse import Pulse

PATHS = ("/api/ws", "/api/v1/ws")
Headers = list[tuple[bytes, bytes]]


def refusal(error: DomainError, kind: str) -> Iterator[dict[str, Any]]:
    """Make the parts of the answer that a DomainError is."""
    body = envelope(error.status_code, code=error.code, message=error.detail)
    headers: Headers = []
    if error.retry_after is not None:
        headers.append((b"retry-after", str(error.retry_after).encode()))
    if isinstance(error, UpgradeRequired):
        headers.append((b"upgrade", b"websocket"))
    yield from _parts(kind, error.status_code, body, headers)


class Pages:
    """`/health/live`, `/health`, and the refusal of everything else."""

    def __init__(self, sockets: OpenSockets, pulse: Pulse, hearing: Hearing) -> None:
        self._sockets, self._pulse, self._hearing = sockets, pulse, hearing

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        for part in self._answer(scope["path"]):
            await send(part)

    def _answer(self, path: str) -> Iterator[dict[str, Any]]:
        kind = "http.response"
        if path == "/health/live":
            return _parts(kind, 200, {"status": "ok"}, [])
        if path == "/health":
            is_well = not self._pulse.is_silent
            told = {
                "status": "ok" if is_well else "unavailable",
                "sockets": len(self._sockets),
                # Without them it serves all the same, and tells within a sweep.
                "hints": "heard" if self._hearing.hears else "missed",
            }
            return _parts(kind, 200 if is_well else 503, told, [])
        return refusal(UpgradeRequired() if path in PATHS else RouteNotFound(), kind)


def _parts(
    kind: str, status: int, body: dict[str, Any], headers: Headers
) -> Iterator[dict[str, Any]]:
    content = orjson.dumps(body)
    yield {
        "type": f"{kind}.start",
        "status": status,
        "headers": [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
            (b"cache-control", b"no-store"),
            *headers,
        ],
    }
    yield {"type": f"{kind}.body", "body": content}
