import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Cascading in the database, so that a deletion of the account misses no row that is
# written beside it; checked at each statement, so that the writer is told and not the
# deletion.
KEYS = """
ALTER TABLE focus_plans ADD CONSTRAINT focus_plans_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE days_off ADD CONSTRAINT days_off_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
"""


def user(related_name):
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_weekly_report_readers"),
        ("stats", "0002_streaks_across_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="FocusPlan",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "from_date",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user", user("focus_plans")),
                ("from_date", models.DateField()),
                ("daily_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("weekly_min", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "weekdays",
                    models.PositiveSmallIntegerField(
                        help_text="The days meant for focus, as bits, Monday the lowest."
                    ),
                ),
            ],
            options={
                "db_table": "focus_plans",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(daily_min__range=(1, 1440)),
                        name="focus_plans_daily_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(weekly_min__range=(1, 10080)),
                        name="focus_plans_weekly_range",
                    ),
                    models.CheckConstraint(
                        condition=Q(weekdays__range=(1, 127)),
                        name="focus_plans_a_weekday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user", user("days_off")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("away", "Away"), ("ill", "Ill")], max_length=4
                    ),
                ),
            ],
            options={
                "db_table": "days_off",
                "verbose_name_plural": "days off",
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(kind__in=["away", "ill"]),
                        name="days_off_kind_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
    ]
