"""Count the boards anew."""

from typing import Any

from focusguard.db.commands import OperatorCommand
from leaderboard import counting


class Command(OperatorCommand):
    help = """Count the users of every score on the four boards anew, from the tables.

One transaction, beside any traffic: boards are read and figures written meanwhile.
Nobody needs it day by day; use it after verify_leaderboards found a difference. A
second copy waits for the first.

  manage.py rebuild_leaderboards
"""

    def handle(self, *args: Any, **options: Any) -> None:
        self.say(f"{counting.recount()} counts written")
