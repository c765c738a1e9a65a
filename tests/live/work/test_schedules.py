"""Two workers on one schedule, and both of them away for a while."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.live.work.traces import tries, until
from work.queue import Event, Job, Worker

pytestmark = pytest.mark.slow

TICKS = 4
AHEAD = "3"  # seconds, of one clock before the other
SETTLE = "settle_overdue_sessions"
FORGOTTEN = 30


def runs_by_tick(task):
    """Count how often a tick of the task was begun, by its time."""
    begun = Event.objects.filter(type="started", job__task_name=task)
    return Counter(begun.values_list("job__args__timestamp", flat=True))


@pytest.mark.row("W18")
def test_two_workers_run_each_tick_once(start_worker):
    """Caught: ticks that each worker counts for itself (two runs of each)."""
    workers = [
        start_worker(CHORES_TICKS="1", CHORES_CLOCK_AHEAD=ahead)
        for ahead in ("0", AHEAD)
    ]
    until(lambda: Worker.objects.count() == len(workers))
    before = tries()["tick"]
    until(lambda: tries()["tick"] >= before + TICKS)
    for worker in workers:
        worker.stop()
    runs = runs_by_tick("ticks")
    assert set(runs.values()) == {1}
    assert tries()["tick"] == len(runs)


@pytest.mark.row("W18")
def test_one_run_makes_up_for_a_quarter_of_an_hour(start_worker):
    """Caught: a run that is owed for each minute, or settles what is due in its own."""
    workers = [start_worker() for _ in range(2)]
    until(lambda: runs_by_tick(SETTLE))
    for worker in workers:
        worker.stop()
    with connection.cursor() as cursor:
        # The time that passes is that of the rows.
        cursor.execute(
            "UPDATE procrastinate_periodic_defers "
            "SET defer_timestamp = defer_timestamp - 15 * 60"
        )
    before = Job.objects.latest("pk").pk
    ended = timezone.now() - timedelta(minutes=15)
    for n in range(FORGOTTEN):
        start = ended - timedelta(minutes=25) + timedelta(seconds=30 * n)
        FocusSessionFactory(created_at=start, duration_min=25)
    workers = [start_worker() for _ in range(2)]
    until(lambda: not FocusSession.objects.active().exists())

    def settled():
        return [
            line for one in workers for line in one.log.splitlines() if SETTLE in line
        ]

    # A worker says it once its transaction has ended.
    until(settled)
    [line] = settled()
    assert f"{FORGOTTEN} completed" in line
    for worker in workers:
        worker.stop()
    late = Job.objects.filter(pk__gt=before, task_name=SETTLE)
    assert (
        Counter(late.values_list("args__timestamp", flat=True)).most_common(1)[0][1]
        == 1
    )
    call_command("verify_stats", verbosity=0)
