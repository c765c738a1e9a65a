"""`python -m focusguard.local`: the servers of this checkout, by hand."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable

from focusguard.local import postgres, servers, valkey
from focusguard.local.errors import LocalError
from focusguard.local.places import Places
from focusguard.local.processes import locked
from focusguard.local.serve import serve, stop_gunicorn


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit status; a LocalError is told in one line."""
    verbs: dict[str, tuple[str, Callable[[Places], int]]] = {
        "up": ("start PostgreSQL and Valkey, unless the environment names others", _up),
        "down": ("stop the web server, PostgreSQL and Valkey; the data stays", _down),
        "status": ("say what runs; 0 when both servers do", _status),
        "env": ('print the environment, for: eval "$(… env)"', _env),
        "serve": ("what `make run` does: servers, migrations, gunicorn", serve),
    }
    parser = argparse.ArgumentParser(
        prog="python -m focusguard.local",
        description="A PostgreSQL and a Valkey under .local/ of this checkout.",
    )
    parsers = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, (explanation, _) in verbs.items():
        parsers.add_parser(verb, help=explanation, description=explanation)
    verb = parser.parse_args(arguments).verb
    try:
        return verbs[verb][1](Places())
    except LocalError as error:
        sys.stderr.write(f"focusguard: {error}\n")
        return 1


def _up(places: Places) -> int:
    started = servers.up(places)
    sys.stdout.write(f"started: {', '.join(started) or 'nothing, all was running'}\n")
    return 0


def _down(places: Places) -> int:
    stopped = ["gunicorn"] if stop_gunicorn(places) else []
    if places.root.exists():
        # `make run` stops the servers that it started; do not race with it.
        with locked(places.serve_lock):
            stopped += servers.down(places)
    sys.stdout.write(f"stopped: {', '.join(stopped) or 'nothing was running'}\n")
    return 0


def _status(places: Places) -> int:
    states = {
        "PostgreSQL": ("DATABASE_URL", postgres.running(places)),
        "Valkey": ("REDIS_URL", valkey.running(places)),
    }
    for name, (variable, pid) in states.items():
        if variable in os.environ:
            state = f"{variable} is used instead"
        else:
            state = f"runs, pid {pid}, in {places.sockets}" if pid else "does not run"
        sys.stdout.write(f"{name}: {state}\n")
    needed = [pid for variable, pid in states.values() if variable not in os.environ]
    return 0 if all(needed) else 1


def _env(places: Places) -> int:
    for name, value in servers.environment(places).items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    return 0
