"""Shared tables: rate counters, idempotent answers, and runs of commands."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone


class RateCounter(models.Model):
    """A number that ends by itself; the table is UNLOGGED, a crash may empty it."""

    key = models.CharField(max_length=200, primary_key=True)
    count = models.BigIntegerField()
    expires_at = models.DateTimeField(db_index=True)  # for the removal of the expired

    class Meta:
        db_table = "rate_counters"

    def __str__(self) -> str:
        return f"{self.key}={self.count}"


class IdempotentAnswerQuerySet(models.QuerySet["IdempotentAnswer"]):
    def outdated(self) -> "IdempotentAnswerQuerySet":
        """Keys that no retry can ask for any more."""
        return self.filter(created_at__lt=timezone.now() - IdempotentAnswer.KEPT_FOR)


class IdempotentAnswer(models.Model):
    """The answer of a write to the first request with a user's `Idempotency-Key`."""

    KEPT_FOR = timedelta(hours=24)

    pk = models.CompositePrimaryKey("user_id", "key")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        # The primary key begins with it.
        db_index=False,
    )
    key = models.CharField(max_length=255)
    fingerprint = models.BinaryField(max_length=32, help_text="Of route and body.")
    status = models.PositiveSmallIntegerField()
    # Text, since jsonb would forget the order of the fields.
    body = models.TextField()
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["IdempotentAnswer"]] = (
        IdempotentAnswerQuerySet.as_manager()
    )

    class Meta:
        db_table = "idempotent_answers"
        indexes = [
            # prune_idempotent_answers: what was given longest ago.
            models.Index(F("created_at"), name="idempotent_answers_age"),
        ]

    def __str__(self) -> str:
        return self.key


class CommandRun(models.Model):
    """The last run of a command that cron starts every minute; see `OperatorCommand`."""

    name = models.CharField(max_length=40, primary_key=True)
    ended_at = models.DateTimeField()

    class Meta:
        db_table = "command_runs"

    def __str__(self) -> str:
        return self.name
