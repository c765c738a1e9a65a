"""Remove links of mails that have expired."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import MailLink
from focusguard.db.commands import PruneCommand


class Command(PruneCommand):
    help = """Delete links of mails that expired more than a day ago.

A link that is gone is answered like one that has expired. Small batches, each its own
transaction, so it may run beside traffic; a second copy at once is refused (exit code
1). Run it daily.

  manage.py prune_mail_links
  manage.py prune_mail_links --dry-run
"""
    unit = "links"

    def outdated(self, options: dict[str, Any]) -> QuerySet[MailLink]:
        return MailLink.objects.outdated()
