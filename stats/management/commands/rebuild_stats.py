"""Repair the figures."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from accounts.exceptions import TokenInvalid
from accounts.models import User
from focusguard.db.commands import OperatorCommand, add_batch_size, add_dry_run
from stats import proof, services
from stats.proof import Account


class Command(OperatorCommand):
    help = """Write what the session log says over stored figures that differ from it.

For one user or for all; only accounts that differ are written, each in its own
transaction and under its own lock, so it may run beside traffic and again at any
time. A second copy at once is refused (exit code 1). Use it after verify_stats found
a difference, or after rows were changed by hand.

  manage.py rebuild_stats --all --dry-run
  manage.py rebuild_stats --all
  manage.py rebuild_stats --user mara_lindqvist7
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument(
            "--user", metavar="ID_OR_USERNAME", help="This one; an e-mail will do too."
        )
        who.add_argument("--all", action="store_true", help="Everybody.")
        add_dry_run(parser, "list what would change")
        add_batch_size(parser, "users")

    def handle(self, *args: Any, **options: Any) -> None:
        user = self.selected_user(options)
        batches = proof.accounts(batch_size=options["batch_size"], only=user)
        processed = changed = failed = 0
        total = 1 if user else User.objects.count()
        with self.alone("rebuild_stats"), self.progress("users", total) as bar:
            for batch in batches:
                for account in batch:
                    if not account.differences:
                        continue
                    if self.rebuild(account, dry_run=options["dry_run"]):
                        changed += 1
                    else:
                        failed += 1
                processed += len(batch)
                bar.update(len(batch))
        verb = "would change" if options["dry_run"] else "changed"
        self.say(f"{processed} processed, {changed} {verb}, {failed} failed")
        if failed:
            raise CommandError(f"{failed} of {processed} users could not be rebuilt.")

    def selected_user(self, options: dict[str, Any]) -> User | None:
        """Return who was named; None stands for everybody."""
        if options["all"]:
            return None
        user = proof.find_user(options["user"])
        if user is None:
            raise CommandError(f"There is no user {options['user']!r}.")
        return user

    def rebuild(self, account: Account, *, dry_run: bool) -> bool:
        """Repair one account; tell whether that went well."""
        for figure, stored, logged in account.differences:
            self.say(f"{account.user_id} {figure}: {stored} -> {logged}")
        if dry_run:
            return True
        try:
            services.rebuild_stats(user_id=account.user_id)
        except (DatabaseError, TokenInvalid) as error:
            # Gone meanwhile, or locked for too long: the others need not wait.
            self.complain(f"{account.user_id} not rebuilt: {error!r}")
            return False
        return True
