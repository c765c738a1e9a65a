from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """By itself: it is built beside traffic."""

    atomic = False

    dependencies = [
        ("accounts", "0011_weekly_report"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="user",
            index=models.Index(
                fields=["timezone", "id"],
                condition=Q(weekly_report=True, is_active=True),
                name="users_weekly_report",
            ),
        ),
    ]
