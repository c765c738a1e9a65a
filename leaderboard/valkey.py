"""Ranks from the sorted sets, wherever these are sure to be as far as the tables."""

import logging
import uuid

from django.db import DatabaseError
from redis.exceptions import RedisError

from leaderboard import healing, ranking
from leaderboard.boards import Board, Standings
from leaderboard.postgres import PostgresEngine, ranked
from leaderboard.ranking import Drained, Look
from leaderboard.sorted_sets import Page, SortedSets

logger = logging.getLogger(__name__)

# To learn the name of the ranking, to apply what is pending, and to read.
LOOKS = 3


class ValkeyEngine:
    """The engine whose own rank and pages cost the same for a million users.

    What it cannot answer rightly Postgres answers, while it heals.
    """

    def __init__(self) -> None:
        self._postgres = PostgresEngine()
        # Which sorted sets are in use, as far as this process has heard.
        self._sets = SortedSets(uuid.UUID(int=0))

    def standings(
        self, board: Board, *, user_id: uuid.UUID, limit: int, offset: int
    ) -> Standings:
        """Return a page of a board as the asking user may see it."""
        try:
            found = self._standings(board, user_id, limit, offset)
        except (RedisError, DatabaseError) as error:
            # A database that only reads, or is away: Postgres' own answer tells.
            logger.warning("boards are answered by Postgres: %s", error)
            found = None
        return found or self._postgres.standings(
            board, user_id=user_id, limit=limit, offset=offset
        )

    def _standings(
        self, board: Board, user_id: uuid.UUID, limit: int, offset: int
    ) -> Standings | None:
        drained: Drained | None = None
        for _ in range(LOOKS):
            sets = self._sets
            page = sets.page(board, user_id=user_id, limit=limit, offset=offset)
            seen = ranking.look(user_id, [who for who, _ in page.rows] if page else [])
            if not seen.in_use or seen.generation is None:
                healing.start(claimed=seen.claimed)
                return None
            if seen.generation != sets.generation:
                self._sets = SortedSets(seen.generation)
                continue
            if page and _is_fresh(page, seen):
                return _answer(page, seen, offset)
            if drained is None:
                drained = ranking.drain(sets)
                if drained is Drained.DONE:
                    continue
            if drained is Drained.LOST or seen.more_than_a_batch:
                healing.start(claimed=seen.claimed)
                return None
            # What is still pending came meanwhile, or another reader applies it.
            if page and page.position >= seen.position and not seen.own_pending:
                return _answer(page, seen, offset)
        return None


def _is_fresh(page: Page, seen: Look) -> bool:
    return page.position == seen.position and not (seen.pending or seen.due)


def _answer(page: Page, seen: Look, offset: int) -> Standings | None:
    """Put names to a page; None where somebody on it has just gone."""
    if any(member not in seen.names for member, _ in page.rows):
        return None
    rows = [(member, *seen.names[member], score) for member, score in page.rows]
    return Standings(
        entries=ranked(rows, offset, page.above_page),
        own_rank=None if page.above_own is None else page.above_own + 1,
        total=page.total,
    )
