from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty until a user's next credit or `rebuild_stats --all`, which comes after it."""

    dependencies = [
        ("stats", "0001_user_stats"),
    ]

    operations = [
        migrations.AddField(
            model_name="userstats",
            name="streak_zone",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Where all focus since the last focus day began was.",
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="userstats",
            name="streak_until",
            field=models.DateTimeField(
                blank=True,
                help_text="When the run is over unless it goes on.",
                null=True,
            ),
        ),
    ]
