"""Assert that the database itself refuses a row, whatever the ORM was told."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from focusguard.db.constraints import violated_constraint


@contextmanager
def breaks(constraint):
    """Expect the block to be refused by the constraint of this name."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        yield
    assert violated_constraint(refused.value) == constraint
