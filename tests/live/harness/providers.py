"""Providers as processes of their own; panva's is one that others sign in by as well."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.live.harness.stack import free_port

PANVA = settings.BASE_DIR / "tests" / "oidc"


@contextmanager
def program(*command: str, cwd: Path = settings.BASE_DIR) -> Iterator[None]:
    """Run a provider, which says that it listens by its first line."""
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
            yield
        finally:
            process.terminate()


@contextmanager
def running_panva(callback: str) -> Iterator[str]:
    """Run a real OpenID provider, and yield its issuer; `npm ci` brings it."""
    if not (PANVA / "node_modules").is_dir():
        subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=PANVA, check=True
        )
    port = free_port()
    with program("node", "provider.mjs", str(port), callback, cwd=PANVA):
        yield f"http://127.0.0.1:{port}"
