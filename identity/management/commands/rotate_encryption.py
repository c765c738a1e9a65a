"""Seal the secrets of second factors anew, by the first key."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import CommandError

from focusguard.db.commands import OperatorCommand, add_batch_size, add_dry_run
from identity.models import TotpSecret
from identity.second_factor import sealing
from identity.second_factor.rotation import Outcome, outcomes


class Command(OperatorCommand):
    help = """Seal every secret anew that the first of ENCRYPTION_KEYS did not seal.

To change the key: put a new one in front of ENCRYPTION_KEYS, restart, run this, and take
the old one away once it says that 0 were sealed anew. Each secret is a statement of its
own that writes only what it has read, so it may run beside traffic, and again. A secret
that no key opens is named and left as it is (exit code 1): put its key back, or reset the
second factor of that user. A second copy at once is refused.

  manage.py rotate_encryption --dry-run
  manage.py rotate_encryption
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_dry_run(parser, "count what would be sealed anew")
        add_batch_size(parser, "secrets")

    def handle(self, *args: Any, **options: Any) -> None:
        if not sealing.is_on():
            raise CommandError("ENCRYPTION_KEYS is empty: there is nothing to seal by.")
        found: Counter[Outcome] = Counter()
        total = TotpSecret.objects.count()
        sealed = outcomes(batch_size=options["batch_size"], dry_run=options["dry_run"])
        with self.alone("rotate_encryption"), self.progress("secrets", total) as bar:
            for user_id, outcome in sealed:
                found[outcome] += 1
                if outcome is Outcome.UNOPENABLE:
                    self.complain(f"no key opens the secret of {user_id}")
                bar.update()
        verb = "would be sealed anew" if options["dry_run"] else "sealed anew"
        failed = found[Outcome.UNOPENABLE]
        self.say(
            f"{found.total()} processed, {found[Outcome.SEALED]} {verb}, "
            f"{failed} failed"
        )
        if failed:
            raise CommandError(f"{failed} of {found.total()} secrets open by no key.")
