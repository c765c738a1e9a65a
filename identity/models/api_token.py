"""The API token: a program's way to ask in its user's name."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from uuid_utils.compat import uuid7

from focusguard.api.scopes import Scope

NAME_LENGTH = 64  # characters


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def for_user(self, user_id: uuid.UUID) -> "ApiTokenQuerySet":
        return self.filter(user_id=user_id)

    def unrevoked(self) -> "ApiTokenQuerySet":
        """Tokens that their owner has not ended; time may have. Own columns: a guard."""
        return self.filter(revoked_at=None)

    def live(self, now: dt.datetime) -> "ApiTokenQuerySet":
        """Tokens that still open something."""
        return self.unrevoked().filter(expires_at__gt=now)

    def outdated(self) -> "ApiTokenQuerySet":
        """Tokens past their retention, which tells what a program could do."""
        return self.filter(revoked_at__lt=timezone.now() - ApiToken.KEPT_FOR)


class ApiToken(models.Model):
    """A token of a program. Its text is told once, and kept by nobody but its owner.

    One that has expired is listed until its owner removes it, or they would look for
    why a program stopped and find nothing.
    """

    KEPT_FOR = dt.timedelta(days=90)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        # api_tokens_user of the migration, which cascades and is judged at once.
        db_constraint=False,
        # api_tokens_owner serves this key too.
        db_index=False,
    )
    name = models.CharField(max_length=NAME_LENGTH)
    # The beginning of its text, to tell it from others.
    prefix = models.CharField(max_length=12)
    # SHA-256 of its text.
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # A day and no time: one write a day, whatever a program asks.
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ApiToken"]] = ApiTokenQuerySet.as_manager()

    class Meta:
        db_table = "api_tokens"
        verbose_name = "API token"
        constraints = [
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="api_tokens_name_seen"
            ),
            # None would be read as all by somebody, some day.
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0)
                & Q(scopes__contained_by=sorted(Scope.values)),
                name="api_tokens_scopes_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="api_tokens_expires_later",
            ),
        ]
        indexes = [
            # The owner's list, the count of them, and the end of all.
            models.Index(F("user"), F("id"), name="api_tokens_owner"),
            # prune_api_tokens: what was revoked longest ago.
            models.Index(
                F("revoked_at"),
                name="api_tokens_revoked",
                condition=Q(revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.prefix

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()
