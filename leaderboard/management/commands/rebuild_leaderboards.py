"""Build the boards in Valkey anew."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from redis.exceptions import RedisError

from accounts.models import User
from focusguard.db.commands import OperatorCommand
from leaderboard import building
from leaderboard.ranking import BuildRunning


class Command(OperatorCommand):
    help = """Build the boards in Valkey from the tables, and swap them in at once.

Runs beside any traffic: Postgres answers the boards meanwhile, and what changes is
applied at the end. Nobody needs it day by day, since the boards notice by themselves
that Valkey lost them; use it after verify_leaderboards found a difference.

  manage.py rebuild_leaderboards
"""

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOARDS_IN_VALKEY:
            raise CommandError("REDIS_URL is not set: Postgres answers the boards.")
        try:
            with self.progress("users", User.objects.count()) as bar:
                users = building.build(bar.update)
        except BuildRunning as error:
            raise CommandError(
                "The boards are being built already; nothing was done."
            ) from error
        except (RedisError, building.Interrupted) as error:
            raise CommandError(
                f"Valkey failed: {error!r}. Postgres answers the boards; run this "
                "again when Valkey is well."
            ) from error
        self.say(f"{users} users ranked")
