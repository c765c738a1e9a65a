"""Optional halves of libraries take no memory of a worker, and are there when needed."""

import subprocess
import sys

from django.conf import settings


def said_by(program):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_a_process_that_has_started_has_none_of_them_and_may_import_them():
    """Caught: 15 MB a worker, by being installed."""
    program = (
        "import sys, focusguard.wsgi, focusguard.urls;"
        "print(*({'cryptography', 'requests', 'urllib3'} & sys.modules.keys()), 'none');"
        "import requests, cryptography.fernet, authlib, webauthn, joserfc;"
        "print(requests.__name__)"
    )
    assert said_by(program) == ["none", "requests"]
