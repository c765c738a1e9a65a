import importlib

from django.db import migrations

ranking = importlib.import_module("leaderboard.migrations.0001_ranking")


class Migration(migrations.Migration):
    """The ranking in Valkey goes, with its tables.

    The linter is told to pass over it: a process of the release before that misses a
    table answers its boards from `users` and `user_stats`, as without Valkey.
    """

    dependencies = [("leaderboard", "0003_counted")]

    operations = [
        *(
            migrations.RunSQL(
                ranking.FORGET.format(table=table),
                ranking.NOTE.format(table=table, key=key),
            )
            for table, key in (("users", "id"), ("user_stats", "user_id"))
        ),
        migrations.RunSQL("DROP SEQUENCE leaderboard_batches", ranking.NUMBERS),
        migrations.RunSQL(migrations.RunSQL.noop, ranking.SWEEP),
        migrations.DeleteModel(name="Change"),
        migrations.DeleteModel(name="Ranking"),
    ]
