"""A page of a board with ranks and counts: one statement, and so one snapshot.

No user is counted. The users above a score are those of the buckets above it: of the
highest level, of the next level within the same bucket, and so on; and the changes that
are not folded into buckets yet. A page far down begins in the bucket that holds its
first user.
"""

import uuid
from functools import cache
from typing import Any

from django.db import connection

from accounts.models import User
from leaderboard.boards import LISTED, Board, Entry, Standings
from leaderboard.models import SHIFTS, RankChange, RankCount
from stats.models import UserStats

COUNTS = RankCount._meta.db_table
CHANGES = RankChange._meta.db_table
USERS = User._meta.db_table
USER_STATS = UserStats._meta.db_table
TOP = max(SHIFTS)
# Bits by which the buckets of a level are finer than those of the level above.
STEP = 8
SIBLINGS = 2**STEP - 1

# A limit is part of the text, and there are two: with one as a parameter Postgres plans
# the statement anew at each call, as a plan for every limit seems to cost more.
LIMITS = (10, 100)

TABLES = {
    "users": (f"{USERS} u", "u.id"),
    "user_stats": (f"{USER_STATS} s JOIN {USERS} u ON u.id = s.user_id", "s.user_id"),
}

STANDINGS = """
WITH own AS MATERIALIZED (
    SELECT coalesce((SELECT {figure} FROM {source} WHERE {key} = %(user_id)s), 0) AS score
), pending AS MATERIALIZED (
    SELECT score, sum(users) AS users
    FROM {changes} WHERE board = {board} GROUP BY score
), {start} page AS ({page})
SELECT
    (SELECT coalesce(sum(users), 0) FROM (
        SELECT users FROM {counts} WHERE board = {board} AND level = {top}
        UNION ALL SELECT users FROM pending
    ) AS listed)::integer,
    own.score,
    (SELECT coalesce(sum(users), 0) FROM (
        {above}
        UNION ALL SELECT users FROM pending WHERE score > (SELECT score FROM own)
    ) AS above)::integer,
    {above_page},
    page.*
FROM own LEFT JOIN page ON true
ORDER BY page.score DESC, page.id
"""

# The buckets of a level that are above the own score, within the bucket of the level
# above that holds it.
ABOVE = """
SELECT users FROM {counts} WHERE board = {board} AND level = {level}
AND bucket > (SELECT score >> {shift} FROM own) {siblings}
"""
ABOVE_SIBLINGS = "AND bucket <= (SELECT score >> {shift} | {mask} FROM own)"

ROWS = """
SELECT {key} AS id, u.username, u.lvl, u.picture_id, {figure} AS score FROM {source}
WHERE {listed} AND {figure} > 0
"""
FIRST_PAGE = "{rows} ORDER BY {figure} DESC, {key} LIMIT {limit}"

# The bucket of a level that holds the first user of the page, with how many users of
# this bucket come before that one.
WITHIN = """
level_{level} AS (
    SELECT bucket, skipped - (upto - users) AS skipped FROM (
        SELECT bucket, users, skipped, sum(users) OVER (ORDER BY bucket DESC) AS upto
        FROM (
            SELECT bucket, sum(users) AS users FROM (
                SELECT bucket, users FROM {counts}
                WHERE board = {board} AND level = {level} {siblings}
                UNION ALL
                SELECT bucket, users
                FROM (SELECT score >> {shift} AS bucket, users FROM pending) AS pending
                WHERE true {siblings}
            ) AS parts GROUP BY bucket
        ) AS buckets CROSS JOIN {before}
    ) AS summed
    WHERE upto > skipped ORDER BY bucket DESC LIMIT 1
),
"""
WITHIN_PAGE = "(SELECT %(offset)s::bigint AS skipped) AS page"
WITHIN_BUCKET = "(SELECT skipped FROM level_{above}) AS page"
WITHIN_SIBLINGS = """
AND bucket >= (SELECT bucket << {step} FROM level_{above})
AND bucket <= (SELECT bucket << {step} | {mask} FROM level_{above})
"""
# Of equal scores the first of the page is found by its id: both parts of the page begin
# at their first row of the index. LATERAL keeps Postgres from starting parallel workers,
# which take longer than the scan.
FIRST = """
first AS (
    SELECT bucket AS score, skipped, equal.id FROM level_0 CROSS JOIN LATERAL (
        SELECT {key} AS id FROM {source}
        WHERE {listed} AND {figure} > 0
        AND {figure} = bucket ORDER BY {key} LIMIT 1 OFFSET skipped
    ) AS equal
),
"""
LATER_PAGE = """
(
    {rows} AND {figure} = (SELECT score FROM first)
    AND {key} >= (SELECT id FROM first) ORDER BY {key} LIMIT {limit}
) UNION ALL (
    {rows} AND {figure} < (SELECT score FROM first)
    ORDER BY {figure} DESC, {key} LIMIT {limit}
) ORDER BY score DESC, id LIMIT {limit}
"""
ABOVE_LATER_PAGE = "(SELECT %(offset)s - skipped FROM first)::integer"


