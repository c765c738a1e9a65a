"""A deleted account takes the file of its picture along."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.signals import account_deleted
from pictures import garbage


def connect() -> None:
    account_deleted.connect(discard_picture, dispatch_uid="pictures.discard_picture")


def discard_picture(picture_id: UUID | None, **kwargs: Any) -> None:
    if picture_id is not None:
        # A trigger has noted it; where its store is away the note stays.
        transaction.on_commit(partial(garbage.discard, picture_id))
