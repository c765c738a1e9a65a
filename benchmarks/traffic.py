"""Load: wrk for reads, a small asyncio client for writes."""

import asyncio
import json
import statistics
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import uvloop

from benchmarks.stacks import LOG

CONNECTIONS = 16
Who = TypeVar("Who")
SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Measured:
    """Requests a second, and milliseconds that half and 99 % of them took."""

    rate: float
    p50: float
    p99: float


def read(port: int, path: str, tokens: Path, seconds: float) -> Measured:
    """Ask for `path` over and over. SystemExit when any answer is no success."""
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", SCRIPT),
            *(f"http://127.0.0.1:{port}{path}", "--", tokens),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    if figures["failed"]:
        raise SystemExit(f"{path} on {port}: {figures['failed']} failed: see {LOG}")
    rate = figures["requests"] / figures["seconds"]
    return Measured(rate, figures["p50"], figures["p99"])


class Client:
    """A keep-alive connection that speaks just enough HTTP."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> "Client":
        self._reader, self._writer = await asyncio.open_connection(
            "127.0.0.1", self._port
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        self._writer.close()

    async def ask(
        self, method: str, path: str, body: object, token: str | None = None
    ) -> dict[str, str]:
        content = json.dumps(body).encode()
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{bearer}"
            "Content-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        told = json.loads(await self._reader.readexactly(length))
        if answer[9:12] not in (b"200", b"201"):
            raise SystemExit(f"{method} {path} on {self._port}: {told}")
        found: dict[str, str] = told
        return found


def focus(port: int, tokens: list[str], seconds: float) -> Measured:
    """Start a session and complete it, over and over, each client as one user."""
    ends_at = time.monotonic() + seconds

    async def one(token: str, times: list[float]) -> None:
        async with Client(port) as client:
            while time.monotonic() < ends_at:
                began = time.monotonic()
                session = await client.ask(
                    "POST", "/api/sessions", {"duration_min": 25}, token
                )
                path = f"/api/sessions/{session['id']}"
                await client.ask("PATCH", path, {"completed": True}, token)
                times.append(time.monotonic() - began)

    return _all(one, tokens[:CONNECTIONS], seconds)


def refresh(port: int, tokens: list[str], seconds: float) -> Measured:
    """Rotate refresh tokens; what `tokens` holds is replaced by the successors."""
    ends_at = time.monotonic() + seconds

    async def one(place: int, times: list[float]) -> None:
        async with Client(port) as client:
            while time.monotonic() < ends_at:
                began = time.monotonic()
                body = {"refresh_token": tokens[place]}
                told = await client.ask("POST", "/api/auth/refresh", body)
                tokens[place] = told["refresh_token"]
                times.append(time.monotonic() - began)

    return _all(one, list(range(CONNECTIONS)), seconds)


def _all(
    one: Callable[[Who, list[float]], Awaitable[None]],
    whom: Sequence[Who],
    seconds: float,
) -> Measured:
    times: list[float] = []

    async def together() -> None:
        await asyncio.gather(*(one(who, times) for who in whom))

    # Takes less of the processors that the server needs than asyncio's own loop.
    uvloop.run(together())
    cuts = statistics.quantiles(times, n=100)
    return Measured(len(times) / seconds, cuts[49] * 1000, cuts[98] * 1000)
