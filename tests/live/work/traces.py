"""Traces of chores and jobs, as a test sees them from outside."""

from collections import Counter

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from local.processes import wait_until
from tests.harness.bounds import DEADLINE
from work.queue import Job, Status

TODO, DOING, FAILED = Status.TODO.value, Status.DOING.value, Status.FAILED.value
# Of the product's own ticks some are due at any time.
CHORES = ("effect", "deadly", "endless", "send_mail")


def tries():
    return _names("tries")


def effects():
    return _names("effects")


def _names(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM chores.{table}")
        return Counter(name for (name,) in cursor.fetchall())


def jobs(**conditions):
    return Job.objects.filter(task_name__in=CHORES, **conditions)


def all_done():
    """Tell whether no chore waits or runs."""
    return not jobs(status__in=[TODO, DOING]).exists()


def none_is_due():
    """Tell whether no chore runs, or waits but for its time."""
    later = Q(status=TODO, scheduled_at__gt=Now())
    return not jobs(status__in=[TODO, DOING]).exclude(later).exists()


def bring_forward(**conditions):
    """Take away what is left of the pauses before chores."""
    later = jobs(status=TODO, scheduled_at__gt=Now(), **conditions)
    later.update(scheduled_at=Now())


def until(condition, *, seconds=DEADLINE):
    """Return once something has come true."""
    assert wait_until(condition, seconds=seconds), condition
