"""Keep the boards' counts short of changes."""

from typing import Any

from focusguard.db.commands import OperatorCommand
from focusguard.db.locks import AlreadyRunning, only_one
from leaderboard import counting


class Command(OperatorCommand):
    of_every_minute = True
    help = """Fold the changes of scores into the counts that the boards are read from.

Boards are right whether it runs or not, but each read adds up the changes since the
last run. Meant for cron, every minute, beside any traffic. While another copy is at
work it ends at once with exit code 0: the next minute comes anyway.

  * * * * *  manage.py fold_leaderboards --verbosity 0
"""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with only_one("fold_leaderboards"):
                self.say(f"{counting.fold()} counts written")
        except AlreadyRunning:
            self.say("Another fold_leaderboards is running; nothing was done.")
