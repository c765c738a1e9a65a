from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """A grown plant is as tall as its session earned; 0003 checks the rows that stand."""

    dependencies = [
        ("garden", "0001_plants"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="plant",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["growing", "grown", "withered"])),
                name="garden_state_known",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="plant",
            name="garden_grown_is_full",
        ),
    ]
