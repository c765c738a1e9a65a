"""Boards while Valkey is killed, flushed and brought back under load."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.auth_services import open_device
from accounts.tests.factories import UserFactory
from local.processes import wait_until
from sessions_app.tests.factories import FocusSessionFactory
from tests.live.servers import own_valkey
from tests.live.stack import DEADLINE, Request, database_url, running_stack

pytestmark = [pytest.mark.live]

BOARDS = ("xp", "focus-time", "streak", "sessions")
PEOPLE = 12
AGREES_WITHIN = 60  # seconds


@pytest.fixture(scope="module")
def valkey(tmp_path_factory):
    with own_valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture(scope="module")
def module_stack(valkey, django_db_setup, tmp_path_factory):
    with running_stack(
        tmp_path_factory.mktemp("stack"),
        DJANGO_SETTINGS_MODULE="tests.live.cheap_settings",
        REDIS_URL=valkey.url,
        RATE_LIMIT_PER_MINUTE="1000000",
    ) as stack:
        yield stack


@pytest.fixture
def stack(module_stack, unharmed):
    return unharmed(module_stack)


def manage(valkey, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url(), "REDIS_URL": valkey.url},
        capture_output=True,
        text=True,
        check=False,
    )


def killed(valkey):
    os.kill(valkey.pid, signal.SIGKILL)
    valkey.start()


def killed_and_empty(valkey):
    os.kill(valkey.pid, signal.SIGKILL)
    (valkey.data / "dump.rdb").unlink(missing_ok=True)
    valkey.start()


def back_from_a_save(valkey):
    """What was applied after the save is not in it."""
    valkey.stop()
    saved = (valkey.data / "dump.rdb").read_bytes()
    valkey.start()
    yield
    os.kill(valkey.pid, signal.SIGKILL)
    (valkey.data / "dump.rdb").write_bytes(saved)
    valkey.start()


@pytest.mark.row("F11")
@pytest.mark.parametrize("fault", [killed, killed_and_empty, back_from_a_save])
def test_boards_survive_valkey(stack, valkey, fault):
    """No 5xx (the stack watches), and agreement within a minute after it is back."""
    people = [open_device(user=UserFactory()) for _ in range(PEOPLE)]
    done, asked = threading.Event(), threading.Semaphore(0)

    def poll(one):
        while not done.is_set():
            for board in BOARDS:
                path = f"/api/leaderboard/{board}"
                answer = stack.send(Request("GET", path, token=one.access_token))
                assert answer.status_code == 200
                asked.release()

    def focus(one):
        try:
            for minutes in range(1, 40):
                if done.is_set():
                    return
                session = FocusSessionFactory(
                    user=one.user,
                    duration_min=25,
                    created_at=timezone.now() - timedelta(minutes=minutes),
                )
                path = f"/api/sessions/{session.pk}"
                body = {"completed": True}
                stack.send(Request("PATCH", path, body, one.access_token))
        finally:
            connection.close()

    def answers(more):
        for _ in range(more):
            assert asked.acquire(timeout=DEADLINE)

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(poll, one) for one in people[:2]]
        work += [pool.submit(focus, one) for one in people[2:4]]
        try:
            answers(40)
            steps = fault(valkey)
            if steps:
                next(steps)
                answers(40)
                next(steps, None)
            answers(80)
        finally:
            done.set()
        for one in work:
            one.result()
    told = []

    def agree():
        for board in BOARDS:
            path = f"/api/leaderboard/{board}"
            stack.send(Request("GET", path, token=people[0].access_token))
        told.append(manage(valkey, "verify_leaderboards"))
        return told[-1].returncode == 0

    assert wait_until(agree, seconds=AGREES_WITHIN), told[-1].stdout + told[-1].stderr
