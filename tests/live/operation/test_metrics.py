"""Metrics for Prometheus: counted by every worker, whichever of them dies."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest
import yaml
from django.conf import settings
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families
from websockets.exceptions import InvalidStatus

from local.processes import wait_until
from tests.live.harness.realtime import running_realtime
from tests.live.harness.stack import DEADLINE, Request, database_url, free_port
from tests.live.harness.user import register

NAME = re.compile(r"focusguard_\w+")


@pytest.fixture(scope="module")
def counts(tmp_path_factory):
    return tmp_path_factory.mktemp("metrics")


@pytest.fixture(scope="module")
def module_stack(counts, start_stack):
    (counts / "counter_4194305.db").write_bytes(b"left by a gunicorn of before")
    return start_stack(cold=True, METRICS_DIR=str(counts))


@pytest.fixture
def stack(module_stack, unharmed):
    return unharmed(module_stack)


@contextmanager
def served(counts, **environment):
    """Run `serve_metrics`; yield how to ask it."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve_metrics", f"--port={port}"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": database_url(), "METRICS_DIR": str(counts)}
        | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == (
            f"metrics at http://127.0.0.1:{port}/metrics\n"
        )
        yield lambda: scrape(port)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
        process.stdout.close()


@pytest.fixture(scope="module")
def ask(module_stack, counts):
    """Ask one `serve_metrics` that all tests share."""
    with served(counts) as ask:
        yield ask


def scrape(port):
    """Return each sample by its name and labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_requests_sessions_and_the_database_are_counted(stack, ask):
    alice = register(stack)
    started = alice.ask("POST", "/sessions", {"duration_min": 25}).json()["id"]
    before = ask()
    for _ in range(5):
        alice.ask("GET", "/users/me")
    alice.ask("GET", "/users/me/nothing")
    running = ask()
    alice.ask("PATCH", f"/sessions/{started}", {"completed": True})
    after = ask()
    me = next(
        key
        for key in running
        if key[0] == "focusguard_requests_total" and key[3].endswith("users/me")
    )
    assert running[me] - before.get(me, 0) == 5
    assert ("focusguard_requests_total", "404", "GET", "none") in running
    assert not any(started in part for key in after for part in key)
    seconds = ("focusguard_request_seconds_count", *me[2:])
    assert running[seconds] == running[me]
    # The device with its user, and no more; a worker's very first also asks for two types.
    more = running["focusguard_request_statements_sum", me[3]] - running[me]
    assert more in (0, 2)
    assert running["focusguard_database_seconds_total", me[3]] > 0
    assert running["focusguard_valkey_commands_total", "answered"] >= 5
    assert running["focusguard_database_up",] == 1
    assert running["focusguard_active_sessions",] == 1
    assert running["focusguard_settle_lag_seconds",] == 0
    assert 0 < running["focusguard_database_connections",] < 100
    assert after["focusguard_sessions_started_total",] == 1
    assert after["focusguard_sessions_ended_total", "completed"] == 1
    assert after["focusguard_active_sessions",] == 0
    # No worker runs here, and no mail is sent.
    assert after["focusguard_workers_alive",] == 0
    assert after["focusguard_mails", "waiting"] == 0


def test_counts_outlive_their_worker(stack, ask):
    alice = register(stack)
    for _ in range(6):
        alice.ask("GET", "/users/me")
    before = ask()
    pids = stack.worker_pids()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert wait_until(
        lambda: alice.attempt("GET", "/users/me") and stack.worker_pids() - pids,
        seconds=DEADLINE,
    )
    alice.ask("GET", "/users/me")
    after = ask()
    counted = [key for key in before if key[0].endswith(("_total", "_count", "_sum"))]
    assert len(counted) > 10
    assert all(after[key] >= before[key] for key in counted)
    assert sum(after[key] for key in counted) > sum(before[key] for key in counted)


def test_scrape_answers_without_postgres(stack, counts):
    register(stack)
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    with served(counts, DATABASE_URL=nowhere) as ask:
        told = ask()
    assert told["focusguard_database_up",] == 0
    assert ("focusguard_active_sessions",) not in told
    assert any(key[0] == "focusguard_requests_total" for key in told)


def test_the_public_port_has_no_metrics(stack):
    answer = stack.send(Request("GET", "/metrics"))
    assert answer.status_code == 404


def test_sockets_are_counted_by_their_process_until_it_is_killed(
    stack, ask, counts, tmp_path
):
    alice = register(stack)
    with running_realtime(tmp_path, METRICS_DIR=str(counts)) as realtime:
        before = ask()
        assert before["focusguard_sockets",] == 0
        assert before["focusguard_sockets_max",] == settings.REALTIME_MAX_SOCKETS
        assert before["focusguard_realtime_processes",] == 1
        assert wait_until(
            lambda: ask()["focusguard_realtime_hearing",] == 1, seconds=DEADLINE
        )
        with realtime.sign_in(alice.token) as socket, realtime.open() as stranger:
            assert ask()["focusguard_sockets",] == 2
            alice.ask("POST", "/sessions", {"duration_min": 25})
            socket.hear("changed")
            stranger.connection.send("no JSON")
            assert stranger.end() == (4400, "BAD_MESSAGE")
            assert wait_until(
                lambda: ask()["focusguard_sockets",] == 1, seconds=DEADLINE
            )
            after = ask()
            assert grew(before, after, "focusguard_push_seconds_count") == 1
            assert grew(before, after, "focusguard_hints_total", "sent") >= 1
            assert grew(before, after, "focusguard_hints_heard_total") >= 1
            assert grew(before, after, "focusguard_sockets_closed_total", "4400") == 1
            assert grew(before, after, "focusguard_sweep_found_total") == 0
            # By hand, so that no hint tells of it.
            with connection.cursor() as cursor:
                cursor.execute("UPDATE sessions SET duration_min = 60")
            socket.hear("session")
            assert wait_until(
                lambda: grew(before, ask(), "focusguard_sweep_found_total") == 1,
                seconds=DEADLINE,
            )
            realtime.process.kill()
            realtime.process.wait(DEADLINE)
            killed = ask()
    assert killed["focusguard_sockets",] == 0
    assert killed["focusguard_realtime_processes",] == 0
    assert grew(after, killed, "focusguard_push_seconds_count") >= 0


def grew(before, after, *key):
    return after[key] - before.get(key, 0)


def test_every_panel_and_every_alarm_asks_for_what_there_is(
    stack, ask, counts, tmp_path
):
    alice = register(stack)
    with running_realtime(tmp_path, METRICS_DIR=str(counts)) as realtime:
        with pytest.raises(InvalidStatus):
            realtime.open(origin="https://elsewhere.example")
        with realtime.open() as stranger:
            stranger.connection.send("no JSON")
            stranger.end()
    started = alice.ask("POST", "/sessions", {"duration_min": 25}).json()["id"]
    alice.ask("PATCH", f"/sessions/{started}", {"completed": True})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name)"
            " VALUES ('default', 'settle')"
        )
    there = {key[0] for key in ask()}
    board = json.loads((settings.BASE_DIR / "docs" / "grafana.json").read_text())
    alarms = yaml.safe_load((settings.BASE_DIR / "deploy" / "alarms.yaml").read_text())
    panels = [panel["targets"] for panel in board["panels"]]
    rules = [group["rules"] for group in alarms["groups"]]
    for asking in (panels, rules):
        asked = {
            name
            for several in asking
            for one in several
            for name in NAME.findall(one["expr"])
        }
        assert len(asked) > 8
        assert asked <= there
