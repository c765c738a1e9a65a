"""Let EMAIL_VERIFICATION hold for the accounts that were there before it was set."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from accounts.models import User
from focusguard.db.commands import OperatorCommand, add_batch_size, add_dry_run


class Command(OperatorCommand):
    help = """Bring all accounts in line with EMAIL_VERIFICATION, after it was switched.

A registration follows it by itself. `required`: whoever has not verified an address
leaves the boards and is found no more, until they do. `optional`: everybody who waits
for that is back. Small batches, beside any traffic; run it once the web processes have
the new setting. A second run finds nothing to do.

  manage.py apply_email_verification --dry-run
  manage.py apply_email_verification
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_dry_run(parser, "count whom it would change")
        add_batch_size(parser, "accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        waits = settings.EMAIL_VERIFICATION == "required"
        unlike = User.objects.filter(
            email_verified_at=None, awaits_verification=not waits
        )
        what = "wait for a verification" if waits else "wait no more"
        if options["dry_run"]:
            self.say(f"{unlike.count()} accounts would {what}")
            return
        changed = 0
        with self.alone("apply_email_verification"), self.progress("accounts") as bar:
            some = unlike.order_by().values_list("pk", flat=True)[
                : options["batch_size"]
            ]
            while keys := list(some.all()):
                # Who verified the address meanwhile is left alone.
                changed += unlike.filter(pk__in=keys).update(awaits_verification=waits)
                bar.update(len(keys))
        self.say(f"{changed} accounts {what}")
