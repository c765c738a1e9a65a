"""End the sessions that nobody ended."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from focusguard.db.commands import OperatorCommand, add_dry_run
from focusguard.db.locks import AlreadyRunning, only_one
from sessions_app import services
from sessions_app.models import FocusSession

Status = FocusSession.Status


class Command(OperatorCommand):
    of_every_minute = True
    help = """Settle sessions that are past their deadline.

A planned one is completed at its deadline and credited, an open one is abandoned
(docs/design.md, rule 3). Each stands in a transaction of its own, so one that fails does not
stop the others; then the exit code is 1. Meant for cron, every minute. While another
copy is at work it ends at once with exit code 0: the next minute comes anyway.

  * * * * *  manage.py settle_overdue_sessions --verbosity 0
  manage.py settle_overdue_sessions --dry-run
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_dry_run(parser, "count what would be settled")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one("settle_overdue_sessions"):
                self.settle_all(dry_run=options["dry_run"])
        except AlreadyRunning:
            self.say("Another settle_overdue_sessions is running; nothing was done.")

    def settle_all(self, *, dry_run: bool) -> None:
        outcomes = self.would_be() if dry_run else self.settle()
        would = "would be " if dry_run else ""
        self.say(
            f"{outcomes.total()} processed, {outcomes[Status.COMPLETED]} {would}completed,"
            f" {outcomes[Status.ABANDONED]} {would}abandoned, {outcomes['failed']} failed"
        )
        if outcomes["failed"]:
            raise CommandError(f"{outcomes['failed']} sessions could not be settled.")

    def would_be(self) -> Counter[str]:
        overdue = FocusSession.objects.overdue_since(timezone.now())
        planned = overdue.exclude(duration_min=None).count()
        return Counter(
            {Status.COMPLETED: planned, Status.ABANDONED: overdue.count() - planned}
        )

    def settle(self) -> Counter[str]:
        outcomes: Counter[str] = Counter()
        with self.progress("sessions") as bar:
            for settled in services.settle_overdue_sessions():
                if settled.error is not None:
                    self.complain(
                        f"session {settled.session_id} not settled: {settled.error!r}"
                    )
                outcomes[settled.outcome] += 1
                bar.update()
        return outcomes
