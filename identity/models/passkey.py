"""The passkey of a user: a public key, by which only their own device signs."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from accounts.models import User

NAME_LENGTH = 50


class PasskeyQuerySet(models.QuerySet["Passkey"]):
    def for_user(self, user_id: uuid.UUID) -> "PasskeyQuerySet":
        return self.filter(user_id=user_id)

    def at(self, rp_id: str) -> "PasskeyQuerySet":
        """Passkeys that open something at this host."""
        return self.filter(rp_id=rp_id)

    def not_beyond(self, sign_count: int) -> "PasskeyQuerySet":
        """Passkeys whose counter goes on to this one, as a guard of an UPDATE.

        Passkeys that are synced between devices count nothing and say 0 each time. One
        that has counted and says no more than before was copied.
        """
        behind = Q(sign_count__lt=sign_count)
        return self.filter(behind if sign_count else Q(sign_count=0))


class Passkey(models.Model):
    """A passkey. Nothing here opens anything: the private key never leaves its device."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField()
    # As COSE has it (RFC 9053).
    public_key = models.BinaryField()
    # The host that it was made at, and opens something at.
    rp_id = models.CharField("host", max_length=253)
    sign_count = models.BigIntegerField(help_text="0: it does not count.")
    name = models.CharField(max_length=NAME_LENGTH)
    backed_up = models.BooleanField(help_text="Synced between devices.")
    # How browsers reach its device, told back to them.
    transports = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PasskeyQuerySet] = PasskeyQuerySet.as_manager()  # type: ignore[assignment]  # a manager of its verbs

    class Meta:
        db_table = "passkeys"
        constraints = [
            # Also what a sign-in looks up: a passkey is of one account.
            models.UniqueConstraint(
                fields=["credential_id"], name="passkeys_credential_once"
            ),
            models.CheckConstraint(
                condition=Q(sign_count__gte=0), name="passkeys_count_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name
