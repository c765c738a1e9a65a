"""UUIDs of version 7 for a moment of the past, from a generator that repeats."""

import random
import uuid
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_MILLISECOND = timedelta(milliseconds=1)


def uuid7_at(moment: datetime, rng: random.Random) -> uuid.UUID:
    """Return a UUID with the milliseconds of `moment` (RFC 9562, section 5.7)."""
    milliseconds = (moment - EPOCH) // ONE_MILLISECOND
    chance = rng.getrandbits(74)
    return uuid.UUID(
        int=milliseconds << 80
        | 0x7 << 76
        | (chance >> 62) << 64
        | 0b10 << 62
        | chance & (1 << 62) - 1
    )
