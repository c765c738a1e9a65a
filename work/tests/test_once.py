import threading

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from work.models import OnceKey
from work.once import once

pytestmark = pytest.mark.django_db


def test_key_is_new_once():
    assert once("report:7:2026-W05")
    assert not once("report:7:2026-W05")
    assert once("report:7:2026-W06")


class Undone(Exception):
    pass


def test_key_is_undone_with_its_effect():
    with pytest.raises(Undone), transaction.atomic():
        assert once("effect")
        raise Undone
    assert once("effect")


@pytest.mark.django_db(transaction=True)
def test_key_without_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        once("effect")
    assert not OnceKey.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("committed", [True, False])
def test_second_transaction_hears_how_the_first_ended(committed):
    answers = []

    def ask_too():
        try:
            with transaction.atomic():
                answers.append(once("effect"))
        finally:
            connection.close()

    other = threading.Thread(target=ask_too)
    with transaction.atomic():
        assert once("effect")
        other.start()
        _await_waiter(other)
        transaction.set_rollback(not committed)
    other.join()
    assert answers == [not committed]


def _await_waiter(other):
    """Return when somebody waits for our transaction to end."""
    with connection.cursor() as cursor:
        waiting = False
        while not waiting and other.is_alive():
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
                "AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            (waiting,) = cursor.fetchone()
