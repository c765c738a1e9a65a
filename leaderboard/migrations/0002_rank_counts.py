from django.db import migrations, models


# Rows come and go all the time; reads stay cheap as long as dead ones are swept.
KEPT = """
ALTER TABLE rank_changes ALTER id ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE rank_changes SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000
);
"""

# Rows come and go by the thousand, so that a statement counts them all at once.
COUNTED_AT_ONCE = """
CREATE FUNCTION rank_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rank_changes (board, score, users)
    SELECT board, score, {sign} * count(*) FROM ({scores}) AS scores
    WHERE score > 0 GROUP BY board, score;
    RETURN NULL;
END $$;
CREATE TRIGGER rank_{event} AFTER {kind} ON {table}
    REFERENCING {rows} TABLE AS moved
    FOR EACH STATEMENT EXECUTE FUNCTION rank_{table}_{event}();
"""
KINDS = {"inserted": ("INSERT", "NEW", 1), "deleted": ("DELETE", "OLD", -1)}

# The user's row is locked, listed or not, before it is asked whether it is listed: a
# transaction that hides the user at this moment counts the figures as they were before
# ours, so we must count as if the user were hidden already, and wait to learn it.
# LATERAL (and OFFSET 0) keeps one look-up by key for each row: a plan that was made for
# a statement of many rows stays with the connection, and would read whole tables for one.
BOARDS_OF_STATS = """
    (VALUES (2, s.total_focus_min), (3, s.best_streak), (4, s.total_sessions))
    AS boards (board, score)
"""
SCORES = {
    "user_stats": f"""
        WITH owned AS MATERIALIZED (
            SELECT moved.*, u.listed FROM moved CROSS JOIN LATERAL (
                SELECT is_active AND leaderboard_visible AS listed
                FROM users WHERE id = moved.user_id FOR SHARE
            ) AS u
        )
        SELECT board, score FROM owned AS s CROSS JOIN LATERAL {BOARDS_OF_STATS} WHERE listed
    """,
    # There may be figures without a user within a transaction.
    "users": f"""
        SELECT 1 AS board, xp_points AS score
        FROM moved WHERE is_active AND leaderboard_visible
        UNION ALL
        SELECT board, score
        FROM moved CROSS JOIN LATERAL (
            SELECT * FROM user_stats WHERE user_id = moved.id OFFSET 0
        ) AS s CROSS JOIN LATERAL {BOARDS_OF_STATS}
        WHERE is_active AND leaderboard_visible
    """,
}

# Figures change row by row: this costs half, and nothing where no score changes.
UPDATED = {
    "user_stats": """
CREATE FUNCTION rank_user_stats_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    listed boolean;
BEGIN
    SELECT is_active AND leaderboard_visible INTO listed
    FROM users WHERE id = NEW.user_id FOR SHARE;
    IF listed THEN
        INSERT INTO rank_changes (board, score, users)
        SELECT board, score, moved FROM (VALUES
            (2, OLD.total_focus_min, NEW.total_focus_min, -1),
            (2, NEW.total_focus_min, OLD.total_focus_min, 1),
            (3, OLD.best_streak, NEW.best_streak, -1),
            (3, NEW.best_streak, OLD.best_streak, 1),
            (4, OLD.total_sessions, NEW.total_sessions, -1),
            (4, NEW.total_sessions, OLD.total_sessions, 1)
        ) AS moves (board, score, other, moved)
        WHERE score <> other AND score > 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rank_updated AFTER UPDATE ON user_stats FOR EACH ROW
    WHEN (
        (OLD.total_focus_min, OLD.best_streak, OLD.total_sessions)
        IS DISTINCT FROM (NEW.total_focus_min, NEW.best_streak, NEW.total_sessions)
    )
    EXECUTE FUNCTION rank_user_stats_updated();
""",
    "users": f"""
CREATE FUNCTION rank_users_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_listed constant boolean := OLD.is_active AND OLD.leaderboard_visible;
    is_listed constant boolean := NEW.is_active AND NEW.leaderboard_visible;
BEGIN
    INSERT INTO rank_changes (board, score, users)
    SELECT 1, score, moved FROM (VALUES
        (OLD.xp_points, was_listed, -1), (NEW.xp_points, is_listed, 1)
    ) AS moves (score, listed, moved)
    WHERE listed AND score > 0;
    IF was_listed <> is_listed THEN
        INSERT INTO rank_changes (board, score, users)
        SELECT board, score, CASE WHEN is_listed THEN 1 ELSE -1 END
        FROM user_stats AS s CROSS JOIN LATERAL {BOARDS_OF_STATS}
        WHERE s.user_id = NEW.id AND score > 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rank_updated AFTER UPDATE ON users FOR EACH ROW
    WHEN (
        (OLD.xp_points, OLD.is_active, OLD.leaderboard_visible)
        IS DISTINCT FROM (NEW.xp_points, NEW.is_active, NEW.leaderboard_visible)
    )
    EXECUTE FUNCTION rank_users_updated();
""",
}


def triggers(table):
    for event, (kind, rows, sign) in KINDS.items():
        yield event, COUNTED_AT_ONCE.format(
            table=table, event=event, kind=kind, rows=rows, sign=sign, scores=SCORES[table]
        )
    yield "updated", UPDATED[table]


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
        *(
            migrations.RunSQL(sql, f"DROP FUNCTION rank_{table}_{event} CASCADE")
            for table in ("users", "user_stats")
            for event, sql in triggers(table)
        ),
    ]
