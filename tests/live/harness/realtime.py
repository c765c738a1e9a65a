"""The real realtime process, and a client of its sockets."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.harness.messages import told_wrong
from tests.live.harness.stack import (
    database_url,
    environment_of_tests,
    free_port,
)


class LiveSocket:
    """A socket as a page has it; whatever it hears is held against the document."""

    def __init__(self, connecting: AbstractContextManager[ClientConnection]) -> None:
        self._closing = ExitStack()
        self.connection = self._closing.enter_context(connecting)
        self.messages: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        self._closing.close()

    def say(self, **message: Any) -> None:
        self.connection.send(json.dumps(message))

    def hear(self, kind: str, seconds: float = DEADLINE) -> dict[str, Any]:
        """Return the next message of a type; what comes before it is kept."""
        ends_at = time.monotonic() + seconds
        while True:
            message = self.next(ends_at - time.monotonic())
            if message["type"] == kind:
                return message

    def next(self, seconds: float = DEADLINE) -> dict[str, Any]:
        """Return the next message. TimeoutError, ConnectionClosed."""
        text = self.connection.recv(timeout=max(0.001, seconds))
        message: dict[str, Any] = json.loads(text)
        assert told_wrong(message) == [], message
        self.messages.append(message)
        return message

    def end(self, seconds: float = DEADLINE) -> tuple[int, str]:
        """Hear all that comes until the socket is closed; return code and reason."""
        ends_at = time.monotonic() + seconds
        try:
            while True:
                self.next(ends_at - time.monotonic())
        except ConnectionClosed as closed:
            frame = closed.rcvd
            assert frame is not None, "it broke off without a word"
            return frame.code, frame.reason


class Realtime:
    """A realtime process that serves."""

    def __init__(self, process: subprocess.Popen, port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def open(self, path: str = "/api/ws", **options: Any) -> LiveSocket:
        """Open a socket, and say nothing yet. InvalidStatus where it is refused."""
        options.setdefault("open_timeout", DEADLINE)
        url = f"ws://127.0.0.1:{self.port}{path}"
        return LiveSocket(connect(url, proxy=None, compression=None, **options))

    def sign_in(self, token: str, **options: Any) -> LiveSocket:
        """Open a socket, and hear `ready` and the first state."""
        socket = self.open(**options)
        socket.say(type="auth", token=token)
        socket.hear("ready")
        socket.hear("session")
        return socket

    def get(self, path: str) -> tuple[int, Any]:
        client = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            client.request("GET", path)
            answer = client.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            client.close()

    def answers(self) -> bool:
        with suppress(OSError, HTTPException):
            return self.get("/health")[0] == 200
        return False

    def wait_until_ready(self) -> None:
        assert wait_until(
            lambda: self.process.poll() is not None or self.answers(), seconds=DEADLINE
        )
        assert self.process.poll() is None, self.log[-4000:]

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def hears_hints(self) -> bool:
        return bool(self.get("/health")[1]["hints"] == "heard")

    def is_empty(self) -> bool:
        return bool(self.get("/health")[1]["sockets"] == 0)

    def waits_for(self, number: int) -> bool:
        """Wait until so many sockets are open."""
        return wait_until(
            lambda: self.get("/health")[1]["sockets"] == number, seconds=DEADLINE
        )

    @staticmethod
    def code_of(body: bytes) -> str:
        return str(json.loads(body)["detail"]["error_code"])

    def stop(self) -> int:
        """Ask it to stop, and return its status; what does not end is killed."""
        self.process.terminate()
        try:
            return self.process.wait(DEADLINE)
        finally:
            with suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait(DEADLINE)


@contextmanager
def running_realtime(
    directory: Path, *, port: int | None = None, **environment: str
) -> Iterator[Realtime]:
    """Run `manage.py serve_realtime`, on the test database unless `environment` says
    another; nothing that it logs may be a traceback."""
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = database_url()
    port = port or free_port()
    log = directory / f"realtime-{port}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve_realtime", "--port", str(port)],
            cwd=settings.BASE_DIR,
            env=os.environ | environment_of_tests() | environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    realtime = Realtime(process, port, log)
    try:
        realtime.wait_until_ready()
        yield realtime
    finally:
        realtime.stop()
    assert "Traceback" not in realtime.log, realtime.log[-8000:]
