from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_ways_in_are_named"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="picture_id",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
