"""Imports of real workers: killed half-way, two at once, undone meanwhile, hostile files."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from importing import services, steps
from importing.models import Import, Status
from importing.tests import files
from sessions_app.models import Entry
from tests.live.harness.stack import database_url
from tests.live.work.traces import effects, until
from work import queue
from work.queue import DEFAULT, Worker

pytestmark = pytest.mark.slow

# A kill comes after the first transaction of a run at the earliest, and a run that is
# killed has done a few of them.
KILLS, ROWS = 10, 15_000
# Above what a worker takes that has read a small file. Twenty thousand lines as objects
# took it 60 MB more, and a heap for each thread 40.
MOST_MORE = 32 * 2**20
PATIENCE = 300  # seconds


def command():
    """Do what is due of imports, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_imports"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def tried(user, raw):
    new = services.receive(user_id=user.pk, raw=raw)
    steps.read(new.pk)
    new.refresh_from_db()
    assert new.status == Status.READY, new.report
    return new


def position_of(found):
    return Import.objects.values_list("position", flat=True).get(pk=found.pk)


def entries_of(found):
    return Entry.objects.filter(import_id=found.pk)


def by_hand(user):
    return Entry.objects.create(
        user=user,
        at=datetime(2024, 1, 2, 9, tzinfo=UTC),
        minutes=25,
        local_date="2024-01-02",
        timezone="UTC",
        source="manual",
        created_at=datetime(2024, 1, 2, 10, tzinfo=UTC),
    )


@pytest.fixture
def _figures_hold(transactional_db):
    yield
    call_command("verify_stats", verbosity=0)


def test_ten_kills_of_two_workers_leave_each_row_once(alice, _figures_hold):
    """Caught: rows told twice, and duplicates that the run before had added."""
    mine = by_hand(alice)
    ready = tried(alice, files.many(ROWS))
    services.apply(user_id=alice.pk, import_id=ready.pk)
    for _ in range(KILLS):
        before = position_of(ready)
        running = command()
        try:
            until(lambda done=before: position_of(ready) > done, seconds=PATIENCE)
        finally:
            running.kill()
            running.wait()
        assert Import.objects.get(pk=ready.pk).status == Status.APPLYING
        assert entries_of(ready).count() == position_of(ready)
    with ThreadPoolExecutor(2) as two:
        list(two.map(_apply_here, [ready.pk] * 2))
    ready.refresh_from_db()
    assert ready.status == Status.APPLIED
    assert ready.outcome["accepted"] == entries_of(ready).count() == ROWS
    assert ready.outcome["duplicates"] == ready.outcome["rejected_count"] == 0
    assert entries_of(ready).values("import_key").distinct().count() == ROWS
    services.undo(user_id=alice.pk, import_id=ready.pk)
    steps.undo(ready.pk)
    again = tried(alice, files.many(20))
    assert (again.report["accepted"], again.report["duplicates"]) == (20, 0)
    assert list(Entry.objects.all()) == [mine]


def _apply_here(import_id):
    try:
        steps.apply(import_id)
    finally:
        connection.close()


def test_undone_while_two_workers_apply_it(alice, start_worker, _figures_hold):
    mine = by_hand(alice)
    ready = tried(alice, files.many(ROWS))
    workers = [start_worker() for _ in range(2)]
    services.apply(user_id=alice.pk, import_id=ready.pk)
    until(lambda: position_of(ready) > 0, seconds=PATIENCE)
    services.undo(user_id=alice.pk, import_id=ready.pk)
    until(
        lambda: Import.objects.get(pk=ready.pk).status == Status.UNDONE,
        seconds=PATIENCE,
    )
    for worker in workers:
        worker.stop()
    assert list(Entry.objects.all()) == [mine]


def full(count):
    """Return a file of 2 MiB: so many rows, each with a note that fills it."""
    lines = files.many(count).split(b"\n")
    room = settings.UPLOAD_MAX_SIZE // (count + 1) - len(lines[1]) - 12
    return b"\n".join([lines[0], *(line + b"n" * room for line in lines[1:])])


MENAGERIE = {
    "small": files.DAYS,
    "quotes": b"date,minutes\n" + b'"' * 2_000_000,
    "open quotes": b"date,minutes\n" + b'"\n' * 1_000_000,
    "short lines": b"date,minutes\n" + b"a\n" * 1_000_000,
    "cells": b"date,minutes\n" + b" ," * 1_000_000,
    "emoji": b"date,minutes,note\n" + "🌱,".encode() * 400_000,
    "many rows": full(20_000),
}


def test_no_file_makes_a_worker_large_or_keeps_others_waiting(
    alice, start_worker, _figures_hold
):
    worker = start_worker()
    until(Worker.objects.exists)
    child, peaks = worker.wait_for_child(), {}
    for name, raw in MENAGERIE.items():
        assert len(raw) <= settings.UPLOAD_MAX_SIZE
        new = services.receive(user_id=alice.pk, raw=raw)
        queue.defer("effect", queue=DEFAULT, name=name)
        until(lambda name=name: effects()[name] == 1, seconds=PATIENCE)
        until(
            lambda new=new: _status(new) in (Status.READY, Status.FAILED),
            seconds=PATIENCE,
        )
        if _status(new) == Status.READY:
            services.apply(user_id=alice.pk, import_id=new.pk)
            until(lambda new=new: _status(new) == Status.APPLIED, seconds=PATIENCE)
        peaks[name] = _peak(child)
    assert worker.child() == child
    more = {name: peak - peaks["small"] for name, peak in peaks.items()}
    assert max(more.values()) <= MOST_MORE, more


def _status(found):
    return Import.objects.values_list("status", flat=True).get(pk=found.pk)


def _peak(process):
    """Return the most memory that a process has had."""
    with open(f"/proc/{process.pid}/status") as told:
        fields = dict(line.split(":", 1) for line in told)
    return int(fields["VmHWM"].split()[0]) * 1024
