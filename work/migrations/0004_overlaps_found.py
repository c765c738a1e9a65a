from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('work', '0003_ended_jobs_by_status'),
    ]

    operations = [
        # With a default of the database's own no row is written again.
        migrations.AddField(
            model_name='proofrun',
            name='overlaps',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Entries whose time another record takes.'),
        ),
    ]
