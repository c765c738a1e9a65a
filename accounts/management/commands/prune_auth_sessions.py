"""Remove devices that ended long ago."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from accounts.models import AuthSession, AuthSessionQuerySet
from focusguard.db.commands import PruneCommand, whole_number


class Command(PruneCommand):
    help = """Delete devices whose sign-in ended, by time or by force, long ago.

Until then they are the record of who was signed in, of reused tokens, and of the places
that a sign-in is not new from. Small batches, each its own transaction, so it may run
beside traffic; a second copy at once is refused (exit code 1). Run it daily.

  manage.py prune_auth_sessions
  manage.py prune_auth_sessions --days 120 --dry-run
"""
    unit = "devices"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=whole_number(1, 36_500),
            default=90,
            metavar="N",
            help="Keep what ended in the last N days (90).",
        )
        super().add_arguments(parser)

    def outdated(self, options: dict[str, Any]) -> AuthSessionQuerySet:
        return AuthSession.objects.outdated(timedelta(days=options["days"]))
