"""Take the weekly reports that are due for sent, in a database that was restored."""

from typing import Any

from focusguard.db.commands import OperatorCommand
from mail.services import is_on
from reports.services import forgo_weekly_reports


class Command(OperatorCommand):
    help = """Take the weekly reports that are due for sent. Run once, after a restore.

What says that somebody has their report is its row in the outbox: reports that were sent
after the backup was made would be sent again, as long as their Tuesday has not ended.
Run it before a worker or cron works with the restored database. Who was still waiting
for this week's report gets none; who lives where it is not Monday 08:00 yet gets theirs.

  manage.py forgo_weekly_reports
"""

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_on():
            self.say("Mail is off: EMAIL_URL is not set.")
            return
        self.say(f"{forgo_weekly_reports()} reports are not sent again")
