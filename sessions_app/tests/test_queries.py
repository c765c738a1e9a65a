import pytest

from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.statements import statements

URL = "/api/sessions"

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(alice):
    return FocusSessionFactory(user=alice)


def test_list_queries(as_alice, alice, django_assert_num_queries):
    FocusSessionFactory.create_batch(3, user=alice, done=True)
    # The device with its user; the page; the counts.
    with django_assert_num_queries(3):
        as_alice.get(URL)


@pytest.mark.row("L04")
def test_list_queries_do_not_scale_with_sessions(as_alice, alice):
    FocusSessionFactory(user=alice, done=True)
    with_one = statements(as_alice, URL)
    FocusSessionFactory.create_batch(20, user=alice, done=True)
    assert statements(as_alice, URL) == with_one


@pytest.mark.parametrize("path", ["active", "one"])
def test_read_queries(as_alice, running, path, django_assert_num_queries):
    # The device with its user; the session.
    with django_assert_num_queries(2):
        as_alice.get(f"{URL}/{running.pk if path == 'one' else path}")


def test_no_running_session_queries(as_alice, django_assert_num_queries):
    # The device with its user; the session that is not there.
    with django_assert_num_queries(2):
        as_alice.get(f"{URL}/active")


def test_start_queries(as_alice, django_assert_num_queries):
    # The device with its user; SAVEPOINT (in life: BEGIN); the user's lock; the
    # running session; INSERT; RELEASE (in life: COMMIT).
    with django_assert_num_queries(6):
        as_alice.post(URL, {"duration_min": 25})


def test_refused_start_queries(as_alice, running, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; the running session;
    # ROLLBACK TO and RELEASE.
    with django_assert_num_queries(6):
        as_alice.post(URL, {"duration_min": 25})


def test_replan_queries(as_alice, running, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; the session; UPDATE; the
    # plant's UPDATE; RELEASE.
    with django_assert_num_queries(7):
        as_alice.patch(f"{URL}/{running.pk}", {"duration_min": 45})


def test_complete_queries(as_alice, alice, django_assert_num_queries):
    running = FocusSessionFactory(user=alice, duration_min=25)
    # The device with its user; SAVEPOINT; the user's lock; the session; the guarded
    # UPDATE; the plant's UPDATE; RELEASE. With 0 minutes there is no more to write.
    with django_assert_num_queries(7):
        as_alice.patch(f"{URL}/{running.pk}", {"completed": True})


def test_repeated_complete_queries(as_alice, alice, django_assert_num_queries):
    done = FocusSessionFactory(user=alice, done=True)
    # The device with its user; SAVEPOINT; the user's lock; the session; RELEASE.
    with django_assert_num_queries(5):
        as_alice.patch(f"{URL}/{done.pk}", {"completed": True})


def test_abandon_queries(as_alice, running, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; the session; the guarded
    # UPDATE; the plant's UPDATE; RELEASE.
    with django_assert_num_queries(7):
        as_alice.patch(f"{URL}/{running.pk}", {"status": "abandoned"})


def test_delete_queries(as_alice, running, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; the session; then the
    # deletion: what is deleted, its plant, and the row; RELEASE.
    with django_assert_num_queries(8):
        as_alice.delete(f"{URL}/{running.pk}")
