import datetime

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q, Value

# The first as of labels. The second is of the user and the label together: whoever the
# row is of owns the label too. A label that goes takes itself along, and not the user.
KEYS = """
ALTER TABLE entries
    ADD CONSTRAINT entries_user
        FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    ADD CONSTRAINT entries_label_owned
        FOREIGN KEY (user_id, label_id) REFERENCES labels (user_id, id)
        ON DELETE SET NULL (label_id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ("sessions_app", "0002_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ("client_id", models.UUIDField(blank=True, help_text="What the device that wrote it calls it.", null=True)),
                ("note", models.CharField(blank=True, db_default="", default="", max_length=500)),
                ("at", models.DateTimeField(help_text="The start; of a day without times, its noon there.")),
                ("ended_at", models.DateTimeField(blank=True, help_text="Empty: a day without times.", null=True)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("local_date", models.DateField(help_text="The user's day at the start; frozen.")),
                ("timezone", models.CharField(help_text="The zone of that day.", max_length=64)),
                ("source", models.CharField(choices=[("manual", "Manual"), ("offline", "Offline"), ("import", "Import")], max_length=7)),
                ("import_id", models.UUIDField(blank=True, null=True)),
                ("import_key", models.BinaryField(help_text="A digest of the row of the file that it was in.", null=True)),
                ("created_at", models.DateTimeField()),
                ("label", models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name="entries", to="sessions_app.label")),
                ("user", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="entries", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "entries",
                "db_table": "entries",
                "indexes": [
                    models.Index(F("user"), F("at").desc(), F("id").desc(), name="entries_user_newest"),
                    models.Index(fields=["user", "local_date"], include=("minutes",), name="entries_user_days"),
                    models.Index(F("user"), F("label"), F("at").desc(), F("id").desc(), condition=Q(("label__isnull", False)), name="entries_label"),
                    models.Index(condition=Q(("import_id__isnull", False)), fields=["import_id"], name="entries_import"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("minutes__range", (1, 720))), name="entries_minutes_range"),
                    models.CheckConstraint(condition=Q(("ended_at", None), ("ended_at", F("at") + F("minutes") * Value(datetime.timedelta(minutes=1))), _connector="OR"), name="entries_end_after_minutes"),
                    models.CheckConstraint(condition=Q(Q(("import_key__isnull", False), ("source", "import")), Q(("import_id__isnull", True), ("import_key__isnull", True), ("source__in", ["manual", "offline"])), _connector="OR"), name="entries_source_known"),
                    models.UniqueConstraint(condition=Q(("client_id__isnull", False)), fields=("user", "client_id"), name="entries_client_id_once"),
                    models.UniqueConstraint(condition=Q(("import_key__isnull", False)), fields=("user", "import_key"), name="entries_import_key_once"),
                ],
            },
        ),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
    ]
