import importlib

from django.db import migrations

counted = importlib.import_module("leaderboard.migrations.0002_rank_counts")

# Who awaits the verification of an address is not listed. Nobody does while this runs,
# so that no count changes by it.
BEFORE = "{row}is_active AND {row}leaderboard_visible"
NOW = f"{BEFORE} AND NOT {{row}}awaits_verification"
WATCHED = "{row}is_active, {row}leaderboard_visible)"
NOW_WATCHED = "{row}is_active, {row}leaderboard_visible, {row}awaits_verification)"


def as_of_now(sql):
    for row in ("", "OLD.", "NEW."):
        sql = sql.replace(BEFORE.format(row=row), NOW.format(row=row))
        sql = sql.replace(WATCHED.format(row=row), NOW_WATCHED.format(row=row))
    return sql


def replacing(sql):
    return sql.replace("CREATE ", "CREATE OR REPLACE ")


class Migration(migrations.Migration):
    """The triggers that count go by one column more."""

    dependencies = [
        ("accounts", "0009_addresses_are_proven"),
        ("leaderboard", "0004_without_valkey"),
    ]

    operations = [
        migrations.RunSQL(replacing(as_of_now(sql)), replacing(sql))
        for table in ("users", "user_stats")
        for _, sql in counted.triggers(table)
    ]
