"""Compare the boards' counts with the tables."""

from typing import Any

from django.core.management.base import CommandError

from focusguard.db.commands import OperatorCommand
from leaderboard import counting


class Command(OperatorCommand):
    help = """Compare the users of every score, as the boards count them, with the tables.

One statement and so one moment, beside any traffic. A line for each range of scores
that differs (board, scores, counted, stored); exit code 1 on any. `rebuild_leaderboards`
repairs.

  manage.py verify_leaderboards
"""

    def handle(self, *args: Any, **options: Any) -> None:
        compared = counting.compared()
        different = [one for one in compared if one.counted != one.stored]
        for one in different:
            self.say(
                f"{one.slug} {_range(one)}: counted {one.counted}, stored {one.stored}"
            )
        self.say(f"{len(compared)} counts compared, {len(different)} differences")
        if different:
            raise CommandError("The boards' counts are not those of the tables.")


def _range(bucket: counting.Bucket) -> str:
    if bucket.lowest == bucket.highest:
        return str(bucket.lowest)
    return f"{bucket.lowest}-{bucket.highest}"
