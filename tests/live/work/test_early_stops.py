"""Stops of a worker between its row in the database and its first job."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.live.harness.stack import DEADLINE, database_url, environment_of_tests
from tests.live.work.traces import until
from work.queue import Worker

SIGNALS = [signal.SIGTERM, signal.SIGINT]
# As `manage.py work` runs it, but for what is done once the row stands.
WORKER = """
import os, sys, django
django.setup()
from work.queue import consume
from work.tasks import TASKS
consume(TASKS.values(), queues=["default"], concurrency=1, beat=lambda _: {beat})
"""

pytestmark = [pytest.mark.row("W21"), pytest.mark.usefixtures("transactional_db")]


def start(beat="None"):
    return subprocess.Popen(
        [sys.executable, "-c", WORKER.format(beat=beat)],
        cwd=settings.BASE_DIR,
        env=os.environ | environment_of_tests() | {"DATABASE_URL": database_url()},
        stderr=subprocess.PIPE,
        text=True,
    )


def says_goodbye(worker):
    _, said = worker.communicate(timeout=DEADLINE)
    return worker.returncode == 0 and not Worker.objects.exists(), said


@pytest.mark.parametrize("number", SIGNALS)
def test_worker_that_is_stopped_once_its_row_stands_takes_it_along(number):
    """Caught: procrastinate's own handlers, which come a moment after the row."""
    done, said = says_goodbye(start(f"os.kill(os.getpid(), {int(number)})"))
    assert done, said


@pytest.mark.parametrize("number", SIGNALS)
def test_worker_that_is_stopped_while_its_row_is_written_takes_it_along(number):
    """Caught: a worker that ends at once; Postgres writes the row all the same."""
    with transaction.atomic():
        takes_the_next_id()
        worker = start()
        until(is_awaited)
        worker.send_signal(number)
        transaction.set_rollback(True)
    done, said = says_goodbye(worker)
    assert done, said


def takes_the_next_id():
    """Let the next worker wait for this transaction before it has its row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (id) OVERRIDING SYSTEM VALUE SELECT "
            "1 + nextval(pg_get_serial_sequence('procrastinate_workers', 'id'))"
        )


def is_awaited():
    """True once another transaction waits for this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
            "AND transactionid = pg_current_xact_id()::xid)"
        )
        return cursor.fetchone()[0]
