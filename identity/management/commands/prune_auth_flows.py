"""Remove flows of signing in that have expired."""

from typing import Any

from focusguard.db.commands import PruneCommand
from identity.models import AuthFlow, AuthFlowQuerySet


class Command(PruneCommand):
    help = """Delete flows of signing in that expired more than an hour ago.

A flow that is gone is answered like one that has expired. Small batches, each its own
transaction, so it may run beside traffic; a second copy at once is refused (exit code
1). Run it daily.

  manage.py prune_auth_flows
  manage.py prune_auth_flows --dry-run
"""
    unit = "flows"

    def outdated(self, options: dict[str, Any]) -> AuthFlowQuerySet:
        return AuthFlow.objects.outdated()
