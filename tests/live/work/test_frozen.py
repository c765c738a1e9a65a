"""A worker that is frozen in the middle of its jobs, and wakes up again."""

from contextlib import contextmanager

import pytest
from django.db.models import F
from django.db.models.functions import Now

from mail.models import OutboxMail
from mail.tests.letters import queued
from tests.live.work.traces import (
    DOING,
    all_done,
    bring_forward,
    effects,
    jobs,
    tries,
    until,
)
from work import queue
from work.queue import DEFAULT, Worker

pytestmark = pytest.mark.slow

FROZEN = 45  # seconds: past what is taken for death, short of what is killed for it


@contextmanager
def suspended(process):
    process.suspend()
    try:
        yield
    finally:
        process.resume()


@pytest.mark.row("W15")
def test_frozen_worker_lives_on_though_another_did_its_jobs(
    start_worker, server, mail_on, dam
):
    """Caught: an effect without `once` (twice), a mail without a lease (sent by both)."""
    frozen = start_worker(**server.environment)
    with dam():
        queue.defer("effect", queue=DEFAULT, name="effect")
        until(lambda: effects()["effect"] == 1)
        child = frozen.child()
        (its_row,) = Worker.objects.all()
        helper = start_worker(**server.environment)
        until(lambda: Worker.objects.count() == 2)
        # It is not to be the one that takes the mail.
        with suspended(helper.child()):
            server.let_go.clear()
            mail = queued()
            until(server.held.is_set)
            child.suspend()
        # In the middle of both: the server has the mail and did not answer, and the
        # effect is there.
        silent = Worker.objects.filter(pk=its_row.pk).annotate(
            silence=Now() - F("last_heartbeat")
        )
        until(lambda: silent.get().silence.total_seconds() > FROZEN)
        # The minute's own may be that far away.
        queue.defer("rescue_stalled", queue=DEFAULT)
        until(lambda: tries()["effect"] == 2)
    until(lambda: not jobs(task_name="effect", status=DOING).exists())
    server.let_go.set()
    child.resume()
    until(lambda: OutboxMail.objects.get().state == "sent")
    # The second job of the mail waits for the end of the first one's lease.
    bring_forward()
    until(all_done)
    assert effects() == {"effect": 1}
    assert set(server.ids) == {f"<{mail.pk}@focusguard.test>"}
    assert len(server.ids) <= 2
    helper.stop()
    queue.defer("effect", queue=DEFAULT, name="afterwards")
    until(lambda: effects()["afterwards"] == 1)
    assert frozen.child() == child
