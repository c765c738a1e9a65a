from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from importing import services, steps
from importing.models import Import, Status
from importing.tests import files
from importing.tests.factories import ImportFactory
from sessions_app.models import Entry

pytestmark = pytest.mark.django_db


def run(command, *args):
    """Run a command; return what it said, and what it complained of."""
    out, err = StringIO(), StringIO()
    call_command(command, *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_run_imports_does_what_a_worker_would(alice, bob):
    found = services.receive(user_id=alice.pk, raw=files.DAYS)
    services.receive(user_id=bob.pk, raw=files.GENERIC)
    assert run("run_imports") == ("2 processed, 0 failed\n", "")
    assert {one.status for one in Import.objects.all()} == {Status.READY}
    assert run("run_imports") == ("0 processed, 0 failed\n", "")
    services.apply(user_id=alice.pk, import_id=found.pk)
    assert run("run_imports") == ("1 processed, 0 failed\n", "")
    assert Entry.objects.count() == 2
    services.undo(user_id=alice.pk, import_id=found.pk)
    run("run_imports")
    assert not Entry.objects.exists()


def test_an_import_that_fails_leaves_the_others_theirs(alice, bob, monkeypatch):
    broken = services.receive(user_id=alice.pk, raw=files.DAYS)
    services.receive(user_id=bob.pk, raw=files.GENERIC)
    read = steps.read

    def refuse(import_id):
        if import_id == broken.pk:
            raise RuntimeError("nobody expected this")
        read(import_id)

    monkeypatch.setitem(steps.STEPS, Status.READING, refuse)
    said, complained = run("run_imports")
    assert said == "2 processed, 1 failed\n"
    assert complained == f"import {broken.pk}: RuntimeError\n"


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_prune_imports_lets_go_of_texts_and_of_what_made_nothing(alice, bob):
    forgotten = ImportFactory(user=alice, created_at=ago(hours=25))
    fresh = ImportFactory(user=bob, created_at=ago(hours=23))
    old = ImportFactory(user=alice, ended=True, created_at=ago(days=31))
    recent = ImportFactory(user=alice, ended=True, created_at=ago(days=29))
    applied = ImportFactory(
        user=alice,
        status=Status.APPLIED,
        raw=None,
        applied_at=ago(days=90),
        created_at=ago(days=90),
        position=1,
    )
    assert run("prune_imports", "--dry-run") == (
        "1 texts would be let go of\n1 imports would be deleted\n",
        "",
    )
    assert Import.objects.count() == 5
    assert run("prune_imports") == ("1 texts let go of\n1 imports deleted\n", "")
    assert set(Import.objects.all()) == {forgotten, fresh, recent, applied}
    assert not Import.objects.filter(pk=old.pk).exists()
    forgotten.refresh_from_db()
    assert (forgotten.status, forgotten.raw) == (Status.FAILED, None)
    assert forgotten.report["fault"] == "expired"
    assert forgotten.report["accepted"] == 1
