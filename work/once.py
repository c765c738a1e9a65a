"""An effect in the database that happens once, however often its job runs."""

from django.db import connection
from django.db.transaction import TransactionManagementError

INSERT = "INSERT INTO once_keys (key) VALUES (%s) ON CONFLICT DO NOTHING"


def once(key: str) -> bool:
    """Tell whether `key` is new, and take it in the transaction that is open.

    To be asked in the transaction of the effect: rolled back, both are as if they had
    never been. A second transaction waits here for the first, and then hears no.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "The key would be kept though its effect were not: open a transaction."
        )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [key])
        return bool(cursor.rowcount)
