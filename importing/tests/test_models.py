import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from importing.models import Import
from importing.tests.factories import ImportFactory
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("imports_status_known", {"status": "paused"}),
        ("imports_source_known", {"source": "excel"}),
        ("imports_text_while_needed", {"raw": None}),
        ("imports_text_while_needed", {"status": "failed"}),
        ("imports_applied_at", {"status": "applied", "raw": None}),
        ("imports_undone_at", {"status": "undone", "raw": None}),
        ("imports_undone_at", {"undone_at": NOW}),
    ],
)
def test_rule_of_the_table(alice, constraint, values):
    with breaks(constraint):
        ImportFactory(user=alice, **values)


@pytest.mark.parametrize("status", ["reading", "ready", "applying", "undoing"])
def test_one_import_of_a_user_has_not_ended(alice, bob, status):
    raw = None if status == "undoing" else b"x"
    ImportFactory(user=alice, status=status, raw=raw)
    ImportFactory(user=alice, ended=True)
    ImportFactory(user=bob)
    with breaks("imports_one_live_per_user"):
        ImportFactory(user=alice)


def test_an_import_goes_with_its_user_whoever_deletes_them(alice):
    ImportFactory(user=alice)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM users WHERE id = %s", [alice.pk])
    assert not Import.objects.exists()


def test_nobodys_import_is_refused_at_once(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.create(
            user_id=uuid.uuid4(), zone="UTC", raw=b"x", created_at=NOW
        )
