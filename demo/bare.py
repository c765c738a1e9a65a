"""Tables without indexes, keys and triggers while they are filled.

Ten million rows in the order of people, not of their keys, would touch a page of each
index for each row. Sorting at the end costs a fraction of that.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

# Keys first when they are made, last when they are removed: (kind, drop, create).
PARTS = """
SELECT 0, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
              conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint
WHERE contype IN ('p', 'u', 'x') AND conrelid = ANY(%(tables)s::regclass[])
UNION ALL
SELECT 1, format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = ANY(%(tables)s::regclass[])
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid
                  AND contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 2, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
              conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint
WHERE contype = 'f' AND (conrelid = ANY(%(tables)s::regclass[])
                         OR confrelid = ANY(%(tables)s::regclass[]))
ORDER BY 1, 3
"""


class NotEmpty(Exception):
    """There are rows already, which a sort at the end would not be worth for."""


@contextmanager
def bare(
    models: Iterable[type[Model]],
    bringing_back: Callable[[list[str]], Iterable[str]] = iter,
) -> Iterator[None]:
    """Let empty tables be filled: one transaction, which nobody reads beside.

    Triggers do not fire: they would look up rows by keys that are not there. Who calls
    it does at the end, in a transaction around it, what they would have done.

    `bringing_back` walks the statements that make the indexes and keys again at the
    end, so that it can show how far that is. NotEmpty.
    """
    tables = [model._meta.db_table for model in models]
    with transaction.atomic():
        for table in tables:
            _run(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            if _run(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608  (our own)
                raise NotEmpty(table)
            _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        parts = _run(PARTS, {"tables": tables})
        for _, drop, _ in reversed(parts):
            _run(drop)
        yield
        _run("SET LOCAL maintenance_work_mem = '512MB'")
        for create in bringing_back([create for _, _, create in parts]):
            _run(create)
        for table in tables:
            _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _run(sql: str, params: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []
