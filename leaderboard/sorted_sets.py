"""A ranking in Valkey: a sorted set a board, changed and read by one script each.

The score is the negative of the figure and the member the 16 bytes of the user's id,
so that Valkey's own order is that of the contract: highest first, ties by id. Who is
not listed stands in a second set, for the rank of their own.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from focusguard.counters import valkey
from leaderboard.boards import FOCUS_TIME, SESSIONS, STREAK, XP, Board

# The order of the figures of a `Standing`.
BOARDS = (XP, FOCUS_TIME, STREAK, SESSIONS)
# Twice as long as changes are noted: what nobody uses goes by itself.
KEPT_FOR = 2 * 60 * 60  # seconds

# KEYS: meta, four listed, four unlisted. ARGV: position before, number of the batch,
# seconds to keep, then for each user: member, listed, four figures.
# Refuses, with 0, what is not the next batch of the ranking that it is meant for.
APPLY = """
local at = tonumber(redis.call('HGET', KEYS[1], 'position'))
local number = tonumber(ARGV[2])
if not at or at < tonumber(ARGV[1]) or number <= at then return 0 end
for board = 1, 4 do
    if redis.call('ZCARD', KEYS[1 + board])
        ~= tonumber(redis.call('HGET', KEYS[1], 'listed' .. board)) then return 0 end
end
for first = 4, #ARGV, 6 do
    local member, listed = ARGV[first], ARGV[first + 1] == '1'
    for board = 1, 4 do
        local figure = tonumber(ARGV[first + 1 + board])
        local there, away = KEYS[1 + board], KEYS[5 + board]
        if not listed then there, away = away, there end
        redis.call('ZREM', away, member)
        if figure > 0 then
            redis.call('ZADD', there, -figure, member)
        else
            redis.call('ZREM', there, member)
        end
    end
end
redis.call('HSET', KEYS[1], 'position', ARGV[2])
for board = 1, 4 do
    local listed = redis.call('ZCARD', KEYS[1 + board])
    redis.call('HSET', KEYS[1], 'listed' .. board, listed)
end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[3]) end
return 1
"""

# KEYS: meta, listed, unlisted. ARGV: member, limit, offset, number of the board.
# Nothing where the set is not as it was left.
PAGE = """
local meta = redis.call('HMGET', KEYS[1], 'position', 'listed' .. ARGV[4])
local total = redis.call('ZCARD', KEYS[2])
if not meta[1] or total ~= tonumber(meta[2]) then return false end
local own = redis.call('ZSCORE', KEYS[2], ARGV[1])
    or redis.call('ZSCORE', KEYS[3], ARGV[1])
local above_own = own and redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. own)
local first = tonumber(ARGV[3])
local last = first + tonumber(ARGV[2]) - 1
local page = redis.call('ZRANGE', KEYS[2], first, last, 'WITHSCORES')
local above_page = #page > 0 and redis.call('ZCOUNT', KEYS[2], '-inf', '(' .. page[2])
return {meta[1], total, above_own, above_page, page}
"""

# KEYS: as of APPLY. ARGV: how many each board must list.
# Refuses, with 0, where anything was lost since the building began.
OPEN = """
if redis.call('HGET', KEYS[1], 'building') ~= '1' then return 0 end
for board = 1, 4 do
    local listed = redis.call('ZCARD', KEYS[1 + board])
    if listed ~= tonumber(ARGV[board]) then return 0 end
    redis.call('HSET', KEYS[1], 'listed' .. board, listed)
