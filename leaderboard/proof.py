"""Where the ranking in Valkey differs from the tables."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leaderboard import ranking
from leaderboard.ranking import Drained
from leaderboard.sorted_sets import BOARDS, Place, SortedSets, Standing

BATCH = 1000


class NotInUse(Exception):
    """There is no ranking that the boards would be read from."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place on a board, as Valkey and as the tables have it."""

    user_id: uuid.UUID
    board: str
    ranked: Place
    stored: Place


def differences(compared: Callable[[int], object]) -> Iterator[Difference]:
    """Compare every user and every member; `compared` hears how many users at a time.

    What changes meanwhile is noted as pending, and is no difference. NotInUse.
    """
    sets = _in_use()
    last = uuid.UUID(int=0)
    while True:
        with ranking.held(sets.generation):
            stored = ranking.standings_after(last, BATCH)
            if not stored:
                break
            yield from _differences(sets, stored)
        last = stored[-1].user_id
        compared(len(stored))
    for members in sets.members():
        with ranking.held(sets.generation):
            found = ranking.standings_of(list(members))
            gone = members - {standing.user_id for standing in found}
            yield from _differences(sets, list(map(Standing.of_nobody, gone)))


def _in_use() -> SortedSets:
    seen = ranking.look(uuid.UUID(int=0), [])
    if not seen.in_use or seen.generation is None:
        raise NotInUse
    sets = SortedSets(seen.generation)
    while seen.pending:
        if ranking.drain(sets) is Drained.LOST:
            raise NotInUse
        seen = ranking.look(uuid.UUID(int=0), [])
    return sets


def _differences(sets: SortedSets, stored: list[Standing]) -> list[Difference]:
    if not stored:
        return []
    held = sets.places([standing.user_id for standing in stored])
    # Asked last: whatever was committed before the figures were read is among them.
    pending = ranking.pending_among(standing.user_id for standing in stored)
    return [
        Difference(standing.user_id, board.slug, ranked, place)
        for places, standing in zip(held, stored, strict=True)
        if standing.user_id not in pending
        for board, ranked, place in zip(BOARDS, places, standing.places, strict=True)
        if ranked != place
    ]
