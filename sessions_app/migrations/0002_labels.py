import django.db.models.deletion
import django.db.models.functions.text
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

# Judged by the statement, so that a label of a user who has just been deleted is
# refused where the writer can still say so; cascading, so that no deletion can miss a
# label that is made beside it.
KEY = """
ALTER TABLE labels ADD CONSTRAINT labels_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
"""


class Migration(migrations.Migration):

    dependencies = [
        ("sessions_app", "0001_focus_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("color", models.CharField(choices=[("red", "Red"), ("orange", "Orange"), ("amber", "Amber"), ("lime", "Lime"), ("green", "Green"), ("teal", "Teal"), ("sky", "Sky"), ("blue", "Blue"), ("violet", "Violet"), ("pink", "Pink"), ("brown", "Brown"), ("grey", "Grey")], max_length=6)),
                ("archived_at", models.DateTimeField(blank=True, help_text="Since when it is offered no more.", null=True)),
                ("created_at", models.DateTimeField()),
                ("user", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="labels", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "labels",
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("name"), models.F("user"), name="labels_name_once"),
                    models.UniqueConstraint(fields=("user", "id"), name="labels_owner"),
                    models.CheckConstraint(condition=models.Q(("name__regex", "\\S")), name="labels_name_seen"),
                    models.CheckConstraint(condition=models.Q(("color__in", ["red", "orange", "amber", "lime", "green", "teal", "sky", "blue", "violet", "pink", "brown", "grey"])), name="labels_color_known"),
                ],
            },
        ),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
