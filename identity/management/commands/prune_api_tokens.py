"""Remove API tokens that were revoked long ago."""

from typing import Any

from focusguard.db.commands import PruneCommand
from identity.models import ApiToken, ApiTokenQuerySet


class Command(PruneCommand):
    help = """Delete API tokens that were revoked more than 90 days ago.

Until then they are the record of what a program could do. One that has only expired is
its owner's to remove. Small batches, each its own transaction, so it may run beside
traffic; a second copy at once is refused (exit code 1). Run it daily.

  manage.py prune_api_tokens
  manage.py prune_api_tokens --dry-run
"""
    unit = "API tokens"

    def outdated(self, options: dict[str, Any]) -> ApiTokenQuerySet:
        return ApiToken.objects.outdated()
