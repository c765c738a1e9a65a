"""Remove the answers that no retry can ask for any more."""

from typing import Any

from django.db.models import QuerySet

from focusguard.api.models import IdempotentAnswer
from focusguard.db.commands import PruneCommand


class Command(PruneCommand):
    help = """Delete the answers kept for an Idempotency-Key more than 24 hours ago.

A key that old is forgotten whether or not this has run. Small batches, each its own
transaction, so it may run beside traffic; a second copy at once is refused (exit code
1). Run it hourly or daily.

  manage.py prune_idempotent_answers
  manage.py prune_idempotent_answers --dry-run
"""
    unit = "answers"

    def outdated(self, options: dict[str, Any]) -> QuerySet[IdempotentAnswer]:
        return IdempotentAnswer.objects.outdated()
