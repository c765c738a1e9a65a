"""The configuration of gunicorn, in production as in `make run`."""

import gc
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

# Not put into os.environ, which the workers inherit: at a reload they read .env anew.
configured = {**dotenv_values(Path(__file__).with_name(".env")), **os.environ}


def number(name: str, *, default: int, most: int) -> int:
    """Read a number of the configuration; another text ends the start in one line."""
    text = configured.get(name, str(default)) or ""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= most):
        sys.exit(
            f"focusguard: {name} must be a number from 1 to {most}, not {text!r}. "
            "See .env.example."
        )
    return int(text)


host = configured.get("HOST") or "0.0.0.0"  # noqa: S104  (a container's own)
if ":" in host:
    # An IPv6 address; without brackets its end would be taken for the port.
    host = f"[{host.strip('[]')}]"
bind = f"{host}:{number('PORT', default=8000, most=65535)}"

worker_class = "server.worker.EnvelopeWorker"
workers = number("WEB_CONCURRENCY", default=2, most=1000)
threads = number("GUNICORN_THREADS", default=8, most=1000)
# With descriptors left for Postgres, Valkey, logs, files and a hundred answers from
# files that are sent slowly.
descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
worker_connections = max(threads + 100, min(1000, descriptors - 300))
timeout = 30
graceful_timeout = 30
keepalive = 5
# A worker is replaced before the slowest leak is felt; not all of them at once.
max_requests = 1_000_000
max_requests_jitter = 100_000

limit_request_line = 4094
limit_request_fields = 100
limit_request_field_size = 8190

# The application alone says whom it believes (TRUSTED_PROXY_NETWORKS): gunicorn would
# take a scheme and a path from any neighbour, or from whom FORWARDED_ALLOW_IPS names.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

# The heartbeat must not wait for a disk.
if Path("/dev/shm").is_dir():  # noqa: S108  (gunicorn makes a file of its own there)
    worker_tmp_dir = "/dev/shm"  # noqa: S108  (as above)

# A second instance of the same user would collide on its path.
control_socket_disable = True
# The application logs every request itself.
accesslog = None


def post_worker_init(worker: Any) -> None:
    """Make what is made once, and leave it out of every later search for garbage.

    The first strangers who ask for the document at once then wait for nothing.
    """
    from focusguard.openapi import document  # needs the application loaded

    document()
    gc.collect()
    gc.freeze()


def on_starting(server: Any) -> None:
    """Refuse what cannot be trusted, and begin to count anew."""
    refuse_what_the_checks_refuse()
    forget_earlier_counts()


def refuse_what_the_checks_refuse() -> None:
    """Refuse to serve with what the deploy checks call an error.

    In a process of its own: what is imported here would outlive a reload.
    """
    # A request to stop waits for its end: gunicorn handles none yet, and would leave it.
    stops = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, stops)
    try:
        checked = subprocess.run(
            [
                *(sys.executable, "manage.py", "check", "--deploy"),
                *("--fail-level", "ERROR", "--verbosity", "0"),
            ],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if checked.returncode:
        sys.exit(checked.stderr.strip())


def forget_earlier_counts() -> None:
    """Remove what an earlier gunicorn counted: it is no part of this one's.

    What the process of the sockets counts stays as long as that runs: it would go on
    writing into a file that nobody finds.
    """
    if counts := configured.get("METRICS_DIR"):
        for path in Path(counts).glob("*.db"):
            if not lives(path.stem.rpartition("_")[2]):
                path.unlink(missing_ok=True)


def lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError):
        return False
    return True
