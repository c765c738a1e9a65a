"""`make run`: everything from nothing to a served page, in the foreground."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import quote

from local import beside, building, interrupts, keys, listening, servers
from local.file_locks import holder, locked
from local.listening import Addresses
from local.local_error import LocalError
from local.places import Places
from local.processes import end, pid_in, run

DEMO_USERS, DEMO_DAYS, DEMO_SEED = 40, 60, 1

NUMBERS = {"WEB_CONCURRENCY": 1000, "GUNICORN_THREADS": 1000, "WORK_CONCURRENCY": 100}

# gunicorn lets requests end for 30 seconds; what runs beside it and the servers follow.
STOP_SECONDS = 90.0


def serve(places: Places) -> int:
    """Start servers, migrate, load demo data once, serve; return gunicorn's status.

    Ctrl-C ends it in order: gunicorn answers what it has begun, the sockets are closed,
    the worker ends what it does, then the servers stop if nobody else uses them.
    LocalError when it runs already or a port is taken.
    """
    places.make()
    configured = listening.configured(places)
    ours = listening.read(configured)
    _require_numbers(configured)
    note = (
        f"FocusGuard runs already at {ours.base} (pid {os.getpid()}); "
        "stop it with: make stop"
    )
    with locked(places.serve_lock, wait=False, note=note):
        _require_no_orphan(places)
        # Of an earlier run that was killed, maybe with other settings.
        for one in beside.ALL:
            one.end_left(places)
        ours.require_free()
        built = _build_dashboard(places)
        letters, kept = mail(places), pictures(places)
        with servers.in_use(places) as using:
            environment = _environment(places, ours, {**using, **letters, **kept})
            _manage(places, environment, "migrate", "--noinput", "--verbosity", "0")
            own_database = "DATABASE_URL" not in os.environ
            if own_database:
                _load_demo_data(places, environment)
            sys.stdout.write(
                _banner(
                    places,
                    ours,
                    own_database=own_database,
                    own_mail="EMAIL_URL" in letters,
                    built=built,
                )
            )
            sys.stdout.flush()
            return _run(places, environment, beside.wanted(ours))


def stop(places: Places) -> list[str]:
    """Stop what serves of this checkout, also orphaned processes; name what ran.

    A `make run` that is still preparing is stopped too, and given time to clean up.
    """
    serving = holder(places.serve_lock)
    ran = [one for one in beside.ALL if one.pids(places)]
    if serving:
        end(serving, by=signal.SIGTERM, then=signal.SIGKILL, seconds=STOP_SECONDS)
    orphan = running(places)
    if orphan:
        end(orphan, by=signal.SIGTERM, then=signal.SIGKILL, seconds=STOP_SECONDS)
    for one in beside.ALL:
        one.end_left(places)
    return [
        *(["the web server"] if serving or orphan else []),
        *(one.title for one in ran),
    ]


def running(places: Places) -> int | None:
    """Return the pid of this checkout's gunicorn, if it runs."""
    return pid_in(places.gunicorn_pid, of=str(places.gunicorn_pid))


def mail(places: Places) -> dict[str, str]:
    """Return the settings of mail that people have not made themselves.

    Letters are files then, and their links lead to the address that the banner prints.
    """
    configured = listening.configured(places)
    ours = {
        "EMAIL_URL": f"file://{quote(str(places.mail))}",
        "DASHBOARD_URL": listening.read(configured).base,
    }
    return {name: value for name, value in ours.items() if name not in configured}


def sealing(places: Places) -> dict[str, str]:
    """Return the key that second factors are sealed by, where people have set none.

    A database of somebody's own outlives this checkout, and its key.
    """
    if "DATABASE_URL" in os.environ or "ENCRYPTION_KEYS" in listening.configured(
        places
    ):
        return {}
    return {"ENCRYPTION_KEYS": keys.kept(places)["ENCRYPTION_KEYS"]}


def pictures(places: Places) -> dict[str, str]:
    """Return the settings of pictures, if people have made none: they are kept beside."""
    configured = listening.configured(places)
    if {"PICTURES_DIR", "PICTURES_S3_BUCKET"} & configured.keys():
        return {}
    places.pictures.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {"PICTURES_DIR": str(places.pictures)}


def _require_numbers(configured: Mapping[str, str | None]) -> None:
    """Refuse numbers of workers that are none. LocalError."""
    for name, most in NUMBERS.items():
        # gunicorn would refuse them too, under the banner.
        if (text := configured.get(name)) is not None:
            listening.number(name, text, most=most)


def _environment(
    places: Places, ours: Addresses, said: Mapping[str, str]
) -> dict[str, str]:
    """Return what is said so far, with the key and the addresses that requests may name."""
    hosts = listening.allowed_hosts(said["ALLOWED_HOSTS"], ours.host)
    return {**said, **sealing(places), **ours.environment(), "ALLOWED_HOSTS": hosts}


def _build_dashboard(places: Places) -> bool:
    """Return whether the dashboard is there; without it the API runs all the same."""
    try:
        return building.build(places)
    except LocalError as error:
        sys.stdout.write(f"Only the API runs: {error}\n")
        return False


def _require_no_orphan(places: Places) -> None:
    if orphan := running(places):
        raise LocalError(
            f"An earlier run was killed and left its gunicorn (pid {orphan}), which "
            "still serves; stop it with: make stop"
        )


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


def _banner(
    places: Places, ours: Addresses, *, own_database: bool, own_mail: bool, built: bool
) -> str:
    base = ours.base
    lines = [
        f"FocusGuard serves at {base}",
        *([f"  Dashboard  {base}/"] if built else []),
        f"  API docs   {base}/docs   {base}/redoc   {base}/openapi.json",
        *([f"  Sockets    {ours.sockets_url}"] if ours.sockets else []),
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


def _run(
    places: Places,
    environment: Mapping[str, str],
    which: tuple[beside.Beside, ...] = beside.ALL,
) -> int:
    """Run gunicorn, and what belongs beside it a little longer; return the status."""
    return beside.run(
        which, places, environment, lambda: _run_gunicorn(places, environment)
    )


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
