"""Health and settings tell of the worker, and of what does its work where there is none."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import connection

from focusguard.api import background
from focusguard.api.background import SILENT_SECONDS
from focusguard.api.management.commands.migrate import Command as Migrate
from focusguard.api.models import CommandRun
from focusguard.checks import IDLE_SECONDS, check_that_somebody_works

pytestmark = pytest.mark.django_db

OPERATIONS = settings.BASE_DIR / "docs" / "operations.md"
# As an operator copies them into cron's table.
OF_EVERY_MINUTE = re.findall(
    r"(?m)^\* \* \* \* \*  manage\.py (\w+)", OPERATIONS.read_text()
)


def say(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def heartbeat(ago):
    """Leave the row of a worker that gave its last sign of life so long ago."""
    say(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (clock_timestamp() - make_interval(secs => %s))",
        ago,
    )


def tick(ago):
    """Leave what remains of any worker: the last time that it began a task."""
    say(
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp)"
        " VALUES ('settle', extract(epoch FROM clock_timestamp())::bigint - %s)",
        ago,
    )


def noted(ago):
    say(
        "INSERT INTO command_runs (name, ended_at) VALUES"
        " (%s, clock_timestamp() - make_interval(secs => %s))",
        f"a command {ago} ago",
        ago,
    )


def health(client):
    answer = client.get("/health")
    told = answer.json()
    assert (answer.status_code, told["status"], told["database"]) == (200, "ok", "ok")
    return told["worker"]


def test_health_knows_no_worker_where_there_never_was_one(anonymous):
    assert health(anonymous) == "none"


def test_health_sees_a_worker_of_any_number(anonymous):
    heartbeat(ago=3600)
    heartbeat(ago=2)
    assert health(anonymous) == "ok"


def test_health_misses_a_worker_that_was_killed(anonymous):
    """A killed worker leaves its row, which the start of the next one removes."""
    heartbeat(ago=SILENT_SECONDS + 1)
    assert health(anonymous) == "away"


def test_health_misses_a_worker_that_was_stopped(anonymous):
    """A stopped worker takes its row along; what it began last remains."""
    tick(ago=30)
    assert health(anonymous) == "away"


def test_health_asks_postgres_once_and_a_probe_of_life_never(
    anonymous, django_assert_num_queries
):
    with django_assert_num_queries(1):
        anonymous.get("/health")
    with django_assert_num_queries(0):
        assert anonymous.get("/health/live").json() == {"status": "ok"}


@pytest.fixture(params=["SEEN", "NOTED"])
def unmigrated(request, monkeypatch, transactional_db):
    """A database that has yet to get one of the tables; a statement that fails is alone."""
    monkeypatch.setattr(background, request.param, "SELECT at FROM no_such_table")


def test_health_is_well_before_the_queue_has_its_tables(anonymous, unmigrated):
    assert health(anonymous) == "none"


def found():
    return [message.id for message in check_that_somebody_works(None, ["default"])]


def test_check_warns_where_nobody_ever_worked():
    assert found() == ["focusguard.W006"]
    # Where the database is not asked, nothing is known.
    assert check_that_somebody_works(None, None) == []


@pytest.mark.parametrize("trace", [heartbeat, tick, noted])
def test_check_warns_where_nobody_has_worked_for_five_minutes(trace):
    trace(ago=IDLE_SECONDS + 1)
    assert found() == ["focusguard.W006"]
    trace(ago=IDLE_SECONDS - 60)
    assert found() == []


def test_check_says_nothing_of_a_database_that_has_yet_to_be_migrated(unmigrated):
    assert found() == []


def test_check_warns_on_the_command_line_and_migrate_does_not():
    """Caught: each `make run`, which starts its worker after `migrate`."""
    said = StringIO()
    call_command("check", databases=["default"], stderr=said)
    assert "focusguard.W006" in said.getvalue()
    migrating = Migrate(stderr=StringIO(), no_color=True)
    migrating.check(databases=["default"])
    assert "focusguard.W006" not in migrating.stderr.getvalue()


def test_commands_that_are_noted_are_those_that_cron_runs_every_minute():
    noted = {
        name
        for name, app in get_commands().items()
        if getattr(load_command_class(app, name), "of_every_minute", False)
    }
    assert noted == set(OF_EVERY_MINUTE)


@pytest.mark.parametrize("name", OF_EVERY_MINUTE)
def test_a_run_of_cron_is_noted_in_one_row(name):
    for _ in range(2):
        call_command(name, verbosity=0)
    assert [run.name for run in CommandRun.objects.all()] == [name]
    assert found() == []


def test_a_run_that_settled_nothing_on_purpose_is_not_noted():
    call_command("settle_overdue_sessions", verbosity=0, dry_run=True)
    assert not CommandRun.objects.exists()


def test_a_run_that_failed_is_not_noted(monkeypatch):
    def fail():
        raise CommandError("broken")

    monkeypatch.setattr("leaderboard.counting.fold", fail)
    with pytest.raises(CommandError):
        call_command("fold_leaderboards", verbosity=0)
    assert not CommandRun.objects.exists()
