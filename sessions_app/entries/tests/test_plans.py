"""Looks at entries go along the user's own, however many everybody has."""

import uuid

import pytest
from django.db import connection

from sessions_app.entries.selectors import TAKEN_SQL
from sessions_app.tests.factories import many_entries
from stats.proof import BATCH_SQL
from tests.harness.clock import NOON, after

pytestmark = pytest.mark.django_db

LOOKS = {
    "what takes a time": (
        TAKEN_SQL,
        lambda user: {
            "user_id": user.pk,
            "began": [after(days=10)] * 100,
            "ended": [after(days=10, minutes=30)] * 100,
            "now": after(days=365),
            "but": None,
        },
    ),
    "the proof": (
        BATCH_SQL,
        lambda user: [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1), 1000],
    ),
}


def test_entries_are_not_gone_through_by_their_key(alice, bob):
    """Caught: the lowest id of those that overlap, asked of the key's index (17 seconds
    for a batch beside 80,000 entries), and pairs that were sorted by it.
    """
    for user in (alice, bob):
        many_entries(user, 20_000, since=NOON)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE entries")
        for name, (sql, given) in LOOKS.items():
            cursor.execute(f"EXPLAIN {sql}", given(alice))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "entries_user_newest" in plan, name
            assert "entries_pkey" not in plan, name
