"""Counting the users of every score: folding the changes, recounting, comparing.

Each is one statement and so of one snapshot: whatever commits meanwhile has its figures
and its changes outside of it, both. Only one process writes the counts at a time; reads
and the writes of users never wait.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from leaderboard.boards import BOARDS, LISTED
from leaderboard.models import SHIFTS, RankChange, RankCount
from stats.models import UserStats

COUNTS = RankCount._meta.db_table
CHANGES = RankChange._meta.db_table
SOURCES = {
    "users": f"{User._meta.db_table} u",
    "user_stats": (
        f"{UserStats._meta.db_table} s JOIN {User._meta.db_table} u ON u.id = s.user_id"
    ),
}
LEVELS = ", ".join(f"({level}, {shift})" for level, shift in SHIFTS.items())

# Before the snapshot is taken: it must hold what the process before has written.
ALONE = f"LOCK TABLE {COUNTS} IN SHARE ROW EXCLUSIVE MODE"
# All of the tables may be read, and waited for: longer than a request may take.
UNHURRIED = """
SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)
"""


def _in_buckets(scores: str) -> str:
    """Return the SQL that puts rows of (board, score, users) into buckets."""
    return f"""
    SELECT board, level, score >> shift AS bucket, sum(users)::integer AS users
    FROM ({scores}) AS scores CROSS JOIN (VALUES {LEVELS}) AS levels (level, shift)
    GROUP BY board, level, bucket HAVING sum(users) <> 0
    """  # noqa: S608  (names of our own tables, here and below)


FOLD = f"""
WITH taken AS (DELETE FROM {CHANGES} RETURNING board, score, users),
moved AS ({_in_buckets("SELECT * FROM taken")})
MERGE INTO {COUNTS} c USING moved m
ON c.board = m.board AND c.level = m.level AND c.bucket = m.bucket
WHEN MATCHED AND c.users + m.users = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET users = c.users + m.users
WHEN NOT MATCHED THEN INSERT VALUES (m.board, m.level, m.bucket, m.users)
"""  # noqa: S608  (names of ours alone)

# Scores are counted before they are put into buckets: there are far fewer of them.
OF_BOARD = """
SELECT {board} AS board, {figure} AS score, count(*) AS users FROM {source}
WHERE {listed} AND {figure} > 0 GROUP BY {figure}
"""
STORED = _in_buckets(
    " UNION ALL ".join(
        OF_BOARD.format(
            board=board.number,
            figure=board.figure,
            source=SOURCES[board.source],
            listed=LISTED,
        )
        for board in BOARDS
    )
)

RECOUNT = f"""
WITH stored AS MATERIALIZED ({STORED}),
forgotten AS (DELETE FROM {CHANGES}),
outdated AS (
    DELETE FROM {COUNTS} c WHERE NOT EXISTS (
        SELECT FROM stored s
        WHERE (s.board, s.level, s.bucket) = (c.board, c.level, c.bucket)
    )
)
INSERT INTO {COUNTS} (board, level, bucket, users)
SELECT board, level, bucket, users FROM stored
ON CONFLICT (board, level, bucket) DO UPDATE SET users = excluded.users
"""  # noqa: S608  (names of ours alone)

COMPARE = f"""
WITH stored AS ({STORED}),
counted AS (
    SELECT board, level, bucket, sum(users)::integer AS users
    FROM (
        SELECT board, level, bucket, users FROM {COUNTS}
        UNION ALL ({_in_buckets(f"SELECT board, score, users FROM {CHANGES}")})
    ) AS both_parts
    GROUP BY board, level, bucket HAVING sum(users) <> 0
)
SELECT board, level, bucket, coalesce(counted.users, 0), coalesce(stored.users, 0)
FROM counted FULL JOIN stored USING (board, level, bucket)
"""  # noqa: S608  (names of ours alone)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The users of a range of scores, as they are counted and as the tables have them."""

    slug: str
    lowest: int
    highest: int
    counted: int
    stored: int


def fold() -> int:
    """Move the changes into the counts; return how many buckets were written."""
    return _write(FOLD)


def recount() -> int:
    """Count all users anew; return how many buckets there are."""
    return _write(RECOUNT)


def compared() -> list[Bucket]:
    """Return every bucket, of one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UNHURRIED)
        cursor.execute(COMPARE)
        return [_bucket(*row) for row in cursor.fetchall()]


def _write(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UNHURRIED)
        cursor.execute(ALONE)
        cursor.execute(statement)
        return int(cursor.rowcount)


def _bucket(board: int, level: int, bucket: int, *users: Any) -> Bucket:
    slug = next(known.slug for known in BOARDS if known.number == board)
    lowest = bucket << SHIFTS[level]
    return Bucket(slug, lowest, ((bucket + 1) << SHIFTS[level]) - 1, *users)
