"""Constraints of labels and entries hold, whoever writes to the tables."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from sessions_app.models import Entry, FocusSession, Label
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from tests.harness.clock import NOON, after
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db

DIGEST = b"\x01" * 32


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("labels_name_once", {"name": "thesis"}),
        ("labels_name_seen", {"name": ""}),
        ("labels_name_seen", {"name": " \n"}),
        ("labels_color_known", {"color": "#fff"}),
    ],
)
def test_label_row_is_refused(alice, constraint, values):
    LabelFactory(user=alice, name="Thesis")
    label = LabelFactory(user=alice)
    with breaks(constraint):
        Label.objects.filter(pk=label.pk).update(**values)


def test_two_users_may_call_their_labels_the_same(alice, bob):
    for user in (alice, bob):
        LabelFactory(user=user, name="Thesis")


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("sessions", partial(FocusSessionFactory, done=True)),
        ("entries", EntryFactory),
    ],
)
def test_a_row_cannot_carry_somebody_elses_label(alice, bob, table, rows):
    theirs, row = LabelFactory(user=bob), rows(user=alice)
    with breaks(f"{table}_label_owned"):
        run(f"UPDATE {table} SET label_id = %s WHERE id = %s", theirs.pk, row.pk)
    with breaks(f"{table}_label_owned"):
        rows(user=alice, label=theirs)
    with breaks(f"{table}_label_owned"):
        # Nor does the row take the label along to another user.
        own = rows(user=bob, label=theirs)
        run(f"UPDATE {table} SET user_id = %s WHERE id = %s", alice.pk, own.pk)
    with breaks(f"{table}_label_owned"):
        run(f"UPDATE {table} SET label_id = %s WHERE id = %s", uuid.uuid4(), row.pk)


def test_a_label_that_goes_leaves_what_carried_it(alice):
    label, other = LabelFactory.create_batch(2, user=alice)
    rows = [
        FocusSessionFactory(user=alice, label=label, done=True, note="kept"),
        EntryFactory(user=alice, label=label, note="kept"),
    ]
    FocusSessionFactory(user=alice, label=other)
    assert run("DELETE FROM labels WHERE id = %s", label.pk) == 1
    for row in rows:
        row.refresh_from_db()
        assert (row.label_id, row.note, row.user_id) == (None, "kept", alice.pk)
    assert FocusSession.objects.get(label=other).user == alice


def test_labels_and_entries_go_with_their_user(alice, bob):
    for user in (alice, bob):
        EntryFactory(user=user, label=LabelFactory(user=user))
    # By the database, also where one is written beside the deletion.
    run("DELETE FROM users WHERE id = %s", alice.pk)
    assert Label.objects.get().user == Entry.objects.get().user == bob


@pytest.mark.parametrize("minute", [-1, 1440])
def test_started_minute_is_one_of_a_day(alice, minute):
    session = FocusSessionFactory(user=alice)
    rows = FocusSession.objects.filter(pk=session.pk)
    with breaks("sessions_started_minute_range"):
        rows.update(started_minute=minute)
    for taken in (0, 1439, None):
        rows.update(started_minute=taken)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("entries_minutes_range", {"minutes": 0, "ended_at": None}),
        ("entries_minutes_range", {"minutes": 721, "ended_at": None}),
        ("entries_end_after_minutes", {"ended_at": after(minutes=29)}),
        ("entries_end_after_minutes", {"minutes": 31}),
        ("entries_source_known", {"source": "server"}),
        ("entries_source_known", {"source": "import"}),
        ("entries_source_known", {"import_key": DIGEST}),
        ("entries_source_known", {"import_id": uuid.uuid4()}),
    ],
)
def test_entry_row_is_refused(alice, constraint, values):
    entry = EntryFactory(user=alice, at=NOON)
    with breaks(constraint):
        Entry.objects.filter(pk=entry.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"minutes": 720, "ended_at": NOON + timedelta(hours=12)},
        {"minutes": 1, "ended_at": None},
        {"source": "offline"},
        {"source": "import", "import_key": DIGEST, "import_id": uuid.uuid4()},
    ],
)
def test_entry_row_at_the_limit_is_taken(alice, values):
    entry = EntryFactory(user=alice, at=NOON)
    assert Entry.objects.filter(pk=entry.pk).update(**values) == 1


def test_an_entry_is_told_once(alice, bob):
    sent = {"client_id": uuid.uuid4()}
    read = {"source": "import", "import_key": DIGEST}
    for user in (alice, bob):
        EntryFactory(user=user, **sent)
        EntryFactory(user=user, **read)
    with breaks("entries_client_id_once"):
        EntryFactory(user=alice, **sent)
    with breaks("entries_import_key_once"):
        EntryFactory(user=alice, **read)


def test_private_rows_name_themselves_by_their_ids(alice):
    label = LabelFactory(user=alice, name="Therapy")
    entry = EntryFactory(user=alice, note="Therapy")
    assert (str(label), str(entry)) == (str(label.pk), str(entry.pk))
