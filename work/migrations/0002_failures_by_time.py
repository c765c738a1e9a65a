from django.db import migrations


class Migration(migrations.Migration):

    # Built beside traffic: see docs/operations.md, "Upgrade".
    atomic = False

    dependencies = [
        ('work', '0001_jobs_once_keys_and_proof_runs'),
    ]

    operations = [
        # A scrape: what failed in the last hour. Of the other events it has none.
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY work_failures ON procrastinate_events (at)"
            " WHERE type = 'failed'",
            reverse_sql="DROP INDEX CONCURRENTLY work_failures",
        ),
    ]
