"""The three servers, two workers each, on the same database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
STARTS_WITHIN = 30  # seconds
LOG = "/tmp/focusguard-bench.log"  # noqa: S108  (nothing secret, and to be found)


@dataclass(frozen=True)
class Wanted:
    """A kind of server (ours, rival or floor), and its database."""

    kind: str
    url: str


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Return the memory of a worker in MB, on average."""
        sizes = [
            process.memory_info().rss
            for process in psutil.Process(self.process.pid).children(recursive=True)
        ]
        return float(sum(sorted(sizes)[-WORKERS:])) / WORKERS / 2**20


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _commands(port: int) -> dict[str, list[str]]:
    python = sys.executable
    gunicorn = [
        *(python, "-m", "gunicorn"),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)),
    ]
    uvicorn = [
        *(python, "-m", "uvicorn", "benchmarks.rival.app:app", "--port", str(port)),
        *("--workers", str(WORKERS), "--no-access-log"),
    ]
    return {
        "ours": [*gunicorn, *("--config", "gunicorn.conf.py", "focusguard.wsgi")],
        "rival": uvicorn,
        "floor": [
            *gunicorn,
            *("--config", "benchmarks/gunicorn_floor.py", "benchmarks.floor"),
        ],
    }


def _asyncpg_url(url: str) -> str:
    parts = conninfo_to_dict(url)
    host = f"?host={parts['host']}&port={parts.get('port', 5432)}"
    return f"postgresql+asyncpg://{parts['user']}@/{parts['dbname']}{host}"


@contextmanager
def running(servers: dict[str, Wanted]) -> Iterator[dict[str, Server]]:
    """Start the servers, each under its name, and stop them at the end."""
    environment = os.environ | {
        "RATE_LIMIT_PER_MINUTE": str(2**31 - 1),
        "DEBUG": "false",
        "LOG_LEVEL": "WARNING",
        "TRUSTED_PROXIES": "0",
        "SECURE_SSL_REDIRECT": "false",
        # No process of the sockets runs beside it, and pages need not look for one.
        "REALTIME_URL": "none",
    }
    with ExitStack() as stack:
        started = {}
        errors = stack.enter_context(Path(LOG).open("wb"))
        for name, wanted in servers.items():
            port = free_port()
            process = subprocess.Popen(
                _commands(port)[wanted.kind],
                cwd=ROOT,
                env=environment
                | {
                    "DATABASE_URL": wanted.url,
                    "RIVAL_DATABASE_URL": _asyncpg_url(wanted.url),
                },
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            started[name] = Server(name, port, process)
        for server in started.values():
            _wait_for(server)
        yield started


def _wait_for(server: Server) -> None:
    ends_at = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends_at:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{server.name} did not start: see {LOG}")


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement on the database of the benchmark."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []
