"""The log of focus: every total in FocusGuard is a fold of these rows."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from uuid_utils.compat import uuid7

from sessions_app import focus_time
from sessions_app.models.label import label_field, note_field

ONE_MINUTE = Value(dt.timedelta(minutes=1))
PLANNED = Coalesce("duration_min", Value(focus_time.OPEN_SESSION_MINUTES))


def overdue_at(moment: dt.datetime) -> Q:
    """Say which rows still wait to be settled at `moment`: their deadline has passed."""
    # The status first, since Postgres asks in this order: few rows are active, and the
    # deadline of the others is not worked out.
    return Q(status="active") & Q(created_at__lte=moment - PLANNED * ONE_MINUTE)


def stands_as(status: str, now: dt.datetime) -> Q:
    """Say which sessions are of a status at `now`, settled or not.

    One past its deadline has ended, whenever it is settled: a planned one completed,
    an open one abandoned.
    """
    if status == "active":
        return Q(status="active", created_at__gt=now - PLANNED * ONE_MINUTE)
    planned = Q(duration_min__isnull=status == "abandoned")
    return Q(status=status) | (overdue_at(now) & planned)


class FocusSessionQuerySet(models.QuerySet["FocusSession"]):
    def for_user(self, user_id: uuid.UUID) -> "FocusSessionQuerySet":
        return self.filter(user_id=user_id)

    def active(self) -> "FocusSessionQuerySet":
        return self.filter(status=FocusSession.Status.ACTIVE)

    def completed(self) -> "FocusSessionQuerySet":
        return self.filter(status=FocusSession.Status.COMPLETED)

    def credited(self) -> "FocusSessionQuerySet":
        """Completed with at least a minute: what totals, days and streaks count."""
        return self.completed().filter(focus_min__gt=0)

    def overdue_since(self, moment: dt.datetime) -> "FocusSessionQuerySet":
        """Unsettled sessions whose deadline was at or before `moment`."""
        return self.filter(overdue_at(moment))


class FocusSession(models.Model):
    """A stretch of focus. It ends once: completed, with credit, or abandoned."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        COMPLETED = "completed"
        ABANDONED = "abandoned"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="focus_sessions",
        # The index on (user, created_at, id) serves this key too.
        db_index=False,
    )
    duration_min = models.PositiveSmallIntegerField(
        "planned minutes", null=True, blank=True, help_text="Empty: open, 240 at most."
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.ACTIVE)
    completed = models.GeneratedField(
        expression=Q(status="completed"),  # type: ignore[arg-type]  # a Q is one
        output_field=models.BooleanField(),
        db_persist=True,
    )
    focus_min = models.PositiveSmallIntegerField("credited minutes", default=0)
    local_date = models.DateField(help_text="The user's day at the start; frozen.")
    timezone = models.CharField(max_length=64, help_text="The zone of that day.")
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    label = label_field("sessions")
    note = note_field()
    # No positive one: the check that Django adds to its column reads the whole table
    # while nobody may touch it. sessions_started_minute_range says more.
    started_minute = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="Minutes since midnight on the user's clock at the start; frozen. "
        "Empty: from before it was kept (backfill_started_minutes).",
    )

    objects: ClassVar[models.Manager["FocusSession"]] = (
        FocusSessionQuerySet.as_manager()
    )

    class Meta:
        db_table = "sessions"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status="active"),
                name="sessions_one_active_per_user",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "completed", "abandoned"]),
                name="sessions_status_known",
            ),
            models.CheckConstraint(
                condition=Q(duration_min=None)
                | Q(duration_min__range=(1, focus_time.MAX_PLANNED_MINUTES)),
                name="sessions_duration_range",
            ),
            models.CheckConstraint(
                condition=Q(status="active", ended_at=None)
                | (~Q(status="active") & Q(ended_at__isnull=False)),
                name="sessions_ended_iff_finished",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
                name="sessions_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(focus_min=0)
                | Q(
                    status="completed",
                    focus_min__gt=0,
                    focus_min__lte=Coalesce(
                        "duration_min", focus_time.OPEN_SESSION_MINUTES
                    ),
                    ended_at__gte=F("created_at") + F("focus_min") * ONE_MINUTE,
                ),
                name="sessions_focus_earned",
            ),
            models.CheckConstraint(
                condition=Q(started_minute=None) | Q(started_minute__range=(0, 1439)),
                name="sessions_started_minute_range",
            ),
        ]
        indexes = [
            # The user's list and its pages.
            models.Index(
                F("user"),
                F("created_at").desc(),
                F("id").desc(),
                name="sessions_user_newest",
            ),
            # Daily figures, trends and streaks, from the index alone.
            models.Index(
                fields=["user", "local_date"],
                include=["focus_min"],
                condition=Q(status="completed"),
                name="sessions_user_days",
            ),
            # settle_overdue_sessions: the running ones, oldest first.
            models.Index(
                fields=["created_at"],
                condition=Q(status="active"),
                name="sessions_active_oldest",
            ),
            # The admin's list and the figures of the last days.
            models.Index(
                F("created_at").desc(), F("id").desc(), name="sessions_newest"
            ),
            # The history of a label, its minutes, and the key that empties it.
            models.Index(
                F("user"),
                F("label"),
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(label__isnull=False),
                name="sessions_label",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_active(self) -> bool:
        return self.status == self.Status.ACTIVE

    @property
    def deadline(self) -> dt.datetime:
        return focus_time.deadline(self.created_at, self.duration_min)

    def is_overdue(self, now: dt.datetime) -> bool:
        """Tell whether its deadline has passed and nobody has ended it yet."""
        return self.is_active and now >= self.deadline

    def end_by_itself(self) -> None:
        """Become what settling makes of it: a planned one was kept, an open one left.

        Nothing is stored here.
        """
        kept = self.duration_min is not None
        self.status = self.Status.COMPLETED if kept else self.Status.ABANDONED
        self.completed = kept
        self.focus_min = self.duration_min or 0
        self.ended_at = self.deadline

    def as_of(self, now: dt.datetime) -> "FocusSession":
        """Return itself as people see it: past its deadline it has ended."""
        if self.is_overdue(now):
            self.end_by_itself()
        return self

    def focused_seconds(self, now: dt.datetime) -> int:
        """Return the seconds of focus up to `now`, the deadline, or its end."""
        end = self.ended_at or focus_time.focus_end(self.created_at, self.deadline, now)
        return (end - self.created_at) // dt.timedelta(seconds=1)

    def remaining_seconds(self, now: dt.datetime) -> int:
        """Return the seconds until the deadline, 0 when it has passed."""
        return max(0, (self.deadline - now) // dt.timedelta(seconds=1))
