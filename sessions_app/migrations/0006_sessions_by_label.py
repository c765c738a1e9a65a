from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """By itself: it is built beside traffic."""

    atomic = False

    dependencies = [
        ("sessions_app", "0005_validate_labelled_sessions"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="focussession",
            index=models.Index(
                F("user"),
                F("label"),
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(label__isnull=False),
                name="sessions_label",
            ),
        ),
    ]
