"""Remove devices that ended long ago."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts import auth_services
from accounts.models import AuthSession
from focusguard.api.commands import (
    OperatorCommand,
    add_batch_size,
    add_dry_run,
    whole_number,
)


class Command(OperatorCommand):
    help = """Delete devices whose sign-in ended, by time or by force, long ago.

Until then they are the record of who was signed in, and of reused tokens. Small
batches, each its own transaction, so it may run beside traffic; a second copy at once
is refused (exit code 1). Run it daily.

  manage.py prune_auth_sessions
  manage.py prune_auth_sessions --days 90 --dry-run
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=whole_number(1, 36_500),
            default=30,
            metavar="N",
            help="Keep what ended in the last N days (30).",
        )
        add_dry_run(parser, "count what would be deleted")
        add_batch_size(parser, "devices")

    def handle(self, *args: Any, **options: Any) -> None:
        older_than = timezone.now() - timedelta(days=options["days"])
        with self.alone("prune_auth_sessions"):
            if options["dry_run"]:
                count = AuthSession.objects.ended_before(older_than).count()
                self.say(f"{count} devices would be deleted")
                return
            deleted = 0
            with self.progress("devices") as bar:
                while batch := auth_services.prune_devices(
                    older_than=older_than, batch_size=options["batch_size"]
                ):
                    deleted += batch
                    bar.update(batch)
        self.say(f"{deleted} devices deleted")
