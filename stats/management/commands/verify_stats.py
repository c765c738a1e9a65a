"""Prove the figures."""

from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from focusguard.db.commands import OperatorCommand
from stats import proof

BATCH_SIZE = 1000


class Command(OperatorCommand):
    help = """Recompute every user's figures from the session log and list what differs.

Reads only, in batches of 1000 users, beside any traffic. A line for each difference
(user, figure, stored, logged) and for each rule that the database no longer enforces;
exit code 1 on any, 0 when all is proven. Run it daily, and after a restore.
`rebuild_stats` repairs; keep this output first, since a difference means a fault.

  manage.py verify_stats
  manage.py verify_stats --verbosity 0 || echo "the figures are off"
"""

    def handle(self, *args: Any, **options: Any) -> None:
        checked = off = 0
        with self.progress("users", User.objects.count()) as bar:
            for batch in proof.accounts(batch_size=BATCH_SIZE):
                for account in batch:
                    differences = account.differences
                    off += bool(differences)
                    for figure, stored, logged in differences:
                        where = f"{account.user_id} {figure}"
                        self.say(f"{where}: stored {stored}, logged {logged}")
                checked += len(batch)
                bar.update(len(batch))
        missing = proof.missing_constraints()
        for rule in missing:
            self.say(f"not enforced by the database: {rule}")
        self.say(f"{checked} users checked, {off} differ, {len(missing)} rules missing")
        if off or missing:
            raise CommandError("The stored figures are not proven.")
