"""Others' programs as processes of their own: a provider, an object store."""

import fcntl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.live.harness.stack import free_port

PROGRAMS = settings.BASE_DIR / "tests" / "programs"


@contextmanager
def program(
    *command: str, cwd: Path = settings.BASE_DIR
) -> Iterator[subprocess.Popen[str]]:
    """Run a program, which says that it listens by its first line."""
    with subprocess.Popen(
        command,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("listening"), f"{command} did not start"
            yield process
        finally:
            process.terminate()


@contextmanager
def node_program(name: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run one of `tests/programs`; `npm ci` brings what it is made of."""
    _install()
    with program("node", name, *arguments, cwd=PROGRAMS) as process:
        yield process


@contextmanager
def running_panva(callback: str) -> Iterator[str]:
    """Run a real OpenID provider, and yield its issuer."""
    port = free_port()
    with node_program("panva.mjs", str(port), callback):
        yield f"http://127.0.0.1:{port}"


def _install() -> None:
    """Ask npm once after each change of the lock.

    The workers of pytest come here at the same time: two `npm ci` in one folder delete
    each other's files.
    """
    lock = PROGRAMS / "package-lock.json"
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # npm writes it when all else is there.
        done = PROGRAMS / "node_modules" / ".package-lock.json"
        if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
            subprocess.run(
                ["npm", "ci", "--no-audit", "--no-fund", "--silent"],
                cwd=PROGRAMS,
                check=True,
            )
