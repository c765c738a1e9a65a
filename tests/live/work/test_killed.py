"""Workers that are killed, frozen, or killed by what they do."""

import pytest

from mail.models import OutboxMail
from mail.tests.letters import queued
from tests.live.work.traces import (
    DOING,
    FAILED,
    all_done,
    bring_forward,
    effects,
    jobs,
    none_is_due,
    tries,
    until,
)
from work import queue
from work.queue import DEFAULT, Worker
from work.rescue import MOST_ATTEMPTS

pytestmark = pytest.mark.slow

WORKERS, AT_A_TIME = 2, 4
ROUNDS, PAIRS = 5, 20
PROMISED = 120  # seconds after which nothing may be stuck


def workers_known():
    return set(Worker.objects.values_list("pk", flat=True))


@pytest.mark.row("W14")
def test_ten_kills_under_200_mails_lose_none_and_repeat_no_effect(
    start_worker, server, mail_on, dam
):
    """Caught: jobs of the dead that stay `doing`; an effect without `once`."""
    workers = [start_worker(**server.environment) for _ in range(WORKERS)]
    mails, names, dead = [], [], set()
    for number in range(ROUNDS):
        until(lambda: len(workers_known() - dead) == WORKERS and none_is_due())
        dead.update(workers_known())
        server.held.clear()
        server.let_go.clear()
        with dam():
            for n in range(PAIRS):
                mails += [queued(f"{number}.{n}.{of}") for of in "ab"]
                names += [f"{number}.{n}"]
                queue.defer("effect", queue=DEFAULT, name=names[-1])
            # Both are in the middle: of mails that the server has and did not answer,
            # and of effects that are there.
            until(lambda: jobs(status=DOING).count() == WORKERS * AT_A_TIME)
            until(server.held.is_set)
            until(lambda done=number * PAIRS: len(effects()) > done)
            for worker in workers:
                worker.child().kill()
            server.let_go.set()
    until(
        lambda: all_done() and not OutboxMail.objects.waiting().exists(),
        seconds=PROMISED,
    )
    assert set(server.ids) == {f"<{mail.pk}@focusguard.test>" for mail in mails}
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"sent"}
    assert effects() == dict.fromkeys(names, 1)
    # What an effect without `once` would have been.
    assert tries().total() > len(names)
    assert not jobs(status=FAILED).exists()


def deadly_has_failed():
    bring_forward(task_name="deadly")
    return jobs(task_name="deadly", status=FAILED).exists()


@pytest.mark.row("W16")
def test_job_that_kills_its_worker_fails_and_leaves_the_others_theirs(start_worker):
    """Caught: procrastinate's own rescue, which has no end."""
    worker = start_worker()
    queue.defer("deadly", queue=DEFAULT, name="deadly")
    names = [str(n) for n in range(50)]
    queue.defer_each("effect", queue=DEFAULT, ids=[{"name": name} for name in names])
    # The tries of the other are apart, up to a minute.
    until(lambda: effects() == dict.fromkeys(names, 1))
    assert not jobs(status=FAILED).exists()
    until(deadly_has_failed)
    assert tries()["deadly"] == MOST_ATTEMPTS
    assert not jobs(status=FAILED).exclude(task_name="deadly").exists()
    assert worker.log.count("ended with exit code 9") == MOST_ATTEMPTS
