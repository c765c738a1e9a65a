"""List accounts that share a mailbox, from before mailboxes had one form."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.mailboxes import canonical_mailbox
from accounts.models import User
from focusguard.db.commands import OperatorCommand


class Command(OperatorCommand):
    help = """List accounts whose e-mail is another spelling of somebody else's.

They came before a mailbox had one form (a domain in Unicode or with marks that nobody
sees, quotes before the @) and go on as they are: each signs in with its username and
with its own spelling, and any other spelling is the first account's. The list is
empty once each has another address or is deleted. Nothing is changed.

  manage.py list_shared_mailboxes
"""

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        sharing = User.objects.filter(shares_mailbox=True).order_by("created_at", "id")
        for user in sharing.iterator():
            count += 1
            self.say(f"{user.pk} {user.username} {user.email!a}: {self._of(user)}")
        self.say(f"{count} accounts share a mailbox or have none.")

    def _of(self, user: User) -> str:
        try:
            mailbox = canonical_mailbox(user.email)
        except ValidationError:
            return "no address that is taken today"
        first = User.objects.identified_by(mailbox).exclude(pk=user.pk).first()
        if first is None:
            return f"nobody else has {mailbox} now"
        return f"the mailbox of {first.pk} {first.username}"
