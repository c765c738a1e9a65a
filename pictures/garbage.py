"""Files and rows are two stores, and no transaction spans both: the one rule between them.

A file is noted before it is written, and its note goes in the transaction that makes it a
user's. A note that is left leads to the deletion of the file (ADR 64).
"""

import logging
import secrets
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError
from django.db.models.functions import Now

from focusguard.api.exceptions import DomainError
from pictures.exceptions import PicturesAway
from pictures.models import PictureGarbage
from pictures.stores import store

logger = logging.getLogger(__name__)

# Far longer than any upload takes.
KEPT_FOR = timedelta(hours=1)
AT_A_TIME = 100


def reserve() -> uuid.UUID:
    """Make up the id of a picture that is about to be written, and note it."""
    picture_id = uuid.UUID(bytes=secrets.token_bytes(16))
    PictureGarbage.objects.create(picture_id=picture_id, kept_until=Now() + KEPT_FOR)
    return picture_id


def claim(picture_id: uuid.UUID) -> None:
    """Take a file from the garbage, in the transaction that gives it to a user.

    PicturesAway where the upload took so long that the file is being deleted.
    """
    waiting = PictureGarbage.objects.filter(
        picture_id=picture_id, kept_until__isnull=False
    )
    if waiting.delete()[0] != 1:
        raise PicturesAway


def discard(picture_id: uuid.UUID) -> None:
    """Delete a file that no user has, as far as its store answers; a sweep does the rest."""
    with suppress(DatabaseError, DomainError):
        PictureGarbage.objects.filter(picture_id=picture_id).update(kept_until=None)
        store().delete(picture_id)
        PictureGarbage.objects.due().filter(picture_id=picture_id).delete()


def sweep() -> Iterator[uuid.UUID]:
    """Delete the files that no user has, and yield each. PicturesAway, PicturesOff."""
    files = store()
    PictureGarbage.objects.forgotten().update(kept_until=None)
    while found := list(
        PictureGarbage.objects.due().values_list("picture_id", flat=True)[:AT_A_TIME]
    ):
        for picture_id in found:
            # Not within a transaction: it would wait for S3 with a lock in its hand.
            files.delete(picture_id)
            PictureGarbage.objects.due().filter(picture_id=picture_id).delete()
            yield picture_id
