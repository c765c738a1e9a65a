"""`python -m local`: the servers of this checkout, by hand."""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping

from local import beside, building, interrupts, postgres, serve, servers, valkey
from local.local_error import LocalError, sentence
from local.places import Places


def main(arguments: list[str] | None = None) -> int:
    """Run one verb and return the exit status; a LocalError is told in one line."""
    asked = _parser().parse_args(arguments)
    try:
        with interrupts.raised():
            if asked.verb == "exec":
                return _exec(Places(), asked.command)
            if asked.verb == "manage":
                return _manage(Places(), asked.command)
            return VERBS[asked.verb][1](Places())
    except (LocalError, OSError) as error:
        sys.stderr.write(f"focusguard: {sentence(error)}\n")
        return 1
    except interrupts.Stopped as stopped:
        return stopped.status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m local",
        description="A PostgreSQL and a Valkey under .local/ of this checkout. "
        "With DATABASE_URL or REDIS_URL set, that one is used and none is started.",
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, (explanation, _) in VERBS.items():
        verbs.add_parser(verb, help=explanation, description=explanation)
    for verb, explanation in RUNNING.items():
        runs = verbs.add_parser(verb, help=explanation, description=explanation)
        runs.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND …")
    return parser


def _build(places: Places) -> int:
    building.build(places)
    return 0


def _up(places: Places) -> int:
    started = servers.up(places, keep=True)
    sys.stdout.write(f"started: {', '.join(started) or 'nothing, all was running'}\n")
    return 0


def _down(places: Places) -> int:
    # `make run` stops its servers itself; what it left is stopped after it.
    stopped = serve.stop(places) + servers.down(places)
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
    serving = {
        "Web server": serve.running(places),
        "Sockets": min(beside.SOCKETS.pids(places), default=None),
        "Worker": min(beside.WORKER.pids(places), default=None),
    }
    for name, pid in serving.items():
        sys.stdout.write(f"{name}: {f'runs, pid {pid}' if pid else 'does not run'}\n")
    needed = [pid for variable, pid in states.values() if variable not in os.environ]
    return 0 if all(needed) else 1


def _env(places: Places) -> int:
    for name, value in servers.environment(places).items():
        sys.stdout.write(f"export {name}={shlex.quote(value)}\n")
    return 0


def _manage(places: Places, arguments: list[str]) -> int:
    """Run a command of `manage.py` with mail and pictures as `make run` has them."""
    more = serve.mail(places) | serve.pictures(places)
    return _exec(places, [sys.executable, "manage.py", *arguments], more)


def _exec(
    places: Places, command: list[str], more: Mapping[str, str] | None = None
) -> int:
    """Run the command in the foreground and return its status, as a shell would."""
    if not command:
        raise LocalError("exec needs a command to run.")
    with servers.in_use(places) as environment:

        def start() -> subprocess.Popen[bytes]:
            try:
                return subprocess.Popen(command, env={**environment, **(more or {})})
            except OSError as error:
                raise LocalError(f"{command[0]}: {error.strerror}") from None

        with interrupts.passed_on(start) as child:
            status = child.wait()
    return status if status >= 0 else 128 - status


RUNNING = {
    "exec": "run a command with the servers up and their environment set",
    "manage": "run a command of manage.py, as `make run` would with its settings",
}
VERBS: dict[str, tuple[str, Callable[[Places], int]]] = {
    "up": ("start PostgreSQL and Valkey and keep them up until `down`", _up),
    "down": (
        "stop web server, sockets, worker, PostgreSQL and Valkey; the data stays",
        _down,
    ),
    "status": ("say what runs; 0 when both servers do", _status),
    "env": ('print the environment, for: eval "$(… env)"', _env),
    "build": ("build the dashboard, where Node is new enough", _build),
    "serve": (
        "what `make run` does: servers, migrations, gunicorn, sockets, worker",
        serve.serve,
    ),
}
