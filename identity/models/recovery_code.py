"""The recovery code, for who has lost the authenticator app."""

import uuid
from typing import ClassVar

from django.db import models

from accounts.models import User


class RecoveryCodeQuerySet(models.QuerySet["RecoveryCode"]):
    def unused(self, user: User) -> "RecoveryCodeQuerySet":
        return self.filter(user=user, used_at=None)


class RecoveryCode(models.Model):
    """A code that is taken once, in the place of one of the app."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    # SHA-256 of its 80 random bits: nothing to guess them from.
    digest = models.BinaryField()
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["RecoveryCode"]] = (
        RecoveryCodeQuerySet.as_manager()
    )

    class Meta:
        db_table = "recovery_codes"

    def __str__(self) -> str:
        return str(self.pk)
