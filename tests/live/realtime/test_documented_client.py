"""The client of docs/live-updates.md, run as it stands there."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from accounts.tests.factories import PASSWORD
from tests.harness.bounds import DEADLINE
from tests.live.harness.realtime import running_realtime
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

PAGE = settings.BASE_DIR / "docs" / "live-updates.md"
# The pause of chance before it comes back is the page's; here nobody waits for it.
AT_ONCE = "import random; random.uniform = lambda low, high: low\n"


@pytest.fixture
def realtime(stack, tmp_path):
    with running_realtime(tmp_path) as running:
        yield running


@pytest.fixture
def follow(stack, realtime):
    """Run the client for somebody; yield how to start it."""
    (client,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    running = []

    def start(person, password=PASSWORD):
        process = subprocess.Popen(
            [sys.executable, "-c", AT_ONCE + client, person.username, password],
            env=os.environ
            | {
                "API": f"{stack.origin}/api",
                "SOCKET": f"ws://127.0.0.1:{realtime.port}/api/ws",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate(timeout=DEADLINE)


def test_client_follows_a_session_and_ends_with_its_device(stack, follow):
    person = register(stack)
    client = follow(person)
    assert client.stdout.readline() == "idle\n"
    started = person.ask("POST", "/sessions", {"duration_min": 25}).json()
    assert client.stdout.readline().endswith(" s left\n")
    person.ask("PATCH", f"/sessions/{started['id']}", {"status": "abandoned"})
    assert client.stdout.readline() == "idle\n"
    person.ask("POST", "/auth/logout-all")
    _, said = client.communicate(timeout=DEADLINE)
    assert (client.returncode, said) == (1, "signed out\n")


def test_client_comes_back_to_a_process_that_was_started_again(
    stack, follow, realtime, tmp_path
):
    person = register(stack)
    client = follow(person)
    assert client.stdout.readline() == "idle\n"
    realtime.stop()
    with running_realtime(tmp_path, port=realtime.port):
        assert client.stdout.readline() == "idle\n"


def test_page_is_short(follow):
    (client,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(client.splitlines()) <= 40
