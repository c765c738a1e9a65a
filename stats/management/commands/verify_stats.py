"""Prove the figures."""

from typing import Any

from django.core.management.base import CommandError

from accounts.models import User
from focusguard.db.commands import OperatorCommand
from stats import proof


class Command(OperatorCommand):
    help = """Recompute every user's figures from the session log and list what differs.

Reads only, in batches of 1000 users, beside any traffic. A line for each difference
(user, figure, stored, logged), for each entry whose time another record takes, and for
each rule that the database no longer enforces; exit code 1 on any, 0 when all is
proven. Run it daily, and after a restore. `rebuild_stats` repairs figures; keep this
output first, since a difference means a fault. An entry that overlaps moves no figure:
its owner corrects or deletes it.

  manage.py verify_stats
  manage.py verify_stats --verbosity 0 || echo "the figures are off"
"""

    def handle(self, *args: Any, **options: Any) -> None:
        with self.progress("users", User.objects.count()) as bar:
            proven = proof.prove(found=self.say, checked=bar.update)
        overlap = f", {proven.overlaps} entries overlap" if proven.overlaps else ""
        self.say(
            f"{proven.users} users checked, {proven.differ} differ{overlap}, "
            f"{proven.rules_missing} rules missing"
        )
        if not proven.holds:
            raise CommandError("The stored figures are not proven.")
