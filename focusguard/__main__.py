"""`python -m focusguard`: the web server. `python -m focusguard alive`: does it answer?

gunicorn reads WEB_CONCURRENCY as it is imported, and ends in a traceback where that is
no number: so the configuration is read here first, and says so in a line.
"""

import os
import runpy
import sys
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

CONFIGURATION = Path(__file__).parent.parent / "gunicorn.conf.py"
# Listened on everywhere: ask here.
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (compared, not bound)
SECONDS = 2


def serve(arguments: list[str]) -> None:
    """Become gunicorn, with `arguments` of its own laid over the configuration."""
    gunicorn = [sys.executable, "-m", "gunicorn", "focusguard.wsgi"]
    configured = ["--config", str(CONFIGURATION)]
    os.execv(sys.executable, [*gunicorn, *configured, *arguments])  # noqa: S606  (no shell is wanted)


def alive(bind: str) -> int:
    """Ask the server that listens on `bind`, through no proxy; 0 where it is well."""
    address = urlsplit(f"//{bind}")
    host = address.hostname or ""
    with closing(
        HTTPConnection(HERE.get(host, host), address.port, timeout=SECONDS)
    ) as client:
        try:
            client.request("GET", "/health/live")
            status = client.getresponse().status
        except (OSError, HTTPException) as error:
            sys.stderr.write(f"focusguard: {bind} does not answer: {error}\n")
            return 1
    return 0 if status == 200 else 1


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; return the exit status."""
    bind = runpy.run_path(str(CONFIGURATION))["bind"]
    if arguments == ["alive"]:
        return alive(bind)
    serve(arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
