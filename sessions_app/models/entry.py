"""The focus that people tell of afterwards: for themselves, and counted by nothing else."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from sessions_app.models.focus_session import ONE_MINUTE
from sessions_app.models.label import label_field, note_field

MAX_MINUTES = 720


class EntryQuerySet(models.QuerySet["Entry"]):
    def for_user(self, user_id: uuid.UUID) -> "EntryQuerySet":
        return self.filter(user_id=user_id)


class Entry(models.Model):
    """Minutes of focus that no clock of ours saw.

    They stand in a table of their own, so that no filter can be forgotten that keeps
    them out of XP, totals, streaks, boards and plants (ADR 48).
    """

    class Source(models.TextChoices):
        MANUAL = "manual"
        OFFLINE = "offline"
        IMPORT = "import"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="entries",
        # entries_user of the migration, which cascades and is judged at once.
        db_constraint=False,
        # The index on (user, at, id) serves this key too.
        db_index=False,
    )
    client_id = models.UUIDField(
        null=True, blank=True, help_text="What the device that wrote it calls it."
    )
    label = label_field("entries")
    note = note_field()
    at = models.DateTimeField(
        help_text="The start; of a day without times, its noon there."
    )
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: a day without times."
    )
    minutes = models.PositiveSmallIntegerField()
    local_date = models.DateField(help_text="The user's day at the start; frozen.")
    timezone = models.CharField(max_length=64, help_text="The zone of that day.")
    source = models.CharField(max_length=7, choices=Source)
    import_id = models.UUIDField(null=True, blank=True)
    import_key = models.BinaryField(
        null=True, help_text="A digest of the row of the file that it was in."
    )
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Entry"]] = EntryQuerySet.as_manager()

    class Meta:
        db_table = "entries"
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MAX_MINUTES)),
                name="entries_minutes_range",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(ended_at=F("at") + F("minutes") * ONE_MINUTE),
                name="entries_end_after_minutes",
            ),
            models.CheckConstraint(
                condition=Q(source="import", import_key__isnull=False)
                | Q(
                    source__in=["manual", "offline"],
                    import_id__isnull=True,
                    import_key__isnull=True,
                ),
                name="entries_source_known",
            ),
            # One that is sent again is told from a new one.
            models.UniqueConstraint(
                fields=["user", "client_id"],
                condition=Q(client_id__isnull=False),
                name="entries_client_id_once",
            ),
            # And a file that is imported again adds nothing.
            models.UniqueConstraint(
                fields=["user", "import_key"],
                condition=Q(import_key__isnull=False),
                name="entries_import_key_once",
            ),
        ]
        indexes = [
            # The user's history and its pages, and what overlaps a time.
            models.Index(
                F("user"),
                F("at").desc(),
                F("id").desc(),
                name="entries_user_newest",
            ),
            # Minutes by day, from the index alone.
            models.Index(
                fields=["user", "local_date"],
                include=["minutes"],
                name="entries_user_days",
            ),
            # The history of a label, and the key that empties it.
            models.Index(
                F("user"),
                F("label"),
                F("at").desc(),
                F("id").desc(),
                condition=Q(label__isnull=False),
                name="entries_label",
            ),
            # Undoing an import.
            models.Index(
                fields=["import_id"],
                condition=Q(import_id__isnull=False),
                name="entries_import",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
