from django.db import migrations


class Migration(migrations.Migration):

    # Built beside traffic: see docs/operations.md, "Upgrade".
    atomic = False

    dependencies = [
        ('work', '0002_failures_by_time'),
    ]

    operations = [
        # A scrape counts them, without a look at the rows; the admin filters by status.
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY work_ended_jobs"
            " ON procrastinate_jobs (status, queue_name)"
            " WHERE status NOT IN ('todo', 'doing')",
            reverse_sql="DROP INDEX CONCURRENTLY work_ended_jobs",
        ),
    ]
