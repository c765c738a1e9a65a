"""The real gunicorn with two workers, on the database and the Valkey of the tests."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

from local.processes import wait_until
from tests.harness.bounds import DEADLINE

WORKERS = 2
THREADS = 8  # of each worker
# Of a page elsewhere that may read the answers.
ALLOWED_ORIGIN = "https://app.focusguard.test"
CHECKED = "gunicorn.conf.py"
UNCHECKED = "tests/live/harness/gunicorn_unchecked.py"


@dataclass(frozen=True)
class Request:
    """A request that a client will send."""

    method: str
    path: str
    body: object = None
    token: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """An answer, which reads like that of Django's test client."""

    status_code: int
    headers: HTTPMessage
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Stack:
    """A gunicorn that serves, and every answer that it gave since the last `clear`."""

    def __init__(self, process: subprocess.Popen, port: int, directory: Path):
        self.process = process
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self.log = directory / "gunicorn.log"
        self.access_log = directory / "access.log"
        self.answers: list[Answer] = []

    def connect(self) -> HTTPConnection:
        """Open a connection of its own for one client."""
        client = HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        client.connect()
        return client

    def send(self, request: Request, client: HTTPConnection | None = None) -> Answer:
        """Send over `client`, or over a new connection. A reset is raised."""
        if client is None:
            with closing(self.connect()) as client:
                return self.send(request, client)
        headers = dict(request.headers)
        if request.token is not None:
            headers["Authorization"] = f"Bearer {request.token}"
        body = None
        if request.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(request.body)
        client.request(request.method, request.path, body, headers)
        response = client.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        self.answers.append(answer)
        return answer

    def worker_pids(self) -> set[int]:
        """Return the workers that have answered anything."""
        if not self.access_log.exists():
            return set()
        return {int(line.strip("<>")) for line in self.access_log.read_text().split()}

    def log_tail(self) -> str:
        return self.log.read_text()[-4000:]

    def wait_until_ready(self) -> None:
        """Ask until each worker has answered; the first answer waits for the boot."""
        ends_at = time.monotonic() + DEADLINE
        try:
            while len(self.worker_pids()) < WORKERS:
                assert time.monotonic() < ends_at, "a worker never answered"
                self.send(Request("GET", "/health/live"))
                time.sleep(0.02)  # the other worker needs the processor to start
        except (OSError, HTTPException, AssertionError) as error:
            raise RuntimeError(f"gunicorn is not up:\n{self.log_tail()}") from error

    def wait_until_idle(self) -> None:
        """Return once no worker holds a connection of a client.

        Tables that are emptied while a request is served deadlock with it.
        """
        assert wait_until(lambda: not self._connections(), seconds=DEADLINE), (
            f"still served: {self._connections()}\n{self.log_tail()}"
        )

    def _connections(self) -> list[Any]:
        held: list[Any] = []
        # It may have been stopped, and a worker may end just now.
        with suppress(psutil.NoSuchProcess):
            for worker in psutil.Process(self.process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    held += [
                        one
                        for one in worker.net_connections()
                        if one.laddr
                        and one.laddr.port == self.port
                        and one.status
                        in (psutil.CONN_ESTABLISHED, psutil.CONN_CLOSE_WAIT)
                    ]
        return held

    def stop(self) -> None:
        """Let it finish what it serves; what does not end then is killed."""
        self.process.terminate()
        try:
            self.process.wait(DEADLINE)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def running_stack(
    directory: Path,
    *,
    send_buffer: int | None = None,
    checked: bool = False,
    cold: bool = False,
    port: int = 0,
    **environment: str,
) -> Iterator[Stack]:
    """Serve the test database with the production configuration of gunicorn.

    `environment` is laid over what the tests run with. The socket listens before
    gunicorn starts: no other process can take the port, and the first request waits
    in its queue until a worker answers. `send_buffer` is what the kernel takes of an
    answer, in bytes: over the loopback it would be megabytes. A start that is `checked`
    is production's to the last line. In one that is `cold` each worker reads the product
    by itself, as in production: what else costs a second of each start is read once.
    The `port` is the test's to choose where a setting has to name it.
    """
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = database_url()
    with (
        socket.create_server(("127.0.0.1", port), backlog=1024) as listener,
        (directory / "gunicorn.log").open("wb") as log,
    ):
        if send_buffer is not None:
            # The connections of a listener have its own.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
        port = listener.getsockname()[1]
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "focusguard.wsgi:application"),
                *("--config", CHECKED if checked else UNCHECKED),
                *(() if checked or cold else ("--preload",)),
                *("--bind", f"fd://{listener.fileno()}"),
                *("--workers", str(WORKERS), "--threads", str(THREADS)),
                *("--access-logfile", str(directory / "access.log")),
                *("--access-logformat", "%(p)s"),
            ],
            cwd=settings.BASE_DIR,
            env=os.environ | environment_of_tests() | environment,
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    stack = Stack(process, port, directory)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()


def environment_of_tests() -> dict[str, str]:
    """Point gunicorn to what the tests of this process use, and to nothing else."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.live.harness.cheap_settings",
        "FOCUSGUARD_LOCAL": "true",
        "DEBUG": "false",
        "REDIS_URL": settings.CACHES["counters"]["LOCATION"],
        # Beside most stacks no realtime process runs.
        "REALTIME_URL": "none",
        "SECRET_KEY": settings.SECRET_KEY,
        "JWT_SECRET_KEY": settings.JWT_SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "ALLOWED_ORIGINS": ALLOWED_ORIGIN,
        "TRUSTED_PROXIES": "0",
        "SECURE_SSL_REDIRECT": "false",
        "RATE_LIMIT_ENABLED": "true",
        # Racers wait at a dam for as long as a busy machine needs to bring them there.
        "STATEMENT_TIMEOUT_MS": "120000",
        "LOCK_TIMEOUT_MS": "60000",
        # Set for tests that drive a browser, and refused by the deploy checks.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def database_url() -> str:
    database = connection.settings_dict
    # Without one, a server of the tests would write into what `make run` serves.
    assert database["NAME"].startswith("test_"), "no database of tests was made"
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    user, password, host = (
        quote(str(part), safe="")
        for part in (database["USER"], database["PASSWORD"], host)
    )
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{user}:{password}@{host}{port}/{database['NAME']}"
