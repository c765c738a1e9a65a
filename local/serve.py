"""`make run`: everything from nothing to a served page, in the foreground."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import quote

from dotenv import dotenv_values

from local import building, interrupts, keys, servers
from local.file_locks import holder, locked
from local.keeper import Keeper
from local.local_error import LocalError
from local.places import Places
from local.processes import end, pid_in, run, running_as

DEMO_USERS, DEMO_DAYS, DEMO_SEED = 40, 60, 1

# Where nobody named a host, and where all of ours are listened on.
OURSELVES = {"localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "::", "[::]"}  # noqa: S104  (compared, not bound)

NUMBERS = {"WEB_CONCURRENCY": 1000, "GUNICORN_THREADS": 1000, "WORK_CONCURRENCY": 100}

# The worker ends the tasks that it has begun, or is ended: they are done again.
WORKER_SECONDS = 30.0
# gunicorn lets requests end for 30 seconds, the worker and the servers stop after it.
STOP_SECONDS = 75.0


def serve(places: Places) -> int:
    """Start servers, migrate, load demo data once, serve; return gunicorn's status.

    Ctrl-C ends it in order: gunicorn answers what it has begun, the worker ends what it
    does, then the servers stop if nobody else uses them. LocalError when it runs
    already or the port is taken.
    """
    places.make()
    configured = _configured(places)
    host, port = _address(configured)
    for name, most in NUMBERS.items():
        # gunicorn would refuse them too, under the banner.
        if (text := configured.get(name)) is not None:
            _number(name, text, most=most)
    note = (
        f"FocusGuard runs already at {_base(host, port)} (pid {os.getpid()}); "
        "stop it with: make stop"
    )
    with locked(places.serve_lock, wait=False, note=note):
        _require_free(places, host, port)
        # Of an earlier run that was killed, maybe with other settings.
        _end_workers(places)
        built = _build_dashboard(places)
        letters = mail(places)
        with servers.in_use(places) as using:
            environment = {
                **using,
                **letters,
                "HOST": host,
                "PORT": str(port),
                "ALLOWED_HOSTS": _allowed_hosts(using["ALLOWED_HOSTS"], host),
            }
            _manage(places, environment, "migrate", "--noinput", "--verbosity", "0")
            own_database = "DATABASE_URL" not in os.environ
            if own_database:
                _load_demo_data(places, environment)
            sys.stdout.write(
                _banner(
                    places,
                    _base(host, port),
                    own_database=own_database,
                    own_mail="EMAIL_URL" in letters,
                    built=built,
                )
            )
            sys.stdout.flush()
            return _run(places, environment)


def stop(places: Places) -> list[str]:
    """Stop web server and worker of this checkout, also orphaned ones; name what ran.

    A `make run` that is still preparing is stopped too, and given time to clean up.
    """
    serving, working = holder(places.serve_lock), bool(workers(places))
    if serving:
        end(serving, by=signal.SIGTERM, then=signal.SIGKILL, seconds=STOP_SECONDS)
    orphan = running(places)
    if orphan:
        end(orphan, by=signal.SIGTERM, then=signal.SIGKILL, seconds=STOP_SECONDS)
    _end_workers(places)
    ran = {"the web server": bool(serving or orphan), "the worker": working}
    return [name for name, did in ran.items() if did]


def running(places: Places) -> int | None:
    """Return the pid of this checkout's gunicorn, if it runs."""
    return pid_in(places.gunicorn_pid, of=str(places.gunicorn_pid))


def workers(places: Places) -> list[int]:
    """Return the pids of this checkout's workers: of `make run`, not those by hand.

    By their command line, which a process has from its first moment: a file with a pid
    would come later, and a worker that was killed for before would be nobody's.
    """
    return running_as(" ".join(_name(places)))


def mail(places: Places) -> dict[str, str]:
    """Return the settings of mail that people have not made themselves.

    Letters are files then, and their links lead to the address that the banner prints.
    """
    configured = _configured(places)
    ours = {
        "EMAIL_URL": f"file://{quote(str(places.mail))}",
        "DASHBOARD_URL": _base(*_address(configured)),
    }
    return {name: value for name, value in ours.items() if name not in configured}


def _build_dashboard(places: Places) -> bool:
    """Return whether the dashboard is there; without it the API runs all the same."""
    try:
        return building.build(places)
    except LocalError as error:
        sys.stdout.write(f"Only the API runs: {error}\n")
        return False


def _configured(places: Places) -> dict[str, str | None]:
    return {**dotenv_values(places.project / ".env"), **os.environ}


def _address(configured: Mapping[str, str | None]) -> tuple[str, int]:
    """Return the host and the port to listen on."""
    port = _number("PORT", configured.get("PORT") or "8000", most=65535)
    return configured.get("HOST") or "127.0.0.1", port


def _number(name: str, text: str, *, most: int) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= most):
        raise LocalError(f"{name} must be a number up to {most}, not {text!r}.")
    return int(text)


