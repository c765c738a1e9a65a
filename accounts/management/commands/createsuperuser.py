"""Django's own command, and an event that tells of it."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from accounts import audit
from accounts.models import User


class Command(createsuperuser.Command):
    """Make a superuser, and write it down.

    An account that may do everything is the last to come about unseen.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        superusers = User.objects.filter(is_superuser=True)
        before = list(superusers.values_list("pk", flat=True))
        super().handle(*args, **options)
        for user_id in superusers.exclude(pk__in=before).values_list("pk", flat=True):
            audit.record(audit.Kind.STAFF_ACCESS_CHANGED, user_id=user_id)
