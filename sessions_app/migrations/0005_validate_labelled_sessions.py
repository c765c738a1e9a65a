from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """By itself: it reads the whole table, and nobody has to wait for it."""

    dependencies = [
        ("sessions_app", "0004_labelled_sessions"),
    ]

    operations = [
        ValidateConstraint(
            model_name="focussession", name="sessions_started_minute_range"
        ),
        migrations.RunSQL(
            "ALTER TABLE sessions VALIDATE CONSTRAINT sessions_label_owned",
            migrations.RunSQL.noop,
        ),
    ]
