"""Remove security events that have been kept long enough."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import SecurityEvent
from focusguard.db.commands import PruneCommand


class Command(PruneCommand):
    help = """Delete security events of more than 90 days ago.

Younger ones cannot be deleted: a trigger of the table sees to it. Small batches, each
its own transaction, so it may run beside traffic; a second copy at once is refused
(exit code 1). Run it daily.

  manage.py prune_security_events
  manage.py prune_security_events --dry-run
"""
    unit = "events"

    def outdated(self, options: dict[str, Any]) -> QuerySet[SecurityEvent]:
        return SecurityEvent.objects.outdated()
