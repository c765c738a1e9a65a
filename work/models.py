"""Jobs, what has been done once, and what the nightly proof found."""

from datetime import timedelta

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from work.queue import Job as Job


class OnceKey(models.Model):
    """The name of an effect that is in the database; see `work.once`."""

    # Longer than any job may come back for.
    KEPT_FOR = timedelta(days=60)

    # Of rows and days: a person's name or address would outlive their account here.
    key = models.CharField(max_length=200, primary_key=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "once_keys"
        indexes = [
            # prune_once_keys: what was done longest ago.
            models.Index(F("created_at"), name="once_keys_age"),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def outdated(cls) -> "models.QuerySet[OnceKey]":
        """Keys that no job will ask for again."""
        return cls.objects.filter(created_at__lt=Now() - cls.KEPT_FOR)


class ProofRun(models.Model):
    """A run of the nightly `verify_stats`, and what it found."""

    at = models.DateTimeField("began at")
    users_checked = models.PositiveIntegerField()
    differences = models.PositiveIntegerField(help_text="Users whose figures are off.")
    overlaps = models.PositiveIntegerField(
        default=0, db_default=0, help_text="Entries whose time another record takes."
    )
    rules_missing = models.PositiveIntegerField(
        help_text="Rules of ours that the database does not enforce."
    )
    seconds = models.FloatField()

    class Meta:
        db_table = "proof_runs"
        indexes = [
            # The last run: whether one is due, and the newest first for the staff.
            models.Index(F("at").desc(), name="proof_runs_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
