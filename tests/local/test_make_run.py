"""`make run` as a whole, on a machine that was given nothing and has no cron."""

import json
import signal
import urllib.request
from urllib.parse import urlsplit

import psycopg
import pytest
from websockets.frames import CloseCode
from websockets.sync.client import connect

from local import postgres
from local.places import PROJECT
from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from tests.live.harness.realtime import LiveSocket
from tests.live.harness.stack import free_port
from tests.local.test_serve import running_with, start

pytestmark = pytest.mark.slow

ALICE = {
    "username": "alice_focus",
    "email": "alice@focusguard.com",
    "password": "correct horse battery",
}
# Forgotten two hours ago.
OVERDUE = """
INSERT INTO sessions (id, user_id, duration_min, status, created_at, local_date,
                      timezone, focus_min)
SELECT gen_random_uuid(), id, 25, 'active', now() - interval '2 hours', current_date,
       'UTC', 0
FROM users WHERE username = 'alice_focus'
"""


@pytest.fixture
def checkout(places):
    """The code of this checkout, with folders for data of its own."""
    for path in PROJECT.iterdir():
        if path.name not in {".git", ".local", ".env"}:
            (places.project / path.name).symlink_to(path)
    return places


def ask(port, path, body=None):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=body and json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
        return json.load(answer)


def test_work_is_done_without_cron_until_ctrl_c(checkout, monkeypatch):
    port = free_port()
    for name in ("EMAIL_URL", "DASHBOARD_URL", "HOST"):
        monkeypatch.delenv(name, raising=False)
    sockets = f"ws://localhost:{free_port()}/api/ws"
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("REALTIME_PORT", str(urlsplit(sockets).port))
    monkeypatch.setenv("WEB_CONCURRENCY", "1")
    launcher = start(checkout, "serve")
    said = banner(launcher)
    assert f"  Mail       {checkout.mail}/\n" in said
    assert f"  Sockets    {sockets}\n" in said

    def worker():
        return ask(port, "/health")["worker"]

    assert wait_until(lambda: answers(worker) == "ok", seconds=DEADLINE)
    token = ask(port, "/api/auth/register", ALICE)["access_token"]
    # As a page of ours does, by the name that it was opened by.
    origin = f"http://localhost:{port}"
    socket = LiveSocket(connect(sockets, origin=origin, proxy=None))
    socket.say(type="auth", token=token)
    assert socket.hear("session")["last_ended"] is None
    with psycopg.connect(postgres.url(checkout), autocommit=True) as connection:
        connection.execute(OVERDUE)
        # At the next full minute.
        assert wait_until(lambda: settled(connection), seconds=DEADLINE)
    assert socket.hear("session")["last_ended"]["status"] == "completed"
    launcher.send_signal(signal.SIGINT)
    _, said = launcher.communicate(timeout=DEADLINE)
    assert "Traceback" not in said
    code, _ = socket.end()
    assert code == CloseCode.SERVICE_RESTART
    socket.close()
    assert running_with(str(checkout.project)) == []


def banner(launcher):
    """Return what it says before it serves."""
    said = []
    for line in launcher.stdout:
        said.append(line)
        if "Stop with Ctrl-C" in line:
            return said
    raise AssertionError(launcher.stderr.read())


def answers(question):
    try:
        return question()
    except OSError:
        return None


def settled(connection):
    return connection.execute(
        "SELECT 1 FROM sessions JOIN users ON users.id = user_id"
        " WHERE username = 'alice_focus' AND status = 'completed'"
    ).fetchone()
