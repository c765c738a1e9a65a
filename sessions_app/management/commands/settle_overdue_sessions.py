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
        now = timezone.now()
        overdue = (
            FocusSession.objects.overdue_since(now)
            .order_by("created_at")
            .values_list("user_id", "pk", "duration_min")
        )
        outcomes: Counter[str] = Counter()
        with self.progress("sessions") as bar:
            for user_id, session_id, duration_min in overdue.iterator(chunk_size=1000):
                if dry_run:
                    planned = duration_min is not None
                    outcome = Status.COMPLETED if planned else Status.ABANDONED
                    outcomes[outcome] += 1
                    continue
                try:
                    settled = services.settle_overdue_session(
                        user_id=user_id, session_id=session_id, now=now
                    )
                except Exception as error:
                    # Whatever is wrong with this one, the others are owed theirs.
                    self.complain(f"session {session_id} not settled: {error!r}")
                    outcomes["failed"] += 1
                else:
                    outcomes[settled.status if settled else "gone"] += 1
                bar.update()
        would = "would be " if dry_run else ""
        self.say(
            f"{outcomes.total()} processed, {outcomes[Status.COMPLETED]} {would}completed,"
            f" {outcomes[Status.ABANDONED]} {would}abandoned, {outcomes['failed']} failed"
        )
        if outcomes["failed"]:
            raise CommandError(f"{outcomes['failed']} sessions could not be settled.")
