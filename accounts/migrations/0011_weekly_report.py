from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_every_address_is_judged"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="weekly_report",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A letter each Monday, if verified.",
            ),
        ),
    ]
