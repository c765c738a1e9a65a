from django.db import migrations

# All that stands is counted in one snapshot, beside any traffic: nobody waits for it.
# What was noted before the snapshot is in it; what comes later stays noted.
COUNT = """
LOCK TABLE rank_counts IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM rank_counts;
WITH listed AS (
    SELECT id, xp_points FROM users WHERE is_active AND leaderboard_visible
), scores AS (
    SELECT 1 AS board, xp_points AS score, count(*) AS users
    FROM listed WHERE xp_points > 0 GROUP BY score
    UNION ALL
    SELECT 2, total_focus_min, count(*) FROM user_stats s JOIN listed ON id = s.user_id
    WHERE total_focus_min > 0 GROUP BY total_focus_min
    UNION ALL
    SELECT 3, best_streak, count(*) FROM user_stats s JOIN listed ON id = s.user_id
    WHERE best_streak > 0 GROUP BY best_streak
    UNION ALL
    SELECT 4, total_sessions, count(*) FROM user_stats s JOIN listed ON id = s.user_id
    WHERE total_sessions > 0 GROUP BY total_sessions
), forgotten AS (
    DELETE FROM rank_changes
)
INSERT INTO rank_counts (board, level, bucket, users)
SELECT board, level, score >> shift, sum(users)
FROM scores CROSS JOIN (VALUES (0, 0), (1, 8), (2, 16)) AS levels (level, shift)
GROUP BY board, level, score >> shift;
"""


class Migration(migrations.Migration):
    """By itself: it begins after the triggers note the changes of every transaction."""

    dependencies = [("leaderboard", "0002_rank_counts")]

    operations = [migrations.RunSQL(COUNT, "DELETE FROM rank_counts")]
