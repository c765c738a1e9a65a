"""Ranks straight from the tables, in one statement and so of one moment."""

import uuid
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

from accounts.models import User
from leaderboard.boards import Board, Entry, Standings
from stats.models import UserStats

USERS = sql.Identifier(User._meta.db_table)
USER_STATS = sql.Identifier(UserStats._meta.db_table)

# The page is read along the board's index; only the counts look at everybody.
STANDINGS = sql.SQL(
    """
    WITH listed AS NOT MATERIALIZED (
        SELECT u.id, u.username, u.lvl, {score} AS score
        FROM {source}
        WHERE u.is_active AND u.leaderboard_visible AND {score} > 0
    ), page AS (
        SELECT * FROM listed ORDER BY score DESC, id LIMIT %(limit)s OFFSET %(offset)s
    ), own AS (
        SELECT coalesce(max({score}), 0) AS score
        FROM {source} WHERE u.id = %(user_id)s
    )
    SELECT counts.total, own.score, counts.above_own, counts.above_page, page.*
    FROM own
    CROSS JOIN LATERAL (
        SELECT count(*) AS total,
               count(*) FILTER (WHERE score > own.score) AS above_own,
               count(*) FILTER (WHERE score > (SELECT max(score) FROM page))
                   AS above_page
        FROM listed
    ) counts
    LEFT JOIN page ON true
    ORDER BY page.score DESC, page.id
    """
)
SOURCES = {
    "users": sql.SQL("{users} u").format(users=USERS),
    "user_stats": sql.SQL("{stats} s JOIN {users} u ON u.id = s.user_id").format(
        stats=USER_STATS, users=USERS
    ),
}


class PostgresEngine:
    """The engine that is always right, and slow only in its counts."""

    def standings(
        self,
        board: Board,
        *,
        user_id: uuid.UUID,
        limit: int,
        offset: int,
        using: str = DEFAULT_DB_ALIAS,
    ) -> Standings:
        """Return a page of a board as the asking user may see it."""
        with connections[using].cursor() as cursor:
            cursor.execute(
                _statement(board),
                {"user_id": user_id, "limit": limit, "offset": offset},
            )
            rows = cursor.fetchall()
        total, own_score, above_own, above_page = rows[0][:4]
        return Standings(
            entries=ranked([row[4:] for row in rows if row[4]], offset, above_page),
            own_rank=above_own + 1 if own_score else None,
            total=total,
        )


def _statement(board: Board) -> sql.Composed:
    alias = "u" if board.source == "users" else "s"
    return STANDINGS.format(
        source=SOURCES[board.source], score=sql.Identifier(alias, board.figure)
    )


def ranked(rows: list[tuple[Any, ...]], offset: int, above_page: int) -> list[Entry]:
    """Number a page; its first rows may tie with rows of the page before.

    A row is (user id, username, level, score); `above_page` counts who scores more
    than the first.
    """
    entries: list[Entry] = []
    for place, (user_id, username, lvl, score) in enumerate(rows, start=offset + 1):
        if not entries:
            rank = above_page + 1
        elif score == entries[-1].score:
            rank = entries[-1].rank
        else:
            rank = place
        entries.append(Entry(rank, user_id, username, lvl, score))
    return entries