def standings(
    board: Board,
    *,
    user_id: uuid.UUID,
    limit: int,
    offset: int,
) -> Standings:
    """Return a page of a board as the asking user may see it.

    Listed are active users who are visible and score more than 0, ordered by user id
    where they score the same; everybody has an own rank: one more than the listed who
    score higher.
    """
    most = next(size for size in LIMITS if limit <= size)
    parameters = {"user_id": user_id} | ({"offset": offset} if offset else {})
    with connection.cursor() as cursor:
        cursor.execute(_statement(board, most, later=offset > 0), parameters)
        rows = cursor.fetchall()
    total, own_score, above_own, above_page = rows[0][:4]
    page = [row[4:] for row in rows[:limit] if row[4]]
    return Standings(
        entries=_ranked(page, offset, above_page),
        own_rank=above_own + 1 if own_score else None,
        total=total,
    )


@cache
def _statement(board: Board, limit: int, *, later: bool) -> str:
    source, key = TABLES[board.source]
    names = {
        "board": board.number,
        "figure": f"{key[0]}.{board.figure}",
        "source": source,
        "key": key,
        "counts": COUNTS,
        "changes": CHANGES,
        "limit": limit,
        "top": TOP,
        "listed": LISTED,
    }
    names["rows"] = ROWS.format(**names)
    names["above"] = " UNION ALL ".join(_above(level, names) for level in SHIFTS)
    if later:
        levels = "".join(
            _within(level, names) for level in sorted(SHIFTS, reverse=True)
        )
        parts = {
            "start": levels + FIRST.format(**names),
            "page": LATER_PAGE.format(**names),
            "above_page": ABOVE_LATER_PAGE,
        }
    else:
        parts = {"start": "", "page": FIRST_PAGE.format(**names), "above_page": "0"}
    return STANDINGS.format(**names, **parts)


def _above(level: int, names: dict[str, Any]) -> str:
    shift = SHIFTS[level]
    siblings = "" if level == TOP else ABOVE_SIBLINGS.format(shift=shift, mask=SIBLINGS)
    return ABOVE.format(**names, level=level, shift=shift, siblings=siblings)


def _within(level: int, names: dict[str, Any]) -> str:
    before, siblings = WITHIN_PAGE, ""
    if level != TOP:
        finer = {"step": STEP, "mask": SIBLINGS, "above": level + 1}
        before = WITHIN_BUCKET.format(**finer)
        siblings = WITHIN_SIBLINGS.format(**finer)
    return WITHIN.format(
        **names, level=level, shift=SHIFTS[level], before=before, siblings=siblings
    )


def _ranked(rows: list[tuple[Any, ...]], offset: int, above_page: int) -> list[Entry]:
    """Number a page; its first rows may tie with rows of the page before.

    A row is (user id, username, level, picture, score); `above_page` counts the users who score
    more than the first.
    """
    entries: list[Entry] = []
    for place, row in enumerate(rows, start=offset + 1):
        user_id, username, lvl, picture_id, score = row
        if not entries:
            rank = above_page + 1
        elif score == entries[-1].score:
            rank = entries[-1].rank
        else:
            rank = place
        entries.append(Entry(rank, user_id, username, lvl, picture_id, score))
    return entries
