"""Compare the boards in Valkey with the tables."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from redis.exceptions import RedisError

from accounts.models import User
from focusguard.db.commands import OperatorCommand
from leaderboard import proof


class Command(OperatorCommand):
    help = """Compare everybody's place on the four boards in Valkey with the tables.

Reads in batches of 1000 users, beside any traffic; what changes meanwhile is no
difference. A line for each one (user, board, ranked, stored); exit code 1 on any, or
where no ranking is in use. `rebuild_leaderboards` repairs.

  manage.py verify_leaderboards
"""

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BOARDS_IN_VALKEY:
            self.say("REDIS_URL is not set: Postgres answers the boards.")
            return
        compared = off = 0
        try:
            with self.progress("users", User.objects.count()) as bar:

                def heard(users: int) -> None:
                    nonlocal compared
                    compared += users
                    bar.update(users)

                for difference in proof.differences(heard):
                    off += 1
                    self.report(difference)
        except proof.NotInUse as error:
            raise CommandError(
                "Postgres answers the boards at present; ask for one, or run "
                "rebuild_leaderboards."
            ) from error
        except RedisError as error:
            raise CommandError(f"Valkey does not answer: {error}") from error
        self.say(f"{compared} users compared, {off} differences")
        if off:
            raise CommandError("The boards in Valkey are not those of the tables.")

    def report(self, difference: proof.Difference) -> None:
        """Write one line."""
        self.say(
            f"{difference.user_id} {difference.board}: "
            f"ranked {_told(difference.ranked)}, stored {_told(difference.stored)}"
        )


def _told(place: tuple[bool, int]) -> str:
    listed, figure = place
    return str(figure) if listed or not figure else f"{figure} unlisted"
