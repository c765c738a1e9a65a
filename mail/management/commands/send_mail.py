"""Send the mails that are due."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from focusguard.db.commands import OperatorCommand, whole_number
from mail.models import OutboxMail
from mail.sending import outcomes
from mail.services import is_on

State = OutboxMail.State


class Command(OperatorCommand):
    of_every_minute = True
    help = """Send the mails of the outbox that are due.

A worker does this by itself; without one, cron does it every minute. Several may run at
once: each mail is taken by one of them. A mail that the server refuses for now comes
again later, after 30 s, 1 min, 2 min and so on; after 8 tries, or where it is refused
for good, it ends as failed, with the reason in the admin. Where the server is away the
command ends early, and the rest stays due.

  * * * * *  manage.py send_mail --verbosity 0
  manage.py send_mail --limit 50
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit",
            type=whole_number(1, 100_000),
            default=1000,
            metavar="N",
            help="Send at most N mails (1000).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_on():
            self.say("Mail is off: EMAIL_URL is not set.")
            return
        states: Counter[str] = Counter()
        with self.progress("mails") as bar:
            for outcome in outcomes(options["limit"]):
                states[outcome.state] += 1
                if outcome.state == State.FAILED:
                    self.complain(f"a mail failed: {outcome.reason}")
                if outcome.server_away:
                    self.complain(f"stopped: {outcome.reason}")
                bar.update()
        self.say(
            f"{states.total()} processed, {states[State.SENT]} sent, "
            f"{states[State.DROPPED]} dropped, {states[State.WAITING]} to be tried "
            f"again, {states[State.FAILED]} failed"
        )
