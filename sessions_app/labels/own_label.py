"""The answer to a label that is not the user's, as the database found out."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from focusguard.db.constraints import violated_constraint
from sessions_app.labels.exceptions import NoSuchLabel

KEYS = {"sessions_label_owned", "entries_label_owned"}


@contextmanager
def own_label() -> Iterator[None]:
    """Let the key of the label judge a write. NoSuchLabel ends the transaction.

    A look beforehand would cost each write a statement, and lose the race with a
    deletion of the label (ADR 47).
    """
    try:
        yield
    except IntegrityError as error:
        if violated_constraint(error) in KEYS:
            raise NoSuchLabel from error
        raise
