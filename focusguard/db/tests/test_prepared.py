"""A queryset that is compiled once answers like one that is built each time."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Count
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from focusguard.db.prepared import Prepared, PreparedInsert, PreparedUpdate
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

    prepared = Prepared(since)
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
    prepared = Prepared(lambda pk: FocusSession.objects.filter(pk=pk))
    assert prepared.first(pk=sessions[0].pk) == sessions[0]
    assert prepared.first(pk=uuid.uuid4()) is None


def test_values_come_as_tuples_of_the_types_that_django_gives(alice, sessions):
    prepared = Prepared(
        lambda user_id: (
            FocusSession.objects.for_user(user_id)
            .values("status")
            .annotate(rows=Count("id"))
            .values_list("status", "rows")
        )
    )
    assert prepared.rows(user_id=alice.pk) == [("completed", 3)]


def test_it_is_one_statement_and_built_once(alice, sessions):
    built = []

    def build(user_id):
        built.append(user_id)
        return FocusSession.objects.for_user(user_id)

    prepared = Prepared(build)
    with CaptureQueriesContext(connection) as asked:
        for _ in range(3):
            prepared.rows(user_id=alice.pk)
    assert len(asked) == 3
    assert len(built) == 1


def test_a_parameter_that_is_not_used_is_a_fault(alice):
    prepared = Prepared(lambda user_id, day: FocusSession.objects.for_user(user_id))
    with pytest.raises(AssertionError):
        prepared.rows(user_id=alice.pk, day=DAY)


@pytest.mark.django_db(transaction=True)
def test_a_lock_needs_a_transaction_each_time(alice):
    locked = Prepared(lambda pk: User.objects.select_for_update().filter(pk=pk))
    with transaction.atomic():
        assert locked.first(pk=alice.pk) == alice
    with pytest.raises(TransactionManagementError):
        locked.first(pk=alice.pk)


@pytest.mark.django_db(transaction=True)
def test_an_ended_connection_is_not_noticed(alice):
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk))
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
    prepared = Prepared(lambda pk: User.objects.filter(pk=pk))
    other = connection.copy()
    with pytest.raises(OperationalError), transaction.atomic():
        prepared.first(pk=alice.pk)
        pid = connection.connection.info.backend_pid
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        prepared.first(pk=alice.pk)
    other.close()


def test_what_is_joined_comes_along(alice, sessions):
    prepared = Prepared(
        lambda pk: FocusSession.objects.select_related("user").filter(pk=pk)
    )
    session = prepared.first(pk=sessions[0].pk)
    with CaptureQueriesContext(connection) as asked:
        assert session.user == alice
    assert not asked


END = PreparedUpdate(
    lambda user_id: FocusSession.objects.active().filter(user_id=user_id),
    "ended_at",
    always={"status": "abandoned"},
)


def test_an_update_returns_the_row_as_it_is_now(bob, sessions):
    now = timezone.now()
    with CaptureQueriesContext(connection) as asked:
        ended = END.returning(user_id=bob.pk, ended_at=now)
    assert len(asked) == 1
    row = FocusSession.objects.get(pk=ended.pk)
    assert row.status == "abandoned"
    for field in FocusSession._meta.concrete_fields:
        assert getattr(row, field.attname) == getattr(ended, field.attname)
    assert not ended._state.adding


def test_an_update_says_how_many_rows_it_changed(alice, bob, sessions):
    now = timezone.now()
    assert END.run(user_id=bob.pk, ended_at=now) == 1
    assert END.run(user_id=bob.pk, ended_at=now) == 0
    assert END.returning(user_id=alice.pk, ended_at=now) is None


def test_an_insert_stores_and_returns_what_the_orm_would(alice):
    start = PreparedInsert(
        FocusSession, *("id", "user_id", "local_date", "timezone", "created_at")
    )
    given = {"local_date": DAY, "timezone": "UTC", "created_at": timezone.now()}
    stored = start.returning(id=uuid.uuid4(), user_id=alice.pk, **given)
    expected = FocusSession.objects.get()
    for field in FocusSession._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(expected, field.attname)
    assert not stored._state.adding


def test_an_insert_must_be_given_what_a_function_would_make(alice):
    """A key that was made while it is compiled would be kept for ever."""
    with pytest.raises(AssertionError):
        PreparedInsert(FocusSession, "user_id").returning(user_id=alice.pk)