def _require_free(places: Places, host: str, port: int) -> None:
    orphan = running(places)
    if orphan:
        raise LocalError(
            f"An earlier run was killed and left its gunicorn (pid {orphan}), which "
            "still serves; stop it with: make stop"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            raise LocalError(
                f"{host}:{port} cannot be used ({error.strerror}); choose another "
                f"port: make run PORT={other}"
            ) from None


def _load_demo_data(places: Places, environment: Mapping[str, str]) -> None:
    """Load the demo people once; a load that failed or was stopped is tried again."""
    if places.demo_done.exists():
        return
    secrets = keys.kept(places)
    passwords = {name: secrets[name] for name in ("DEMO_PASSWORD", "STAFF_PASSWORD")}
    _manage(
        places,
        {**environment, **passwords},
        # An earlier start may have been interrupted half-way.
        *("seed_demo", "--demo-accounts", "--resume"),
        *("--users", str(DEMO_USERS)),
        *("--days", str(DEMO_DAYS)),
        *("--seed", str(DEMO_SEED)),
    )
    places.demo_done.touch()


def _manage(places: Places, environment: Mapping[str, str], *arguments: str) -> None:
    done = run(
        [sys.executable, "manage.py", *arguments],
        env=dict(environment),
        cwd=places.project,
        stdin=subprocess.DEVNULL,
        # Ctrl-C reaches us alone, who end it and say so in one line.
        start_new_session=True,
    )
    if done.returncode:
        raise LocalError(f"manage.py {arguments[0]} failed; its words are above.")


def _base(host: str, port: int) -> str:
    """Return the address to open: our own name, unless another one was asked for."""
    return f"http://{'localhost' if host in OURSELVES else _in_url(host)}:{port}"


def _in_url(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host


def _allowed_hosts(allowed: str, host: str) -> str:
    """Add the address that the banner prints; what people configured stays as it is."""
    if host in OURSELVES or allowed != servers.DEFAULTS["ALLOWED_HOSTS"]:
        return allowed
    return f"{allowed},{_in_url(host)}"


def _banner(
    places: Places, base: str, *, own_database: bool, own_mail: bool, built: bool
) -> str:
    lines = [
        f"FocusGuard serves at {base}",
        *([f"  Dashboard  {base}/"] if built else []),
        f"  API docs   {base}/docs   {base}/redoc   {base}/openapi.json",
        f"  Admin      {base}/admin/",
        f"  Health     {base}/health",
        *([f"  Mail       {places.mail}/"] if own_mail else []),
    ]
    if own_database:
        secrets = keys.kept(places)
        lines += [
            f"  Demo user  demo   {secrets['DEMO_PASSWORD']}",
            f"  Staff      staff  {secrets['STAFF_PASSWORD']}",
        ]
    lines += ["  Stop with Ctrl-C; the data stays in .local/", ""]
    return "\n".join(lines)


def _run(places: Places, environment: Mapping[str, str]) -> int:
    """Run gunicorn, and the worker beside it and a little longer; return the status."""
    worker = Keeper(
        "the worker",
        lambda: subprocess.Popen(
            [sys.executable, "manage.py", "work", *_name(places)],
            env=dict(environment),
            cwd=places.project,
            stdin=subprocess.DEVNULL,
            # The terminal's Ctrl-C reaches us alone; it is passed on once, in order.
            start_new_session=True,
        ),
    )

    def end_worker() -> None:
        worker.end(WORKER_SECONDS)
        # One that was killed leaves its child, which ends by itself, but later.
        _end_workers(places)

    try:
        worker.start()
        return _run_gunicorn(places, environment)
    finally:
        # May be interrupted too, where gunicorn ended by itself; then it begins again,
        # and nothing interrupts it a second time.
        try:
            end_worker()
        except interrupts.Stopped:
            end_worker()
            raise


def _name(places: Places) -> list[str]:
    """Return what tells our worker, and its child, from others: words for both."""
    return ["--name", str(places.root)]


def _end_workers(places: Places) -> None:
    while pids := workers(places):
        # The eldest is the supervisor, which ends the others.
        end(min(pids), by=signal.SIGTERM, then=signal.SIGKILL, seconds=WORKER_SECONDS)


def _run_gunicorn(places: Places, environment: Mapping[str, str]) -> int:
    """Run gunicorn until it ends or we are asked to stop; return its status."""
    # Ours does not run; gunicorn would take whoever has that number now for it.
    places.gunicorn_pid.unlink(missing_ok=True)
    gunicorn: subprocess.Popen[bytes] | None = None
    try:
        with interrupts.held():
            gunicorn = subprocess.Popen(
                [
                    *(sys.executable, "-m", "focusguard"),
                    # Also how an orphaned one is known to be of this checkout.
                    *("--pid", str(places.gunicorn_pid)),
                ],
                env=dict(environment),
                cwd=places.project,
                # The terminal's Ctrl-C reaches us alone; it is passed on once, in order.
                start_new_session=True,
            )
        return gunicorn.wait()
    except interrupts.Stopped:
        if gunicorn is None:
            raise
        gunicorn.terminate()
        status = gunicorn.wait()
        # Ended before it could say so itself: counted as shells do.
        return status if status >= 0 else 128 - status
