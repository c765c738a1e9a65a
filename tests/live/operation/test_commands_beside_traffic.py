"""The operators' commands, each twice at once, while people focus."""

import os
import subprocess
import sys
import threading
from contextlib import ExitStack

import pytest
from django.conf import settings

from stats.models import UserStats
from tests.live.harness.stack import database_url
from tests.live.harness.user import register

pytestmark = pytest.mark.slow


def run(name, *options):
    return subprocess.Popen(
        [sys.executable, "manage.py", name, *options],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.row("C14")
@pytest.mark.parametrize(
    "command",
    [
        ("rebuild_stats", "--all"),
        ("verify_stats",),
        ("settle_overdue_sessions",),
        ("prune_auth_sessions",),
        ("prune_security_events",),
        ("prune_idempotent_answers",),
    ],
    ids=lambda command: command[0],
)
def test_command_runs_twice_at_once_beside_traffic(stack, command):
    """No answer is a 5xx and every figure is right afterwards: see `unharmed`."""
    people = [register(stack) for _ in range(4)]
    done, finished = threading.Event(), []

    def focus(person):
        while not done.is_set():
            session = person.ask("POST", "/sessions", {"duration_min": 25}).json()["id"]
            path = f"/sessions/{session}"
            finished.append(person.ask("PATCH", path, {"completed": True}).status_code)
            person.ask("GET", "/stats/me")

    traffic = [threading.Thread(target=focus, args=(one,)) for one in people]
    for thread in traffic:
        thread.start()
    try:
        with ExitStack() as running:
            copies = [running.enter_context(run(*command)) for _ in range(2)]
            said = [copy.communicate()[1] for copy in copies]
    finally:
        done.set()
        for thread in traffic:
            thread.join()
    codes = sorted(copy.returncode for copy in copies)
    assert codes in ([0, 0], [0, 1]), said
    for code, words in zip((copy.returncode for copy in copies), said, strict=True):
        assert ("nothing was done" in words) == bool(code)
    assert set(finished) == {200}
    assert UserStats.objects.count() <= len(people)
