"""Building the ranking in Valkey from the tables, beside any traffic."""

import time
import uuid
from collections.abc import Callable

from leaderboard import ranking
from leaderboard.ranking import Drained
from leaderboard.sorted_sets import BOARDS, SortedSets

BATCH = 2000  # users; a batch holds Valkey for a few milliseconds
LOOKS_EVERY = 0.02  # seconds
NOBODY = uuid.UUID(int=0)  # before all others


class Interrupted(Exception):
    """Valkey lost a part of what was built."""


def build(built: Callable[[int], object] = lambda users: None) -> int:
    """Build a ranking and put it into use; return how many users it was built from.

    `built` hears of each batch. Postgres answers until all of it is there. Changes are
    noted from the first moment on, and what the figures were read before is applied
    at the end. BuildRunning, Interrupted; RedisError and DatabaseError.
    """
    before = ranking.look(NOBODY, []).generation
    generation = ranking.claim()
    sets = SortedSets(generation)
    sets.begin()
    _outwait(ranking.writers(), generation)
    ranking.forget_changes()
    users, listed = 0, [0] * len(BOARDS)
    last = NOBODY
    while batch := ranking.standings_after(last, BATCH):
        ranking.keep_claim(generation)
        sets.add(batch)
        for standing in batch:
            for n, figure in enumerate(standing.figures):
                listed[n] += standing.listed and figure > 0
        last = batch[-1].user_id
        users += len(batch)
        built(len(batch))
    if not sets.open(listed) or ranking.drain(sets) is not Drained.DONE:
        raise Interrupted
    if before:
        SortedSets(before).drop()
    return users


def _outwait(writers: list[str], generation: uuid.UUID) -> None:
    """Wait for those who may have written before changes were noted."""
    while set(writers) & set(ranking.writers()):
        ranking.keep_claim(generation)
        time.sleep(LOOKS_EVERY)


def catch_up() -> None:
    """Apply all that is pending, or build anew where the ranking is no use."""
    seen = ranking.look(NOBODY, [])
    while seen.in_use and seen.generation:
        if ranking.drain(SortedSets(seen.generation)) is Drained.LOST:
            break
        seen = ranking.look(NOBODY, [])
        if not seen.pending:
            return
    build()
