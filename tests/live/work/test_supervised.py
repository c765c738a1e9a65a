"""The supervisor over real workers: what is left when either of the two ends."""

import signal

import pytest
from django.db import connection

from tests.live.work.traces import DOING, all_done, effects, jobs, tries, until
from work import queue
from work.queue import DEFAULT, Worker

pytestmark = pytest.mark.slow


def registered():
    return Worker.objects.exists()


def listeners():
    """Count the workers that are told of new jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE 'LISTEN %'"
        )
        return cursor.fetchone()[0]


@pytest.mark.row("W21")
def test_killed_supervisor_leaves_no_worker(start_worker):
    """Caught: a child that nobody restarts, or stops, and that works on for ever.

    Also one whose job does not end.
    """
    worker = start_worker()
    queue.defer("endless", queue=DEFAULT, name="endless")
    until(lambda: tries()["endless"] == 1)
    worker.process.kill()
    until(worker.is_gone)
    assert jobs(status=DOING).exists()


@pytest.mark.row("W21")
def test_supervisor_killed_while_its_worker_starts_leaves_none(start_worker):
    """Caught: a worker that looks after its parent only once it works."""
    worker = start_worker()
    worker.wait_for_child()
    worker.process.kill()
    until(worker.is_gone)


@pytest.mark.row("W21")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", ["at once", "starting", "idle", "twice"])
def test_stop_at_any_time_leaves_nothing(start_worker, moment, number):
    worker = start_worker()
    if moment != "at once":
        worker.wait_for_child()
    if moment in ("idle", "twice"):
        until(registered)
    worker.process.send_signal(number)
    if moment == "twice":
        worker.process.send_signal(number)
    until(worker.is_gone)
    if moment in ("idle", "twice"):
        # It said goodbye: nobody waits for its heartbeat.
        assert not registered()


@pytest.mark.row("W21")
def test_stop_lets_a_job_end(start_worker, dam):
    """Caught: a worker that is killed with its supervisor's TERM."""
    worker = start_worker()
    with dam():
        queue.defer("effect", queue=DEFAULT, name="effect")
        until(lambda: effects()["effect"] == 1 and listeners() == 1)
        worker.process.terminate()
        # It has heard of it, and takes nothing more.
        until(lambda: listeners() == 0)
        queue.defer("effect", queue=DEFAULT, name="afterwards")
        assert not worker.is_gone()
    until(worker.is_gone)
    assert worker.process.returncode == 0
    assert tries() == {"effect": 1}
    assert sorted(jobs().values_list("status", flat=True)) == ["succeeded", "todo"]


@pytest.mark.row("W21")
def test_stop_kills_what_does_not_end_and_its_job_is_done_again(start_worker):
    """Caught: a stop that waits for a job without an end."""
    worker = start_worker()
    queue.defer("endless", queue=DEFAULT, name="endless")
    until(lambda: tries()["endless"] == 1)
    worker.process.terminate()
    until(worker.is_gone)
    assert worker.process.returncode == 0
    assert "did not stop in 20 s: killed" in worker.log
    assert jobs(task_name="endless", status=DOING).exists()


@pytest.mark.row("W21")
def test_worker_without_a_heartbeat_is_replaced_and_its_jobs_are_done(
    start_worker, dam
):
    """Caught: a supervisor that waits for an exit alone; a frozen worker has none."""
    worker = start_worker()
    with dam():
        queue.defer("effect", queue=DEFAULT, name="effect")
        until(lambda: effects()["effect"] == 1)
        silent = worker.child()
        silent.suspend()
        assert worker.wait_for_child(other_than=silent) != silent
    until(all_done)
    assert (tries()["effect"], effects()["effect"]) == (2, 1)
    assert "silent for 60 s and killed" in worker.log
