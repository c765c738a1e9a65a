"""Deleting what is outdated, in small batches, so that no lock is felt."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

BATCH_SIZE = 1000


def prune(outdated: "QuerySet[Any]", *, batch_size: int = BATCH_SIZE) -> Iterator[int]:
    """Delete these rows, each batch in a transaction of its own; yield how many each."""
    while True:
        keys = list(outdated.values_list("pk", flat=True)[:batch_size])
        _, deleted = outdated.model._default_manager.filter(pk__in=keys).delete()
        # What hangs on the rows goes with them, and is not counted.
        count = deleted.get(outdated.model._meta.label, 0)
        if not count:
            return
        yield count
