from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0002_idempotent_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='CommandRun',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'command_runs',
            },
        ),
    ]
