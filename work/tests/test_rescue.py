"""Jobs that a dead worker ran are run again, five times at most."""

import pytest

from work import rescue
from work.queue import Job, Status, Worker
from work.rescue import MOST_ATTEMPTS, let_go_of, rescue_stalled
from work.tests.jobs import job, worker

pytestmark = pytest.mark.django_db


def state(row):
    return Job.objects.values_list("status", "attempts").get(pk=row.pk)


def test_job_of_a_silent_worker_waits_again():
    lost = job(status="doing", worker_id=worker(silent_for=31))
    assert rescue_stalled() == {"again": 1}
    assert state(lost) == ("todo", 1)


def test_job_whose_worker_is_forgotten_waits_again():
    lost = job(status="doing")
    assert rescue_stalled() == {"again": 1}
    assert state(lost) == ("todo", 1)


def test_job_of_a_worker_that_speaks_is_left_alone():
    running = job(status="doing", worker_id=worker(silent_for=5))
    assert rescue_stalled() == {}
    assert state(running) == ("doing", 0)


def test_first_rescue_is_at_once_and_later_ones_are_apart(monkeypatch):
    monkeypatch.setattr(rescue.random, "uniform", lambda least, most: most)
    first, third = job(status="doing"), job(status="doing", attempts=2)
    rescue_stalled()
    at = dict(Job.objects.values_list("pk", "scheduled_at"))
    assert 39 < (at[third.pk] - at[first.pk]).total_seconds() < 41


def test_job_that_kills_its_worker_fails_at_the_fifth_time():
    """procrastinate's own way to do it has no end."""
    deadly = job(status="doing")
    for _ in range(MOST_ATTEMPTS - 1):
        assert rescue_stalled() == {"again": 1}
        Job.objects.filter(pk=deadly.pk).update(status=Status.DOING.value)
    assert rescue_stalled() == {"given up": 1}
    assert state(deadly) == ("failed", MOST_ATTEMPTS)
    assert rescue_stalled() == {}


def test_job_that_stands_in_its_own_way_ends_and_others_are_helped():
    """Tried again it would meet the one that waits, at the index that allows one."""
    stuck = job(status="doing", queueing_lock="only one waits")
    waiting = job(queueing_lock="only one waits")
    lost = job(status="doing")
    assert rescue_stalled() == {"given up": 1, "again": 1}
    assert [state(row) for row in (stuck, waiting, lost)] == [
        ("failed", 1),
        ("todo", 0),
        ("todo", 1),
    ]


def test_job_that_cannot_be_rescued_leaves_the_others_theirs(monkeypatch):
    broken, lost = job(status="doing"), job(status="doing")
    try_again = rescue.queue.try_again

    def refuse(job_id, *, at):
        if job_id == broken.pk:
            raise RuntimeError("nobody expected this")
        try_again(job_id, at=at)

    monkeypatch.setattr(rescue.queue, "try_again", refuse)
    assert rescue_stalled() == {"failed": 1, "again": 1}
    assert state(lost) == ("todo", 1)


def test_worker_that_is_known_to_be_dead_is_not_waited_for():
    dead, alive = worker(), worker()
    lost = job(status="doing", worker_id=dead)
    running = job(status="doing", worker_id=alive)
    let_go_of(dead)
    assert list(Worker.objects.values_list("pk", flat=True)) == [alive]
    assert state(lost) == ("todo", 1)
    assert state(running) == ("doing", 0)
