"""Rotation of the keys: secrets that another key than the first sealed are sealed anew."""

import uuid
from collections.abc import Iterator
from enum import Enum, auto

from identity.models import TotpSecret
from identity.second_factor import sealing


class Outcome(Enum):
    """The outcome for one secret."""

    AS_IT_WAS = auto()
    SEALED = auto()
    UNOPENABLE = auto()


def outcomes(*, batch_size: int, dry_run: bool) -> Iterator[tuple[uuid.UUID, Outcome]]:
    """Seal what the first key did not seal; say of each secret what became of it."""
    rows = TotpSecret.objects.order_by("pk").values_list("pk", "secret")
    for user_id, stored in rows.iterator(chunk_size=batch_size):
        yield user_id, _reseal(user_id, bytes(stored), dry_run=dry_run)


def _reseal(user_id: uuid.UUID, stored: bytes, *, dry_run: bool) -> Outcome:
    if sealing.is_of_first_key(stored):
        return Outcome.AS_IT_WAS
    try:
        secret = sealing.unseal(stored)
    except sealing.Unopenable:
        return Outcome.UNOPENABLE
    if not dry_run:
        # One that was set up anew meanwhile is sealed by the first key already.
        as_read = TotpSecret.objects.filter(pk=user_id, secret=stored)
        as_read.update(secret=sealing.seal(secret))
    return Outcome.SEALED
