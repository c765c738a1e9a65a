"""Jobs whose worker has died are run again, up to five times."""

import logging
import random
from collections import Counter
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from work import queue
from work.queue import SILENCE, Job, Status, Worker

logger = logging.getLogger("focusguard.work")

# A job that kills its worker would come back for ever, and take others' jobs with it.
MOST_ATTEMPTS = 5
# From the second time on, so that what died together does not meet again.
APART = 20.0  # seconds a time, at most


def rescue_stalled() -> Counter[str]:
    """Run the jobs of dead workers again, or end those that had five tries.

    Each by itself: one that cannot be helped leaves the others theirs. Return how many
    were helped ("again"), "given up" and "failed" to be either.
    """
    outcomes: Counter[str] = Counter()
    for job_id in list(_stalled().order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                outcomes[_rescue(job_id)] += 1
        except Exception:
            logger.exception("job %s could not be rescued", job_id)
            outcomes["failed"] += 1
    return outcomes


def let_go_of(worker_id: int) -> None:
    """Forget a worker that is known to be dead, and rescue its jobs at once."""
    # The table of jobs lets go of it too: what it ran is nobody's now.
    Worker.objects.filter(pk=worker_id).delete()
    rescue_stalled()


def _stalled() -> "QuerySet[Job]":
    # By the database's clock, which the heartbeats are written by.
    silent = Q(worker__last_heartbeat__lt=Now() - timedelta(seconds=SILENCE))
    return Job.objects.filter(silent | Q(worker=None), status=Status.DOING.value)


def _rescue(job_id: int) -> str:
    held = _stalled().select_for_update(of=("self",), skip_locked=True)
    job = held.filter(pk=job_id).first()
    if job is None:
        # Its worker has woken up meanwhile, or another rescue has it.
        return "gone"
    # The attempt that died is not counted yet.
    tried = job.attempts + 1
    if tried >= MOST_ATTEMPTS:
        logger.error("%s: given up, %s tries had no end", job, tried)
        queue.give_up(job.pk)
        return "given up"
    apart = timedelta(seconds=random.uniform(0, APART) * job.attempts)  # noqa: S311  (no secret)
    try:
        with transaction.atomic():
            queue.try_again(job.pk, at=timezone.now() + apart)
    except IntegrityError as error:
        # One like it waits already, and only one may (procrastinate's `queueing_lock`):
        # tried again each minute it would stand there as running, for ever.
        logger.warning("%s: given up, it stands in its own way: %s", job, error)
        queue.give_up(job.pk)
        return "given up"
    return "again"
