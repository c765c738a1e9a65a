"""The flow of several requests that ends in a sign-in, a proof or a new way in."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models import User


class AuthFlowQuerySet(models.QuerySet["AuthFlow"]):
    def open(self, now: dt.datetime) -> "AuthFlowQuerySet":
        """Flows that can still go on. Own columns only: a guard of an UPDATE."""
        return self.filter(used_at=None, expires_at__gt=now)

    def outdated(self) -> "AuthFlowQuerySet":
        """Flows that expired an hour ago: a missing one is answered as an expired one."""
        return self.filter(expires_at__lt=timezone.now() - dt.timedelta(hours=1))


class AuthFlow(models.Model):
    """A flow that somebody began, and until when it goes on, once.

    It opens nothing: what its holder has beside the id is an HMAC (`identity.flows`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24)
    user = models.ForeignKey(
        User, null=True, on_delete=models.CASCADE, related_name="auth_flows"
    )
    provider = models.CharField(max_length=32, default="", blank=True)
    # Of the browser that began it: the SHA-256 of its cookie.
    binding = models.BinaryField(default=b"", blank=True)
    # What a passkey has to sign.
    challenge = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    # What was found out on the way, and the next step needs.
    claims: Any = models.JSONField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(
        null=True, blank=True, help_text="Gone on with, or ended by what came between."
    )

    objects: ClassVar[models.Manager["AuthFlow"]] = AuthFlowQuerySet.as_manager()

    class Meta:
        db_table = "auth_flows"
        indexes = [
            # prune_auth_flows: what expired longest ago.
            models.Index(F("expires_at"), name="auth_flows_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
