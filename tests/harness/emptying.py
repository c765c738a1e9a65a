"""Empty the tables after a test that commits, without a wait for the disk."""

from functools import cache

from django.db import connection, transaction

# Filled by the migrations, and changed by no test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def empty_the_tables():
    """Delete all rows, past the triggers that would keep or count them.

    Django's own flush truncates: Postgres makes new files for each table and index, and
    commits when they are on the disk. The lock waits for who still writes, as that does.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"LOCK TABLE {', '.join(tables())} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})"
                for table in tables()
            )
        )
        for (filled,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {filled}")


@cache
def tables():
    names = set(connection.introspection.table_names()) - KEPT
    return [connection.ops.quote_name(name) for name in sorted(names)]
