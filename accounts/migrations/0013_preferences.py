import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Checked at each statement and cascading in the database: Django's own key is judged at
# COMMIT, and there a device that saves beside the deletion of its account would make the
# deletion fail.
KEY = """
ALTER TABLE preferences
    ADD CONSTRAINT preferences_user FOREIGN KEY (user_id)
        REFERENCES users (id) ON DELETE CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_weekly_report_readers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="preferences",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("auto", "auto"), ("en", "en"), ("de", "de"), ("ar", "ar")],
                        db_default="auto",
                        default="auto",
                        max_length=8,
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")],
                        db_default="auto",
                        default="auto",
                        max_length=8,
                    ),
                ),
                (
                    "week_start",
                    models.CharField(
                        choices=[("mon", "mon"), ("sat", "sat"), ("sun", "sun")],
                        db_default="mon",
                        default="mon",
                        max_length=8,
                    ),
                ),
                (
                    "clock",
                    models.CharField(
                        choices=[("auto", "auto"), ("12h", "12h"), ("24h", "24h")],
                        db_default="auto",
                        default="auto",
                        max_length=8,
                    ),
                ),
                (
                    "focus_min",
                    models.PositiveSmallIntegerField(
                        db_default=25, default=25
                    ),
                ),
                (
                    "short_break_min",
                    models.PositiveSmallIntegerField(
                        db_default=5, default=5
                    ),
                ),
                (
                    "long_break_min",
                    models.PositiveSmallIntegerField(
                        db_default=15, default=15
                    ),
                ),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(
                        db_default=4, default=4
                    ),
                ),
                (
                    "breaks",
                    models.BooleanField(db_default=True, default=True),
                ),
                (
                    "auto_start",
                    models.BooleanField(db_default=False, default=False),
                ),
                (
                    "bell",
                    models.BooleanField(db_default=True, default=True),
                ),
                (
                    "ambient",
                    models.CharField(
                        choices=[("none", "none"), ("noise", "noise"), ("rain", "rain"), ("waves", "waves")],
                        db_default="none",
                        default="none",
                        max_length=8,
                    ),
                ),
                (
                    "volume",
                    models.PositiveSmallIntegerField(
                        db_default=40, default=40
                    ),
                ),
                (
                    "species",
                    models.CharField(blank=True, max_length=32, null=True),
                ),
                (
                    "shortcuts",
                    models.BooleanField(db_default=True, default=True),
                ),
                (
                    "season",
                    models.CharField(
                        choices=[("auto", "auto"), ("north", "north"), ("south", "south")],
                        db_default="auto",
                        default="auto",
                        max_length=8,
                    ),
                ),
                (
                    "friends_see",
                    models.BooleanField(db_default=True, default=True),
                ),
                (
                    "show_awards",
                    models.BooleanField(db_default=False, default=False),
                ),
                (
                    "notify_end",
                    models.BooleanField(db_default=False, default=False),
                ),
                (
                    "notify_streak",
                    models.BooleanField(db_default=False, default=False),
                ),
                ("onboarded_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "preferences",
                "db_table": "preferences",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(language__in=("auto", "en", "de", "ar")),
                        name="preferences_language_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(theme__in=("auto", "light", "dark")),
                        name="preferences_theme_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(week_start__in=("mon", "sat", "sun")),
                        name="preferences_week_start_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(clock__in=("auto", "12h", "24h")),
                        name="preferences_clock_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(ambient__in=("none", "noise", "rain", "waves")),
                        name="preferences_ambient_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(season__in=("auto", "north", "south")),
                        name="preferences_season_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(focus_min__range=(1, 480)),
                        name="preferences_focus_min_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(short_break_min__range=(1, 120)),
                        name="preferences_short_break_min_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(long_break_min__range=(1, 120)),
                        name="preferences_long_break_min_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(rounds__range=(2, 12)),
                        name="preferences_rounds_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(volume__range=(0, 100)),
                        name="preferences_volume_range",
                    ),
                    models.CheckConstraint(
                        condition=~Q(species=""), name="preferences_species_named"
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
