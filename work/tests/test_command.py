"""`manage.py work`: what it refuses, what it becomes, and the worker that it starts."""

import os
import re
import signal
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from work.management.commands import work as command
from work.queue import DEFAULT, MAIL, QUEUES, TASKS, Job, Task, Worker, consume
from work.tests.jobs import job, worker


@pytest.fixture
def became(monkeypatch):
    """List what the process was replaced by."""
    calls = []
    monkeypatch.setattr(command.os, "execv", lambda path, call: calls.append(call))
    monkeypatch.chdir(settings.BASE_DIR)
    return calls


def test_command_becomes_its_supervisor(became):
    call_command("work")
    expected = [sys.executable, "-m", "work.supervisor"]
    expected += ["--queues", ",".join(QUEUES), "--concurrency", "4"]
    assert became == [expected]


def test_command_hands_on_what_it_was_told(became):
    call_command("work", "--queues", "mail, heavy", "--concurrency", "16")
    assert became[0][3:] == ["--queues", "mail,heavy", "--concurrency", "16"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--queues", "mail,male"], "there is no queue 'male'"),
        (["--queues", ""], "there is no queue ''"),
        (["--concurrency", "0"], "must be a whole number, 1 to 100"),
        (["--concurrency", "many"], "must be a whole number, 1 to 100"),
    ],
)
def test_command_refuses_nonsense(became, arguments, why):
    with pytest.raises(CommandError, match=re.escape(why)):
        call_command("work", *arguments)
    assert became == []


def test_help_is_silent_about_what_is_between_the_two():
    parser = command.Command(stdout=StringIO()).create_parser("manage.py", "work")
    assert "--lifeline" not in parser.format_help()


@pytest.fixture
def lifeline(monkeypatch):
    """List what goes over the line; the real one would end this process with it."""
    said = []

    class Line:
        def __init__(self, descriptor):
            said.append(descriptor)

        def beat(self, worker_id):
            said.append(f"{worker_id} lives")

    monkeypatch.setattr(command, "Lifeline", Line)
    return said


@pytest.fixture
def consumed(monkeypatch):
    """List how the queue was consumed, in place of doing it."""
    calls = []

    def note(tasks, **options):
        options["beat"](41)
        calls.append((list(tasks), options["queues"], options["concurrency"]))

    monkeypatch.setattr(command, "consume", note)
    return calls


def test_child_is_a_worker_that_is_heard(lifeline, consumed):
    call_command("work", "--queues", "mail", "--lifeline", "7")
    assert consumed == [(list(TASKS.values()), ["mail"], 4)]
    assert lifeline == [7, "41 lives"]


@pytest.mark.django_db
def test_child_takes_over_what_the_dead_one_ran(lifeline, consumed):
    dead = worker()
    lost = job(status="doing", worker_id=dead)
    call_command("work", "--lifeline", "7", "--after", str(dead))
    assert Job.objects.get(pk=lost.pk).status == "todo"
    assert consumed


def test_child_reports_its_errors(lifeline, consumed, monkeypatch):
    told = []
    monkeypatch.setattr(command.reporting, "report_errors", lambda: told.append(1))
    call_command("work", "--lifeline", "7")
    assert told == [1]


def test_child_without_postgres_ends_in_a_line(lifeline, monkeypatch):
    def fail(tasks, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(command, "consume", fail)
    with pytest.raises(CommandError, match="Postgres does not serve: connection"):
        call_command("work", "--lifeline", "7")


@pytest.mark.django_db(transaction=True)
def test_worker_runs_what_waits_and_tells_its_heartbeat(monkeypatch, caplog):
    """In this process: the last job ends the worker as TERM does."""
    # Its threads end with the worker, and with them their connections.
    monkeypatch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)
    heard, ran = [], []

    def greet(name):
        ran.append((name, Worker.objects.count()))
        return f"greeted {name}"

    def fail():
        raise RuntimeError("nobody expected this")

    def stop():
        os.kill(os.getpid(), signal.SIGTERM)

    tasks = [Task(run, DEFAULT, "", alone=False) for run in (greet, fail, stop)]
    job("greet", args='{"name": "ann"}')
    failing, unknown = job("fail"), job("unheard_of")
    elsewhere = job("greet", queue_name=MAIL)
    job("stop")
    caplog.set_level("INFO", "focusguard.work")
    consume(tasks, queues=[DEFAULT], concurrency=1, beat=heard.append)

    assert ran == [("ann", 1)]
    assert re.search(r"greet: greeted ann \(\d+ ms\)", caplog.text)
    assert "nobody expected this" in caplog.text
    states = dict(Job.objects.values_list("pk", "status"))
    assert (states[failing.pk], states[unknown.pk]) == ("failed", "failed")
    assert states[elsewhere.pk] == "todo"
    assert len(heard) == 1
    assert not Worker.objects.exists()  # it signed off
