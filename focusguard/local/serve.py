"""`make run`: everything from nothing to a served page, in the foreground."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from types import FrameType

from focusguard.local import keys, servers
from focusguard.local.errors import LocalError
from focusguard.local.places import Places
from focusguard.local.processes import end, locked, pid_in

DEMO_USERS, DEMO_DAYS, DEMO_SEED = 40, 60, 1


def serve(places: Places) -> int:
    """Start servers, migrate, load demo data once, serve; return gunicorn's status.

    Ctrl-C ends it in order: gunicorn answers what it has begun, then the servers
    that were started here stop. LocalError when it runs already or the port is taken.
    """
    places.make()
    host, port = os.environ.get("HOST", "127.0.0.1"), _port()
    note = (
        f"FocusGuard runs already at {_base(port)} (pid {os.getpid()}); "
        "stop it with: make stop"
    )
    with locked(places.serve_lock, wait=False, note=note):
        _require_free(places, host, port)
        started = servers.up(places)
        try:
            environment = {**os.environ, **servers.environment(places)}
            environment |= {"HOST": host, "PORT": str(port)}
            _manage(environment, "migrate", "--noinput", "--verbosity", "0")
            own_database = "DATABASE_URL" not in os.environ
            if own_database:
                _load_demo_data(places, environment)
            sys.stdout.write(_banner(places, port, own_database))
            sys.stdout.flush()
            return _run_gunicorn(places, environment)
        finally:
            if started:
                servers.down(places)


def stop_gunicorn(places: Places) -> bool:
    """Stop the web server of this checkout, also an orphaned one; tell if it ran."""
    pid = pid_in(places.gunicorn_pid, of="gunicorn")
    if pid is None:
        return False
    end(pid, by=signal.SIGTERM, then=signal.SIGKILL, seconds=35)
    return True


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LocalError(f"PORT must be a number up to 65535, not {text!r}.")
    return int(text)


def _require_free(places: Places, host: str, port: int) -> None:
    orphan = pid_in(places.gunicorn_pid, of="gunicorn")
    if orphan:
        raise LocalError(f"An earlier run still serves (pid {orphan}): make stop")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise LocalError(
                f"{host}:{port} cannot be used ({error.strerror}); choose another "
                f"port: make run PORT={port + 1}"
            ) from None


def _load_demo_data(places: Places, environment: Mapping[str, str]) -> None:
    if places.demo_done.exists():
        return
    secrets = keys.kept(places)
    passwords = {name: secrets[name] for name in ("DEMO_PASSWORD", "STAFF_PASSWORD")}
    _manage(
        {**environment, **passwords},
        # An earlier start may have been interrupted half-way.
        *("seed_demo", "--demo-accounts", "--resume"),
        *("--users", str(DEMO_USERS)),
        *("--days", str(DEMO_DAYS)),
        *("--seed", str(DEMO_SEED)),
    )
    places.demo_done.touch()


def _manage(environment: Mapping[str, str], *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=dict(environment),
        cwd=Places().project,
        check=False,
    )
    if done.returncode:
        raise LocalError(f"manage.py {arguments[0]} failed; its words are above.")


def _base(port: int) -> str:
    return f"http://localhost:{port}"


def _banner(places: Places, port: int, own_database: bool) -> str:
    base = _base(port)
    lines = [
        f"FocusGuard serves at {base}",
        f"  API docs   {base}/docs   {base}/redoc   {base}/openapi.json",
        f"  Admin      {base}/admin/",
        f"  Health     {base}/health",
    ]
    if own_database:
        secrets = keys.kept(places)
        lines += [
            f"  Demo user  demo   {secrets['DEMO_PASSWORD']}",
            f"  Staff      staff  {secrets['STAFF_PASSWORD']}",
        ]
    lines += ["  Stop with Ctrl-C; the data stays in .local/", ""]
    return "\n".join(lines)


def _run_gunicorn(places: Places, environment: Mapping[str, str]) -> int:
    gunicorn = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "focusguard.wsgi"),
            *("--config", str(places.project / "gunicorn.conf.py")),
            *("--pid", str(places.gunicorn_pid)),
        ],
        env=dict(environment),
        cwd=places.project,
        # The terminal's Ctrl-C reaches us alone; it is passed on once, in order.
        start_new_session=True,
    )
    asked: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        if not asked:
            asked.append(number)
            gunicorn.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, pass_on)
    signal.signal(signal.SIGTERM, pass_on)
    return gunicorn.wait()
