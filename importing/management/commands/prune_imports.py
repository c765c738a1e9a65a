"""Remove what uploads left behind."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from focusguard.db.commands import PruneCommand, whole_number
from importing.models import Import, ImportQuerySet
from importing.steps import expire


class Command(PruneCommand):
    help = """Let go of the text of files that nobody applied for 24 hours, and delete imports that
made nothing, or were undone, long ago.

One that has made entries stays, so that it can be undone. Small batches, each its own
transaction, so it may run beside traffic; a second copy at once is refused (exit code
1). Run it daily or, so that no text is kept for much longer, hourly.

  manage.py prune_imports
  manage.py prune_imports --days 90 --dry-run
"""
    unit = "imports"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=whole_number(1, 36_500),
            default=30,
            metavar="N",
            help="Keep what was uploaded in the last N days (30).",
        )
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            forgotten = Import.objects.forgotten().count()
            self.say(f"{forgotten} texts would be let go of")
        else:
            self.say(f"{expire()} texts let go of")
        super().handle(*args, **options)

    def outdated(self, options: dict[str, Any]) -> ImportQuerySet:
        return Import.objects.outdated(timedelta(days=options["days"]))
