"""Queue the weekly reports that are due."""

from typing import Any

from focusguard.db.commands import OperatorCommand
from mail.services import is_on
from reports.services import MOST_WAITING, queue_weekly_reports


class Command(OperatorCommand):
    of_every_minute = True
    help = f"""Queue the weekly reports that are due: from Monday 08:00 where somebody lives.

A worker does this by itself; without one, cron does it every minute, or less often:
what was missed is made up for until the end of Tuesday. Each user has one report of a
week, whatever happens. While {MOST_WAITING} wait to be sent no more are queued, so that
other mails do not wait behind them. `send_mail` sends.

  * * * * *  manage.py queue_weekly_reports --verbosity 0
"""

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_on():
            self.say("Mail is off: EMAIL_URL is not set.")
            return
        with self.alone("queue_weekly_reports"):
            self.say(f"{queue_weekly_reports()} reports queued")
