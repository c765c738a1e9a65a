import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

# As of entries. Of each start without a label it asks nothing.
KEY = """
ALTER TABLE sessions ADD CONSTRAINT sessions_label_owned
    FOREIGN KEY (user_id, label_id) REFERENCES labels (user_id, id)
    ON DELETE SET NULL (label_id) NOT VALID
"""


class Migration(migrations.Migration):
    """Columns without a rewrite; 0005 looks at the rows that stand, beside traffic."""

    dependencies = [
        ("sessions_app", "0003_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="focussession",
            name="label",
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="sessions", to="sessions_app.label"),
        ),
        migrations.AddField(
            model_name="focussession",
            name="note",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="focussession",
            name="started_minute",
            field=models.SmallIntegerField(blank=True, help_text="Minutes since midnight on the user's clock at the start; frozen. Empty: from before it was kept (backfill_started_minutes).", null=True),
        ),
        AddConstraintNotValid(
            model_name="focussession",
            constraint=models.CheckConstraint(
                condition=Q(("started_minute", None), ("started_minute__range", (0, 1439)), _connector="OR"),
                name="sessions_started_minute_range",
            ),
        ),
        migrations.RunSQL(
            KEY, "ALTER TABLE sessions DROP CONSTRAINT sessions_label_owned"
        ),
    ]
