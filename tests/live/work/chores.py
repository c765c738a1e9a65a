"""Chores: tasks that show what became of them, and do what no task should.

What they leave is in a schema of its own, out of the sight of what empties the tables.
"""

import os
import threading
import time

import time_machine
from django.db import connection, transaction

from work.once import once
from work.queue import TASKS, task

GROUND = """
DROP SCHEMA IF EXISTS chores CASCADE;
CREATE SCHEMA chores;
CREATE TABLE chores.tries (name text NOT NULL);
CREATE TABLE chores.effects (name text NOT NULL);
"""
# Who holds this lock keeps chores from their end, when their effect is there.
DAM = 715_517


def register():
    """Make them tasks; `ticks` is due each ten seconds where CHORES_TICKS is set.

    By a clock that is CHORES_CLOCK_AHEAD seconds before everybody else's.
    """
    if ahead := int(os.environ.get("CHORES_CLOCK_AHEAD", "0")):
        time_machine.travel(time.time() + ahead, tick=True).start()
    for chore in (effect, brief, deadly, endless):
        if chore.__name__ not in TASKS:
            task()(chore)
    if "CHORES_TICKS" in os.environ:
        task(cron="* * * * * */10")(ticks)


def effect(name):
    """Leave a trace each time, and an effect the first time."""
    _write("tries", name)
    with transaction.atomic():
        if once(f"effect:{name}"):
            _write("effects", name)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [DAM])


def brief(name):
    _write("effects", name)


def deadly(name):
    """Take the whole worker along."""
    _write("tries", name)
    os._exit(9)


def endless(name):
    _write("tries", name)
    threading.Event().wait()


def ticks():
    _write("tries", "tick")


def _write(table, name):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO chores.{table} (name) VALUES (%s)", [name])
