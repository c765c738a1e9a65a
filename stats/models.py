"""The totals of a user, kept beside the log, and what they set out to do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stats.plan.goals import EVERY_DAY
from stats.streaks import Streaks

MOST_DAILY_MIN = 24 * 60
MOST_WEEKLY_MIN = 7 * MOST_DAILY_MIN


class UserStats(models.Model):
    """A fold of the user's credited sessions; `verify_stats` proves it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="stats",
    )
    total_focus_min = models.PositiveIntegerField("focus minutes", default=0)
    total_sessions = models.PositiveIntegerField("sessions", default=0)
    streak_length = models.PositiveIntegerField(
        default=0, help_text="Days of the run that ends on the last focus day."
    )
    last_focus_date = models.DateField(null=True, blank=True)
    best_streak = models.PositiveIntegerField(default=0)
    streak_zone = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Where all focus since the last focus day began was.",
    )
    streak_until = models.DateTimeField(
        null=True, blank=True, help_text="When the run is over unless it goes on."
    )
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "user_stats"
        verbose_name = verbose_name_plural = "user stats"
        constraints = [
            models.CheckConstraint(
                condition=Q(best_streak__gte=F("streak_length")),
                name="user_stats_best_is_best",
            ),
            models.CheckConstraint(
                condition=Q(
                    last_focus_date=None,
                    streak_length=0,
                    total_sessions=0,
                    total_focus_min=0,
                )
                | Q(
                    last_focus_date__isnull=False,
                    streak_length__gt=0,
                    total_sessions__gt=0,
                    total_focus_min__gte=F("total_sessions"),
                ),
                name="user_stats_agree",
            ),
        ]
        indexes = [
            # Each board: the page, and how many stand above a score.
            models.Index(
                F("total_focus_min").desc(),
                F("user"),
                name="user_stats_focus_board",
                condition=Q(total_focus_min__gt=0),
            ),
            models.Index(
                F("best_streak").desc(),
                F("user"),
                name="user_stats_streak_board",
                condition=Q(best_streak__gt=0),
            ),
            models.Index(
                F("total_sessions").desc(),
                F("user"),
                name="user_stats_sessions_board",
                condition=Q(total_sessions__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def streaks(self) -> Streaks:
        return Streaks(
            self.streak_length,
            self.last_focus_date,
            self.best_streak,
            self.streak_zone,
            self.streak_until,
        )

    @streaks.setter
    def streaks(self, streaks: Streaks) -> None:
        self.streak_length = streaks.length
        self.last_focus_date = streaks.last_date
        self.best_streak = streaks.best
        self.streak_zone = streaks.zone
        self.streak_until = streaks.until


# The migration writes the keys of these two: cascading, so that a deletion of the account
# misses none that is written beside it, and checked at once, so that the writer is told.
class FocusPlan(models.Model):
    """The goals and the weekdays of a user, from a day until those of a later row."""

    pk = models.CompositePrimaryKey("user_id", "from_date")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        # The primary key begins with it.
        db_index=False,
        related_name="focus_plans",
    )
    from_date = models.DateField()
    daily_min = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_min = models.PositiveSmallIntegerField(null=True, blank=True)
    weekdays = models.PositiveSmallIntegerField(
        help_text="The days meant for focus, as bits, Monday the lowest."
    )

    class Meta:
        db_table = "focus_plans"
        constraints = [
            models.CheckConstraint(
                condition=Q(daily_min__range=(1, MOST_DAILY_MIN)),
                name="focus_plans_daily_range",
            ),
            models.CheckConstraint(
                condition=Q(weekly_min__range=(1, MOST_WEEKLY_MIN)),
                name="focus_plans_weekly_range",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, EVERY_DAY)),
                name="focus_plans_a_weekday",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.from_date}"


class DayOff(models.Model):
    """A day on which nothing is asked of a user: a row a day, so that none overlap."""

    class Kind(models.TextChoices):
        AWAY = "away"
        ILL = "ill"

    pk = models.CompositePrimaryKey("user_id", "day")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        # The primary key begins with it.
        db_index=False,
        related_name="days_off",
    )
    day = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)

    class Meta:
        db_table = "days_off"
        verbose_name_plural = "days off"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["away", "ill"]), name="days_off_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.day}"
