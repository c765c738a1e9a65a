from django.db import migrations, models


# Rows come and go all the time; reads stay cheap as long as dead ones are swept.
KEPT = """
ALTER TABLE rank_changes ALTER id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE rank_changes SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000
);
"""

# The rows that a statement took away and added, as -1 and +1 user each.
MOVED = {
    "inserted": "SELECT *, 1 AS users FROM added",
    "updated": "SELECT *, -1 AS users FROM removed UNION ALL SELECT *, 1 FROM added",
    "deleted": "SELECT *, -1 AS users FROM removed",
}
EVENTS = {
    "inserted": "INSERT ON {table} REFERENCING NEW TABLE AS added",
    "updated": "UPDATE ON {table} REFERENCING OLD TABLE AS removed NEW TABLE AS added",
    "deleted": "DELETE ON {table} REFERENCING OLD TABLE AS removed",
}

# The user's row is locked, listed or not, before it is asked whether it is listed: a
# transaction that hides the user at this moment counts the figures as they were before
# ours, so we must count as if the user were hidden already, and wait to learn it.
# LATERAL and OFFSET 0 keep one look-up by key for each row: a plan that was made for a
# statement of many rows stays with the connection, and would read whole tables for one.
COUNTS = {
    "user_stats": """
        WITH moved AS MATERIALIZED ({moved}),
        owners AS MATERIALIZED (
            SELECT u.* FROM (SELECT DISTINCT user_id FROM moved) AS of
            CROSS JOIN LATERAL (
                SELECT id, is_active AND leaderboard_visible AS listed
                FROM users WHERE id = of.user_id FOR SHARE
            ) AS u
        )
        SELECT c.board, c.score, sum(moved.users)
        FROM moved JOIN owners ON owners.id = moved.user_id AND owners.listed
        CROSS JOIN LATERAL (VALUES (2, moved.total_focus_min),
            (3, moved.best_streak), (4, moved.total_sessions)) AS c (board, score)
        WHERE c.score > 0
        GROUP BY c.board, c.score HAVING sum(moved.users) <> 0
    """,
    "users": """
        WITH moved AS MATERIALIZED (
            SELECT id, xp_points, users FROM ({moved}) AS every
            WHERE is_active AND leaderboard_visible
        )
        SELECT 1, xp_points, sum(users) FROM moved
        WHERE xp_points > 0 GROUP BY xp_points HAVING sum(users) <> 0
        UNION ALL
        SELECT c.board, c.score, sum(shown.users)
        FROM (
            SELECT id, sum(users) AS users FROM moved GROUP BY id HAVING sum(users) <> 0
        ) AS shown
        CROSS JOIN LATERAL (
            SELECT * FROM user_stats WHERE user_id = shown.id OFFSET 0
        ) AS s
        CROSS JOIN LATERAL (VALUES (2, s.total_focus_min),
            (3, s.best_streak), (4, s.total_sessions)) AS c (board, score)
        WHERE c.score > 0
        GROUP BY c.board, c.score HAVING sum(shown.users) <> 0
    """,
}

TRIGGER = """
CREATE FUNCTION rank_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rank_changes (board, score, users) {counts};
    RETURN NULL;
END $$;
CREATE TRIGGER rank_{event} AFTER {on}
    FOR EACH STATEMENT EXECUTE FUNCTION rank_{table}_{event}();
"""


def trigger(table, event):
    counts = COUNTS[table].format(moved=MOVED[event])
    return migrations.RunSQL(
        TRIGGER.format(
            table=table, event=event, counts=counts, on=EVENTS[event].format(table=table)
        ),
        f"DROP FUNCTION rank_{table}_{event} CASCADE",
    )


class Migration(migrations.Migration):
    """From here on every change is noted; the next one counts what stood before."""

    dependencies = [
        ("accounts", "0003_session_epoch"),
        ("leaderboard", "0001_ranking"),
        ("stats", "0001_user_stats"),
    ]

    operations = [
        migrations.CreateModel(
            name="RankCount",
            fields=[
                ("pk", models.CompositePrimaryKey("board", "level", "bucket", blank=True, editable=False, primary_key=True, serialize=False)),
                ("board", models.SmallIntegerField()),
                ("level", models.SmallIntegerField()),
                ("bucket", models.IntegerField()),
                ("users", models.IntegerField()),
            ],
            options={"db_table": "rank_counts"},
        ),
        migrations.CreateModel(
            name="RankChange",
            fields=[
                ("pk", models.CompositePrimaryKey("board", "id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("board", models.SmallIntegerField()),
                ("id", models.BigIntegerField(help_text="Numbered by Postgres.")),
                ("score", models.IntegerField()),
                ("users", models.IntegerField()),
            ],
            options={"db_table": "rank_changes"},
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        *(trigger(table, event) for table in COUNTS for event in EVENTS),
    ]
