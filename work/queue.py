"""The queue: the one module that imports procrastinate, whose tables it is.

A job is a row, added in the transaction of whoever needs it done: it is there if, and
only if, what it is about is there (ADR 39).
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from procrastinate import PsycopgConnector, exceptions, sql
from procrastinate.contrib.django import DjangoApp, app, connector_params
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)
from procrastinate.jobs import Status as Status
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from focusguard.db.locks import AlreadyRunning, only_one
from work.stopping import until_told

logger = logging.getLogger("focusguard.work")

DEFAULT, MAIL, WEBHOOKS, HEAVY = QUEUES = ("default", "mail", "webhooks", "heavy")
# The one task that is known beside the worker.
SEND_MAIL = "send_mail"
# What is done every minute goes before two hundred mails that came first.
FIRST = 10

# How long a worker that says nothing is taken for alive: three heartbeats.
SILENCE = 30.0  # seconds
# Where nobody can be told of a job, behind a pooler, and for what was missed.
POLL_EVERY = 5.0  # seconds


KEPT_FOR = {
    Status.SUCCEEDED: timedelta(days=1),
    Status.CANCELLED: timedelta(days=1),
    Status.ABORTED: timedelta(days=1),
    Status.FAILED: timedelta(days=30),
    # Nobody does it: there is no worker, or none that knows the task.
    Status.TODO: timedelta(days=7),
}

# Rows of procrastinate's, which its functions write.
Event, Worker = ProcrastinateEvent, ProcrastinateWorker


class Job(ProcrastinateJob):
    """A task that is to be done, with what it is about; the staff's rights are to it."""

    class Meta:
        app_label = "work"
        proxy = True
        verbose_name = "job"

    def __str__(self) -> str:
        return f"{self.task_name} {self.pk}"

    @classmethod
    def outdated(cls) -> "QuerySet[Job]":
        """Jobs past their retention, by when something last happened to them."""
        old = Q()
        for status, kept_for in KEPT_FOR.items():
            recent = Event.objects.filter(job=OuterRef("pk"), at__gt=Now() - kept_for)
            old |= Q(~Exists(recent), status=status.value)
        return cls.objects.filter(old)


@dataclass(frozen=True, slots=True)
class Task:
    """A function that jobs run, by its name.

    With `cron` it is deferred at those times by whichever worker is first. `alone`
    keeps a second job of it waiting while one runs, wherever that is, and lets it be
    where a command of that name is at work.
    """

    run: Callable[..., str | None]
    queue: str
    cron: str
    alone: bool

    @property
    def name(self) -> str:
        return self.run.__name__


TASKS: dict[str, Task] = {}


