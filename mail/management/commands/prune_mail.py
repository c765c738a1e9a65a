"""Remove mails that ended long ago."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from focusguard.db.commands import PruneCommand, whole_number
from mail.models import OutboxMail, OutboxMailQuerySet


class Command(PruneCommand):
    help = """Delete mails that were sent, dropped or given up long ago.

Until then they are the record of what was sent to whom, and their keys keep a mail from
being queued twice. Small batches, each its own transaction, so it may run beside
traffic; a second copy at once is refused (exit code 1). Run it daily.

  manage.py prune_mail
  manage.py prune_mail --days 90 --dry-run
"""
    unit = "mails"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=whole_number(1, 36_500),
            default=30,
            metavar="N",
            help="Keep what ended in the last N days (30).",
        )
        super().add_arguments(parser)

    def outdated(self, options: dict[str, Any]) -> OutboxMailQuerySet:
        return OutboxMail.objects.outdated(timedelta(days=options["days"]))
