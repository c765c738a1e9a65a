"""Remove jobs that ended long ago, or that nobody ever did."""

from typing import Any

from django.db.models import QuerySet

from focusguard.db.commands import PruneCommand
from work.models import Job


class Command(PruneCommand):
    help = """Delete jobs that ended a day ago, failed 30 days ago, or waited for a week.

A job that waits for a week has no worker: what it is about stands in a row of its own,
which cron or the next worker looks at. A worker does this by itself; where there is
none, run it daily. Small batches, each its own transaction, so it may run beside
traffic; a second copy at once is refused (exit code 1).

  manage.py prune_jobs
  manage.py prune_jobs --dry-run
"""
    unit = "jobs"

    def outdated(self, options: dict[str, Any]) -> "QuerySet[Job]":
        return Job.outdated()