def task(
    queue: str = DEFAULT, *, cron: str = "", alone: bool = False
) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Make a function a task; what it returns says what was done, if anything."""

    def register(run: Callable[..., str | None]) -> Callable[..., str | None]:
        run = _beside_no_command(run) if alone else run
        TASKS[run.__name__] = Task(run, queue, cron, alone)
        return run

    return register


def _beside_no_command(run: Callable[..., str | None]) -> Callable[..., str | None]:
    @wraps(run)
    def run_alone(**ids: str) -> str | None:
        # Behind a pooler in transaction mode the lock would stay with a connection that
        # is somebody else's next. Two copies at once do the same work, and no harm.
        if settings.DATABASE_POOLER:
            return run(**ids)
        try:
            with only_one(run.__name__):
                return run(**ids)
        except AlreadyRunning:
            return None

    return run_alone


def defer(task: str, *, queue: str, at: datetime | None = None, **ids: str) -> None:
    """Add a job to the transaction that is open; it runs after that, from `at` on."""
    with _errors_are_djangos():
        configure_task(
            name=task, job_manager=app.job_manager, queue=queue, schedule_at=at
        ).defer(**ids)


def defer_each(task: str, *, queue: str, ids: Iterable[dict[str, str]]) -> int:
    """Add a job for each of `ids`, by one statement; return how many."""
    with _errors_are_djangos():
        deferred = configure_task(
            name=task, job_manager=app.job_manager, queue=queue
        ).batch_defer(*[dict[str, Any](one) for one in ids])
    return len(deferred)


def try_again(job_id: int, *, at: datetime) -> None:
    """Let a failed job, or one whose worker has died, run once more from `at` on."""
    with _errors_are_djangos():
        app.job_manager.retry_job_by_id(job_id, retry_at=at)


def try_failed_again(job_id: int, *, at: datetime) -> bool:
    """Let a job that failed run once more; tell whether it had failed."""
    failed = Job.objects.filter(pk=job_id, status=Status.FAILED.value)
    if not failed.select_for_update().exists():
        return False
    try_again(job_id, at=at)
    return True


def give_up(job_id: int) -> None:
    """End a job that runs, or seems to, as failed."""
    with _errors_are_djangos():
        app.connector.get_sync_connector().execute_query(
            sql.queries["finish_job"],
            job_id=job_id,
            status=Status.FAILED.value,
            delete_job=False,
        )


def cancel(job_id: int) -> bool:
    """Cancel a job that has not begun; tell whether there was one."""
    with _errors_are_djangos():
        return app.job_manager.cancel_job_by_id(job_id)


@contextmanager
def _errors_are_djangos() -> Iterator[None]:
    """Raise what Postgres says as every other statement does.

    procrastinate has an error of its own for it: a request that met a lost database
    here would answer 500.
    """
    try:
        yield
    except (exceptions.ConnectorException, exceptions.UniqueViolation) as error:
        with connection.wrap_database_errors:
            raise (error.__cause__ or error.__context__ or error) from None


class _HeardManager(JobManager):
    """Tells `beat` each time that the worker's row has its heartbeat."""

    def __init__(self, connector: Any, beat: Callable[[int], None]) -> None:
        super().__init__(connector)
        self._beat = beat

    async def register_worker(self) -> int:
        # Postgres writes the row of a worker that was stopped meanwhile all the same.
        registering = asyncio.ensure_future(super().register_worker())
        try:
            worker_id = await asyncio.shield(registering)
        except asyncio.CancelledError:
            await self.unregister_worker(await registering)
            raise
        self._beat(worker_id)
        return worker_id

    async def update_heartbeat(self, worker_id: int) -> None:
        await super().update_heartbeat(worker_id)
        self._beat(worker_id)


def consume(
    tasks: Iterable[Task],
    *,
    queues: list[str],
    concurrency: int,
    beat: Callable[[int], None],
) -> None:
    """Run jobs of these queues until told to stop (TERM, INT) or Postgres is lost."""
    with _errors_are_djangos():
        asyncio.run(_consume(tasks, queues, concurrency, beat))


async def _consume(
    tasks: Iterable[Task],
    queues: list[str],
    concurrency: int,
    beat: Callable[[int], None],
) -> None:
    # A thread for each job; Python's own number follows the processors.
    threads = ThreadPoolExecutor(concurrency + 1, thread_name_prefix="job")
    asyncio.get_running_loop().set_default_executor(threads)
    # Its own connections: jobs are fetched and ended beside what tasks do in theirs.
    worker = DjangoApp(
        connector=PsycopgConnector(
            kwargs=connector_params() | {"application_name": "focusguard worker"},
            min_size=1,
            max_size=4,
        )
    )
    worker.job_manager = _HeardManager(worker.connector, beat)
    _teach(worker, tasks, queues)
    async with worker.open_async():
        await until_told(
            worker.run_worker_async(
                queues=queues,
                concurrency=concurrency,
                fetch_job_polling_interval=POLL_EVERY,
                # A pooler in transaction mode would listen for somebody else.
                listen_notify=not settings.DATABASE_POOLER,
                stalled_worker_timeout=SILENCE,
                # Its own come after its row: a signal in between would leave the row.
                install_signal_handlers=False,
            )
        )


def _teach(worker: DjangoApp, tasks: Iterable[Task], queues: list[str]) -> None:
    """Register all tasks, and of those with a time the ones of these queues.

    A job that nobody here takes would wait, with one more every minute.
    """
    for known in tasks:
        registered = worker.task(
            name=known.name,
            queue=known.queue,
            lock=known.name if known.alone else None,
            priority=FIRST if known.cron else 0,
        )(_logged(known))
        if known.cron and known.queue in queues:
            worker.periodic(cron=known.cron)(registered)


def _logged(known: Task) -> Callable[..., None]:
    def run(timestamp: int = 0, **ids: str) -> None:
        """Run the task; the time of its tick says nothing, since it asks what is due."""
        began = time.monotonic()
        done = known.run(**ids)
        level = logging.INFO if done else logging.DEBUG
        took = round((time.monotonic() - began) * 1000)
        logger.log(level, "%s: %s (%d ms)", known.name, done or "nothing due", took)

    return run
