"""The ranking in use, as Postgres knows it, and the changes that it has yet to take.

Whoever reads a board applies what is pending first, so that a board is never behind
the tables. Commits make changes visible, one reader at a time takes them, and Valkey
has them before Postgres forgets them: nothing is lost, whoever dies in between.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from django.db import connection, transaction

from accounts.models import User
from leaderboard.models import Change, Ranking
from leaderboard.sorted_sets import SortedSets, Standing
from stats.models import UserStats

RANKING = Ranking._meta.db_table
CHANGES = Change._meta.db_table
USERS = User._meta.db_table
USER_STATS = UserStats._meta.db_table

# Changes are noted for so long after the last batch.
RECORDED_FOR = "interval '1 hour'"
# No transaction that ends a batch takes as long: an end that is nearer is no end yet.
MARGIN = "interval '1 minute'"
# A builder says at least so often that it is alive.
CLAIMED_FOR = "interval '30 seconds'"
BATCH = 1000

LOOK = f"""
SELECT r.generation, r.position,
       r.recorded_until > clock_timestamp() + {MARGIN},
       r.recorded_until < clock_timestamp() + {RECORDED_FOR} / 2,
       r.claimed_until > clock_timestamp(),
       pending.count, pending.own, u.id, u.username, u.lvl
FROM (
    SELECT count(*) AS count, coalesce(bool_or(user_id = %s), false) AS own
    FROM (SELECT user_id FROM {CHANGES} ORDER BY id LIMIT {BATCH}) AS first
) AS pending
LEFT JOIN {RANKING} r ON true
LEFT JOIN {USERS} u ON u.id = ANY(%s)
"""  # noqa: S608  (names of our own tables)

# One at a time, and nobody waits. The rows of a batch are of one snapshot; the figures
# are read by a later statement, and so are at least as new.
TAKE = f"""
WITH ranking AS (
    SELECT generation, position, nextval('leaderboard_batches') AS number
    FROM {RANKING} WHERE generation = %s FOR NO KEY UPDATE SKIP LOCKED
), taken AS (
    DELETE FROM {CHANGES} WHERE id IN (
        SELECT id FROM {CHANGES} WHERE EXISTS (SELECT FROM ranking)
        ORDER BY id LIMIT {BATCH}
    ) RETURNING user_id
)
SELECT position, number, (SELECT array_agg(DISTINCT user_id) FROM taken) FROM ranking
"""  # noqa: S608

STANDINGS = f"""
SELECT u.id, u.is_active AND u.leaderboard_visible, u.xp_points,
       s.total_focus_min, s.best_streak, s.total_sessions
FROM {USERS} u LEFT JOIN {USER_STATS} s ON s.user_id = u.id
"""  # noqa: S608

ADVANCE = f"""
UPDATE {RANKING}
SET position = %s, recorded_until = clock_timestamp() + {RECORDED_FOR},
    claimed_until = clock_timestamp()
WHERE generation = %s
"""  # noqa: S608

CLAIM = f"""
INSERT INTO {RANKING} AS r (id, generation, position, recorded_until, claimed_until)
VALUES (1, %s, NULL, clock_timestamp() + {RECORDED_FOR},
        clock_timestamp() + {CLAIMED_FOR})
ON CONFLICT (id) DO UPDATE
SET generation = excluded.generation, position = NULL,
    recorded_until = excluded.recorded_until, claimed_until = excluded.claimed_until
WHERE r.claimed_until <= clock_timestamp()
RETURNING generation
"""  # noqa: S608

KEEP_CLAIM = f"""
UPDATE {RANKING}
SET recorded_until = clock_timestamp() + {RECORDED_FOR},
    claimed_until = clock_timestamp() + {CLAIMED_FOR}
WHERE generation = %s AND position IS NULL
RETURNING 1
"""  # noqa: S608

# Of this database, and not ourselves.
WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND relation IN (%s::regclass, %s::regclass) AND mode = 'RowExclusiveLock'
  AND pid IS DISTINCT FROM pg_backend_pid()
"""

HOLD = f"SELECT 1 FROM {RANKING} WHERE generation = %s"  # noqa: S608
PENDING = f"SELECT user_id FROM {CHANGES} WHERE user_id = ANY(%s)"  # noqa: S608


class Name(NamedTuple):
    username: str
    lvl: int


