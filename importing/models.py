"""Imports: a row for each file that somebody uploaded, from its arrival to its undoing."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from uuid_utils.compat import uuid7

from importing.reading.columns import NAMES


class ImportQuerySet(models.QuerySet["Import"]):
    def for_user(self, user_id: uuid.UUID) -> "ImportQuerySet":
        return self.filter(user_id=user_id)

    def shown(self) -> "ImportQuerySet":
        """Leave the text of the file where it is: it may be 2 MiB."""
        return self.defer("raw")

    def live(self) -> "ImportQuerySet":
        """Imports that have not ended: a user has one of these."""
        return self.filter(status__in=LIVE)

    def due(self) -> "ImportQuerySet":
        """Imports that wait for a worker."""
        return self.filter(status__in=DUE)

    def forgotten(self) -> "ImportQuerySet":
        """Imports that stood unapplied for so long that their text is kept no longer."""
        return self.filter(
            status=Import.Status.READY, created_at__lt=Now() - TEXT_KEPT_FOR
        )

    def outdated(
        self, kept_for: dt.timedelta = dt.timedelta(days=30)
    ) -> "ImportQuerySet":
        """Imports past their retention that left no entries."""
        return self.filter(
            status__in=[Import.Status.FAILED, Import.Status.UNDONE],
            position=0,
            created_at__lt=timezone.now() - kept_for,
        )


class Import(models.Model):
    """A file that becomes entries; `raw` is its text, for as long as that is needed."""

    class Status(models.TextChoices):
        READING = "reading"
        READY = "ready"
        APPLYING = "applying"
        APPLIED = "applied"
        UNDOING = "undoing"
        UNDONE = "undone"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="imports",
        # imports_user of the migration, which cascades and is judged at once.
        db_constraint=False,
        # The index on (user, created_at, id) serves this key too.
        db_index=False,
    )
    source = models.CharField(
        max_length=20,
        blank=True,
        help_text="The program; empty until the file is read.",
    )
    zone = models.CharField(max_length=64, help_text="Where its times are from.")
    day_first = models.BooleanField(
        null=True, blank=True, help_text="Of 03/04/2026; empty: as the dates tell."
    )
    status = models.CharField(max_length=8, choices=Status, default=Status.READING)
    # What the dry run found, and then what applying came to.
    report = models.JSONField(null=True, blank=True)
    outcome = models.JSONField(null=True, blank=True)
    raw = models.BinaryField(null=True)
    # How many rows of the file have been applied.
    position = models.PositiveIntegerField(default=0)
    # How often somebody began with it and was not heard of again.
    tries = models.PositiveSmallIntegerField(default=0)
    made_labels = ArrayField(models.UUIDField(), default=list, blank=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Import"]] = ImportQuerySet.as_manager()

    class Meta:
        db_table = "imports"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        *("reading", "ready", "applying", "applied", "undoing"),
                        *("undone", "failed"),
                    ]
                ),
                name="imports_status_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["", *NAMES]), name="imports_source_known"
            ),
            # It is kept while it may still be read, and no longer.
            models.CheckConstraint(
                condition=Q(
                    status__in=["reading", "ready", "applying"], raw__isnull=False
                )
                | Q(
                    status__in=["applied", "undoing", "undone", "failed"],
                    raw__isnull=True,
                ),
                name="imports_text_while_needed",
            ),
            models.CheckConstraint(
                condition=Q(status="applied", applied_at__isnull=False)
                | ~Q(status="applied"),
                name="imports_applied_at",
            ),
            models.CheckConstraint(
                condition=Q(status="undone", undone_at__isnull=False)
                | (~Q(status="undone") & Q(undone_at=None)),
                name="imports_undone_at",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=["reading", "ready", "applying", "undoing"]),
                name="imports_one_live_per_user",
            ),
        ]
        indexes = [
            # The user's list and its pages, and how many there were in a day.
            models.Index(
                F("user"),
                F("created_at").desc(),
                F("id").desc(),
                name="imports_user_newest",
            ),
            # What is due, and what nobody applied.
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=["reading", "ready", "applying", "undoing"]),
                name="imports_live_oldest",
            ),
            # prune_imports, and the admin's list.
            models.Index(F("created_at").desc(), F("id").desc(), name="imports_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)


Status = Import.Status
DUE = (Status.READING, Status.APPLYING, Status.UNDOING)
LIVE = (*DUE, Status.READY)
TEXT_KEPT_FOR = dt.timedelta(hours=24)
