"""How many statements an answer asks of Postgres."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