@dataclass(frozen=True, slots=True)
class Look:
    """What is known at one moment; `names` has those of the users asked for.

    Without any ranking `generation` is None and `position` 0.
    """

    generation: uuid.UUID | None
    position: int
    in_use: bool
    due: bool
    claimed: bool
    pending: int
    own_pending: bool
    names: dict[uuid.UUID, Name]

    @property
    def more_than_a_batch(self) -> bool:
        return self.pending >= BATCH


class Drained(Enum):
    """What became of the wish to apply what is pending."""

    DONE = auto()
    BUSY = auto()  # somebody else does it at this moment
    LOST = auto()  # the sorted sets are not those that Postgres knows of


class BuildRunning(Exception):
    """Somebody else builds a ranking at this moment."""


def look(user_id: uuid.UUID, wanted: Iterable[uuid.UUID]) -> Look:
    """Return the state of the ranking, and the names of `wanted`, of one moment."""
    rows = _ask(LOOK, [user_id, list(wanted)])
    generation, position, alive, due, claimed, pending, own = rows[0][:7]
    return Look(
        generation=generation,
        position=position or 0,
        in_use=bool(alive) and position is not None,
        due=bool(due),
        claimed=bool(claimed),
        pending=pending,
        own_pending=own,
        names={row[7]: Name(row[8], row[9]) for row in rows if row[7]},
    )


def drain(sets: SortedSets) -> Drained:
    """Apply a batch of changes to the sorted sets, and say that the ranking is in use.

    RedisError and DatabaseError leave the changes pending.
    """
    try:
        with transaction.atomic():
            return _drain(sets)
    except _Refused:
        return Drained.LOST


def _drain(sets: SortedSets) -> Drained:
    rows = _ask(TAKE, [sets.generation])
    if not rows:
        return Drained.BUSY
    position, number, user_ids = rows[0]
    found = standings_of(user_ids or [])
    gone = set(user_ids or []) - {standing.user_id for standing in found}
    changed = [*found, *map(Standing.of_nobody, gone)]
    if not sets.apply(changed, after=position or 0, number=number):
        raise _Refused
    _ask(ADVANCE, [number, sets.generation])
    return Drained.DONE


class _Refused(Exception):
    """Rolls the batch back."""


def standings_of(user_ids: list[uuid.UUID]) -> list[Standing]:
    """Return the figures of those of the users who exist."""
    return _standings(f"{STANDINGS} WHERE u.id = ANY(%s)", [user_ids])


def standings_after(user_id: uuid.UUID, limit: int) -> list[Standing]:
    """Return the figures of the next users, in the order of their ids."""
    where = "WHERE u.id > %s ORDER BY u.id LIMIT %s"
    return _standings(f"{STANDINGS} {where}", [user_id, limit])


def _standings(sql: str, params: list[Any]) -> list[Standing]:
    return [
        Standing(user_id, listed, (xp, minutes or 0, streak or 0, sessions or 0))
        for user_id, listed, xp, minutes, streak, sessions in _ask(sql, params)
    ]


def claim() -> uuid.UUID:
    """Begin a new ranking, for which changes are noted from now on. BuildRunning."""
    rows = _ask(CLAIM, [uuid.uuid4()])
    if not rows:
        raise BuildRunning
    generation: uuid.UUID = rows[0][0]
    return generation


def keep_claim(generation: uuid.UUID) -> None:
    """Say that the builder lives. BuildRunning when another has taken over."""
    if not _ask(KEEP_CLAIM, [generation]):
        raise BuildRunning


def writers() -> list[str]:
    """Return the transactions that have changed users or figures and have not ended."""
    rows = _ask(WRITERS, [USERS, USER_STATS])
    return [virtual_id for (virtual_id,) in rows]


def forget_changes() -> None:
    """Drop what is pending: who calls it reads all figures afterwards."""
    _ask(f"DELETE FROM {CHANGES}", [])  # noqa: S608


@contextmanager
def held(generation: uuid.UUID) -> Iterator[None]:
    """Keep everybody else from applying changes for the block."""
    with transaction.atomic():
        _ask(f"{HOLD} FOR NO KEY UPDATE", [generation])
        yield


def pending_among(user_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of the users have a change that is not applied yet."""
    return {user_id for (user_id,) in _ask(PENDING, [list(user_ids)])}


def _ask(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
