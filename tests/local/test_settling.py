"""`make run` settles sessions and folds boards for as long as it serves."""

import os
import socket
import threading

from local import settling
from tests.harness.bounds import DEADLINE

# Fails too: the next minute comes all the same.
MANAGE = """
import socket, sys
told = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
told.sendto(" ".join(sys.argv[1:]).encode(), ("127.0.0.1", {port}))
sys.exit(1)
"""


def test_settles_again_and_again_until_it_ends(fresh, monkeypatch):
    monkeypatch.setattr(settling, "EVERY_SECONDS", 0.01)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hears:
        hears.bind(("127.0.0.1", 0))
        hears.settimeout(DEADLINE)
        script = MANAGE.format(port=hears.getsockname()[1])
        (fresh.project / "manage.py").write_text(script)
        with settling.settling(fresh, os.environ):
            for _ in range(2):
                assert hears.recv(100) == b"settle_overdue_sessions --verbosity 0"
                assert hears.recv(100) == b"fold_leaderboards --verbosity 0"
    assert "settling" not in [thread.name for thread in threading.enumerate()]
