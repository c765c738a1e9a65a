from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """By itself: it reads the whole table, and nobody has to wait for it."""

    dependencies = [
        ("garden", "0002_grown_as_far_as_earned"),
    ]

    operations = [
        ValidateConstraint(model_name="plant", name="garden_state_known"),
    ]
