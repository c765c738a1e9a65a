"""Where in the database a text stands."""

from django.db import connection


def columns():
    """(table, column) of everything that could hold a name or an id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        return cursor.fetchall()


def places_of(*texts):
    """Where in the database any of the texts stands."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in columns():
            cursor.execute(
                f'SELECT 1 FROM "{table}" '
                f'WHERE lower("{column}"::text) LIKE ANY(%s) LIMIT 1',
                [[f"%{text}%" for text in texts]],
            )
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found
