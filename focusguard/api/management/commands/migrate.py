"""Migrate beside traffic: wait a little for a lock, let others through, try again."""

import random
import time
from typing import Any

from django.core.checks.registry import registry
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable, QueryCanceled

from focusguard.db.commands import BACKGROUND, whole_number
from focusguard.db.locks import AlreadyRunning, only_one

# A statement that waits for a table makes all later ones wait behind it, so this is
# also how long a migration can hold up a read.
LOCK_TIMEOUT = 1  # seconds
PAUSE = 5  # seconds at most between two tries


class Command(DjangoMigrate):
    help = (
        DjangoMigrate.help + " Beside traffic: gives a lock up after "
        f"{LOCK_TIMEOUT} s, lets what waits behind it through, and tries again. A "
        "second copy waits for the first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--statement-timeout",
            type=whole_number(0, 24 * 60 * 60),
            default=60,
            metavar="SECONDS",
            help="Longest statement (60); 0 for none, where a back-fill or the "
            "concurrent building of an index takes its time.",
        )
        parser.add_argument(
            "--tries",
            type=whole_number(1, 1000),
            default=60,
            metavar="N",
            help="How often a locked table is tried before giving up (60).",
        )

    def check(self, *args: Any, **options: Any) -> None:
        """Run the checks but for the worker, which may be stopped while tables change."""
        options.setdefault("tags", sorted(registry.tags_available() - {BACKGROUND}))
        super().check(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check_unapplied"] or options["plan"]:
            super().handle(*args, **options)
            return
        for attempt in range(1, options["tries"] + 1):
            try:
                self._try(*args, **options)
            except (AlreadyRunning, OperationalError) as error:
                reason = _what_passes(error)
                if reason is None:
                    raise
            else:
                return
            self.stdout.write(f"{reason}; try {attempt} of {options['tries']}")
            time.sleep(random.uniform(0.1, PAUSE))  # noqa: S311  (no secret)
        raise CommandError(
            f"{reason} after {options['tries']} tries. What was migrated stays; look "
            "for a long transaction in pg_stat_activity, then run this again."
        )

    def _try(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with only_one("migrate"), connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}s'")
            cursor.execute(f"SET statement_timeout = '{options['statement_timeout']}s'")
            try:
                super().handle(*args, **options)
            finally:
                # The settings of the connection were for this command alone.
                connection.close()


def _what_passes(error: Exception) -> str | None:
    """Name what a later try may find gone; None where trying again is no help."""
    if isinstance(error, AlreadyRunning):
        return "Another migrate is running"
    if isinstance(error.__cause__, LockNotAvailable):
        return "A table is in use"
    if isinstance(error.__cause__, QueryCanceled):
        raise CommandError(
            "A statement took longer than --statement-timeout; what it changed is "
            "undone. Give it more time if the migration says that it needs that."
        ) from error
    return None
