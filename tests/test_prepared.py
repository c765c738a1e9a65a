"""A queryset that is compiled once answers like one that is built each time."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Count
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from focusguard.db.prepared import Prepared, PreparedInsert
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 18)


@pytest.fixture
def sessions(alice, bob):
    return [
        FocusSessionFactory(user=alice, done=True, local_date=DAY + timedelta(days=n))
        for n in range(3)
    ] + [FocusSessionFactory(user=bob)]


def test_rows_are_those_of_the_queryset(alice, bob, sessions):
    def since(user_id, first):
        return FocusSession.objects.filter(
            user_id=user_id, local_date__gte=first
        ).order_by("local_date")

    prepared = Prepared(since, user_id=uuid.UUID, first=date)
    for user in (alice, bob):
        for first in (DAY, DAY + timedelta(days=1), DAY + timedelta(days=9)):
            rows = prepared.rows(user_id=user.pk, first=first)
            expected = list(since(user.pk, first))
            assert rows == expected
            for row, other in zip(rows, expected, strict=True):
                for field in FocusSession._meta.concrete_fields:
                    name = field.attname
                    assert getattr(row, name) == getattr(other, name)
                assert not row._state.adding


def test_first_is_the_first_row_or_none(alice, sessions):
    prepared = Prepared(lambda pk: FocusSession.objects.filter(pk=pk), pk=uuid.UUID)
    assert prepared.first(pk=sessions[0].pk) == sessions[0]
    assert prepared.first(pk=uuid.uuid4()) is None


def test_values_come_as_tuples_of_the_types_that_django_gives(alice, sessions):
    prepared = Prepared(
        lambda user_id: (
            FocusSession.objects.for_user(user_id)
            .values("status")
            .annotate(rows=Count("id"))
            .values_list("status", "rows")
        ),
        user_id=uuid.UUID,
    )
    assert prepared.rows(user_id=alice.pk) == [("completed", 3)]


def test_it_is_one_statement_and_built_once(alice, sessions):
    built = []

    def build(user_id):
        built.append(user_id)
        return FocusSession.objects.for_user(user_id)

    prepared = Prepared(build, user_id=uuid.UUID)
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            prepared.rows(user_id=alice.pk)
    assert len(asked) == 3
    assert len(built) == 1


def test_a_parameter_that_is_not_used_is_a_fault(alice):
    prepared = Prepared(
        lambda user_id, day: FocusSession.objects.for_user(user_id),
        user_id=uuid.UUID,
        day=date,
    )
    with pytest.raises(AssertionError):
        prepared.rows(user_id=alice.pk, day=DAY)


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_each_time(alice):
    locked = Prepared(
        lambda pk: User.objects.select_for_update().filter(pk=pk), pk=uuid.UUID
    )
    with transaction.atomic():
        assert locked.first(pk=alice.pk) == alice
    with pytest.raises(TransactionManagementError):
        locked.first(pk=alice.pk)


@pytest.mark.django_db(transaction=True)
def test_an_ended_connection_is_not_noticed(alice):
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk), pk=uuid.UUID)
    other = connection.copy()
    with other.cursor() as cursor:
        for _ in range(20):
            assert prepared.first(pk=alice.pk) == alice
            pid = connection.connection.info.backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    assert prepared.first(pk=alice.pk) == alice


@pytest.mark.django_db(transaction=True)
def test_a_transaction_whose_connection_ended_is_not_asked_again(alice):
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk), pk=uuid.UUID)
    other = connection.copy()
    with pytest.raises(OperationalError), transaction.atomic():
        prepared.first(pk=alice.pk)
        pid = connection.connection.info.backend_pid
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        prepared.first(pk=alice.pk)
    other.close()


SESSION_KINDS = {
    "id": uuid.UUID,
    "user_id": uuid.UUID,
    "duration_min": int,
    "status": str,
    "focus_min": int,
    "local_date": date,
    "timezone": str,
    "created_at": datetime,
    "ended_at": datetime,
}


@pytest.mark.parametrize("minutes", [25, None])
def test_an_inserted_instance_is_the_row(alice, minutes):
    insert = PreparedInsert(FocusSession, **SESSION_KINDS)
    session = FocusSession(
        user=alice,
        duration_min=minutes,
        local_date=DAY,
        timezone="Asia/Kolkata",
        created_at=timezone.now(),
    )
    with CaptureQueriesContext(connection) as asked:
        insert.run(session)
        assert session.completed is False
    assert len(asked) == 1
    assert not session._state.adding
    row = FocusSession.objects.get(pk=session.pk)
    for field in FocusSession._meta.concrete_fields:
        assert getattr(row, field.attname) == getattr(session, field.attname)


def test_an_insert_names_every_column(alice):
    insert = PreparedInsert(FocusSession, id=uuid.UUID, user_id=uuid.UUID)
    with pytest.raises(AssertionError):
        insert.run(FocusSession(user=alice))
