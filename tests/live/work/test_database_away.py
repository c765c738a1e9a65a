"""A worker whose Postgres is away, swallowed by the network, or behind a pooler."""

import time

import pytest

from local.processes import wait_until
from tests.live.harness.fleet import pooled
from tests.live.harness.network import Network
from tests.live.harness.worker import running_worker
from tests.live.work.chores import GROUND
from tests.live.work.traces import until

pytestmark = pytest.mark.slow

PROMISED = 90  # seconds after which a worker is back
JOBS = 1000
ENQUEUE = f"""
from work import queue
queue.defer_each("brief", queue="default", ids=[{{"name": str(n)}} for n in range({JOBS})])
"""
# Its deadline is in the time without a database. Each test's is of a user of its own:
# a factory counts from 0 in every process.
RUNNING = """
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from sessions_app.tests.factories import FocusSessionFactory
start = timezone.now() - timedelta(minutes=25) + timedelta(seconds=20)
FocusSessionFactory(user__username=uuid4().hex, created_at=start, duration_min=25)
"""


@pytest.fixture
def ground(postgres):
    """Where chores leave their traces; the queue is empty."""
    postgres.ask(GROUND)
    postgres.ask(
        "TRUNCATE procrastinate_jobs, procrastinate_workers, once_keys CASCADE"
    )
    return postgres


def defer(postgres, name):
    postgres.ask(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) "
        "VALUES ('default', 'effect', jsonb_build_object('name', %s::text))",
        name,
    )


def is_done(postgres, name):
    return postgres.ask("SELECT 1 FROM chores.effects WHERE name = %s", name) != []


def is_quiet(postgres):
    """Tell whether nothing runs, and no tick comes soon: that may be run twice."""
    running = postgres.ask("SELECT 1 FROM procrastinate_jobs WHERE status = 'doing'")
    return not running and 5 < time.time() % 60 < 50


def back_in_time(postgres, worker):
    """Require that the worker is back, and caught up; and ran no tick twice."""
    defer(postgres, "afterwards")
    assert wait_until(lambda: is_done(postgres, "afterwards"), seconds=PROMISED), (
        worker.log[-4000:]
    )
    postgres.wait_for(
        "SELECT 1 WHERE NOT EXISTS (SELECT FROM sessions WHERE status = 'active')"
    )
    twice = postgres.ask(
        "SELECT task_name, args, count(*) FROM procrastinate_events e "
        "JOIN procrastinate_jobs j ON j.id = e.job_id "
        "WHERE e.type = 'started' AND args ? 'timestamp' "
        "GROUP BY task_name, args HAVING count(*) > 1"
    )
    assert twice == []


@pytest.mark.row("W17")
def test_worker_is_back_when_its_database_is(ground, tmp_path):
    """Caught: a worker that is restarted on failure alone; it ends with 0."""
    with running_worker(tmp_path, DATABASE_URL=ground.url) as worker:
        defer(ground, "before")
        until(lambda: is_done(ground, "before"))
        ground.manage("shell", "-c", RUNNING)
        until(lambda: is_quiet(ground))
        ground.stop()
        try:
            until(lambda: "another starts in 4 s" in worker.log)
        finally:
            ground.start()
        back_in_time(ground, worker)


@pytest.mark.row("W17")
def test_worker_is_back_when_its_network_is(ground, tmp_path):
    """Caught: a connection that waits for ever for what nobody acknowledges."""
    network = Network(ground.socket)
    url = f"postgresql://focusguard@127.0.0.1:{network.port}/focusguard"
    try:
        with running_worker(tmp_path, DATABASE_URL=url) as worker:
            defer(ground, "before")
            until(lambda: is_done(ground, "before"))
            ground.manage("shell", "-c", RUNNING)
            until(lambda: is_quiet(ground))
            with network.black_hole():
                until(lambda: "another starts in 4 s" in worker.log)
            back_in_time(ground, worker)
    finally:
        network.close()


@pytest.mark.row("W19")
def test_thousand_jobs_go_through_a_pool_of_two(ground, tmp_path):
    """Caught: LISTEN and prepared statements, which stay with somebody else's server."""
    with pooled(ground, tmp_path, size=2) as pool:
        environment = {"DATABASE_URL": pool, "DATABASE_POOLER": "true"}
        ground.ask("ALTER ROLE focusguard SET log_statement = 'all'")
        # What is tried is no durability, and a busy disk takes minutes for it.
        ground.ask("ALTER ROLE focusguard SET synchronous_commit = off")
        logged = ground.log.stat().st_size
        try:
            with running_worker(
                tmp_path, "--concurrency", "8", **environment
            ) as worker:
                ground.manage("shell", "-c", ENQUEUE, **environment)
                ground.wait_for(
                    f"SELECT 1 FROM chores.effects HAVING count(*) = {JOBS}"
                )
                ground.wait_for(
                    "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'brief' "
                    f"AND status = 'succeeded' AND attempts = 1 HAVING count(*) = {JOBS}"
                )
        finally:
            ground.ask("ALTER ROLE focusguard RESET log_statement")
            ground.ask("ALTER ROLE focusguard RESET synchronous_commit")
        with ground.log.open() as log:
            log.seek(logged)
            statements = log.read()
    assert "procrastinate_fetch_job" in statements
    assert "LISTEN" not in statements
    assert "execute _pg3" not in statements
    for sign in ("ERROR", "WARNING", "Traceback"):
        assert sign not in worker.log
    assert ground.ask("SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") == []
