import pytest
from django.db import connection

from focusguard.db.locks import AlreadyRunning, only_one
from focusguard.db.tests.elsewhere import held_elsewhere

pytestmark = pytest.mark.django_db


def test_only_one_refuses_while_another_process_holds_the_lock():
    with held_elsewhere("sweep"), pytest.raises(AlreadyRunning), only_one("sweep"):
        pytest.fail("two at once")


def test_only_one_leaves_other_names_free():
    with held_elsewhere("sweep"), only_one("another"):
        pass


def test_only_one_lets_go_at_the_end():
    with only_one("sweep"):
        pass
    with held_elsewhere("sweep"):
        pass


def test_only_one_lets_go_after_an_error():
    with pytest.raises(ZeroDivisionError), only_one("sweep"):
        raise ZeroDivisionError
    with held_elsewhere("sweep"):
        pass


@pytest.mark.django_db(transaction=True)
def test_only_one_does_not_hide_the_error_of_a_lost_connection():
    with pytest.raises(ZeroDivisionError), only_one("sweep"):
        connection.connection.close()
        raise ZeroDivisionError
    connection.close()