end
redis.call('HSET', KEYS[1], 'position', 0)
redis.call('HDEL', KEYS[1], 'building')
return 1
"""

# Whether a board lists somebody, and the figure that it has for them.
Place = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's figures in the order of `BOARDS`, and whether the boards list them."""

    user_id: uuid.UUID
    listed: bool
    figures: tuple[int, int, int, int]

    @classmethod
    def of_nobody(cls, user_id: uuid.UUID) -> "Standing":
        """Return the standing of a user who is gone."""
        return cls(user_id, listed=False, figures=(0, 0, 0, 0))

    @property
    def places(self) -> list[Place]:
        return [(self.listed and figure > 0, figure) for figure in self.figures]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a board as Valkey has it at `position`: (user id, score) a row."""

    position: int
    total: int
    above_own: int | None
    above_page: int
    rows: list[tuple[uuid.UUID, int]]


class SortedSets:
    """The sorted sets of one generation."""

    def __init__(self, generation: uuid.UUID) -> None:
        self.generation = generation
        # The braces put all keys of a generation on one machine of a cluster.
        name = f"focusguard:{{boards:{generation}}}"
        self._meta = f"{name}:meta"
        self._listed = [f"{name}:{board.slug}" for board in BOARDS]
        self._unlisted = [f"{name}:{board.slug}:unlisted" for board in BOARDS]

    @property
    def _keys(self) -> list[str]:
        return [self._meta, *self._listed, *self._unlisted]

    def page(
        self, board: Board, *, user_id: uuid.UUID, limit: int, offset: int
    ) -> Page | None:
        """Read a page and one's own place; None where the ranking is not there."""
        n = BOARDS.index(board)
        keys = [self._meta, self._listed[n], self._unlisted[n]]
        found = self._run(PAGE, keys, user_id.bytes, limit, offset, n + 1)
        if found is None:
            return None
        position, total, above_own, above_page, rows = found
        return Page(
            position=int(position),
            total=total,
            above_own=above_own,
            above_page=above_page or 0,
            rows=[
                (uuid.UUID(bytes=member), -int(score))
                for member, score in zip(rows[::2], rows[1::2], strict=True)
            ],
        )

    def apply(self, standings: Iterable[Standing], *, after: int, number: int) -> bool:
        """Take batch `number`; False where these are not the sets it is meant for.

        They must be at `after` or later, and before `number`.
        """
        changes: list[Any] = []
        for standing in standings:
            changes += (standing.user_id.bytes, int(standing.listed), *standing.figures)
        return bool(self._run(APPLY, self._keys, after, number, KEPT_FOR, *changes))

    def begin(self) -> None:
        """Start to be built."""
        client = valkey.client()
        client.hset(self._meta, "building", 1)
        client.expire(self._meta, KEPT_FOR)

    def add(self, standings: Iterable[Standing]) -> None:
        """Add users while the sets are built."""
        sets: dict[str, dict[bytes, int]] = {}
        for standing in standings:
            names = self._listed if standing.listed else self._unlisted
            for name, figure in zip(names, standing.figures, strict=True):
                if figure:
                    sets.setdefault(name, {})[standing.user_id.bytes] = -figure
        pipeline = valkey.client().pipeline(transaction=False)
        for name, members in sets.items():
            pipeline.zadd(name, members)
            pipeline.expire(name, KEPT_FOR)
        pipeline.execute()

    def open(self, listed: Iterable[int]) -> bool:
        """End the building; False where a board does not list as many as it should."""
        return bool(self._run(OPEN, self._keys, *listed))

    def drop(self) -> None:
        """Free the memory of all of it."""
        valkey.client().unlink(*self._keys)

    def places(self, user_ids: list[uuid.UUID]) -> list[list[Place]]:
        """Return for each user the place on each board; who is in no set has 0."""
        members: list[Any] = [user_id.bytes for user_id in user_ids]
        pipeline: Any = valkey.client().pipeline(transaction=True)
        for name in (*self._listed, *self._unlisted):
            pipeline.zmscore(name, members)
        found = pipeline.execute()
        listed, unlisted = found[: len(BOARDS)], found[len(BOARDS) :]
        by_board = [
            [(a is not None, -int(a or b or 0)) for a, b in zip(*sets, strict=True)]
            for sets in zip(listed, unlisted, strict=True)
        ]
        return [list(places) for places in zip(*by_board, strict=True)]

    def members(self) -> Iterator[set[uuid.UUID]]:
        """Yield everybody who is in any set, some at a time and some repeatedly."""
        client: Any = valkey.client()
        for name in (*self._listed, *self._unlisted):
            cursor = None
            while cursor != 0:
                cursor, found = client.zscan(name, cursor or 0, count=1000)
                yield {uuid.UUID(bytes=member) for member, _ in found}

    def _run(self, script: str, keys: list[str], *args: Any) -> Any:
        return valkey.client().eval(script, len(keys), *keys, *args)
