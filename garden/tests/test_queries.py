import pytest
from django.utils import timezone

from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.statements import statements

URL = "/api/garden"

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant(alice):
    return PlantFactory(session__user=alice, session__duration_min=25)


def test_list_queries(as_alice, plant, django_assert_num_queries):
    # The device with its user; the page; the count.
    with django_assert_num_queries(3):
        as_alice.get(URL)


@pytest.mark.row("L04")
def test_list_queries_do_not_scale_with_plants(as_alice, alice):
    PlantFactory(session__user=alice, grown=True)
    with_one = statements(as_alice, URL)
    PlantFactory.create_batch(20, session__user=alice, grown=True)
    assert statements(as_alice, URL) == with_one


@pytest.mark.parametrize("path", ["{plant.pk}", "session/{plant.session_id}"])
def test_read_queries(as_alice, plant, path, django_assert_num_queries):
    # The device with its user; the plant; the user's count.
    with django_assert_num_queries(3):
        as_alice.get(f"{URL}/{path.format(plant=plant)}")


@pytest.mark.row("L04")
def test_landscape_queries_do_not_scale_with_plants(
    as_alice, alice, django_assert_num_queries
):
    PlantFactory.create_batch(20, session__user=alice, grown=True)
    today = alice.local_date(timezone.now())
    # The device with its user; the plants with their sessions.
    with django_assert_num_queries(2):
        answer = as_alice.get(f"{URL}/landscape?from={today}&to={today}")
    assert len(answer.json()["plants"]) == 20


def test_species_queries(as_alice, django_assert_num_queries):
    # The device with its user, whose level is all that is asked.
    with django_assert_num_queries(1):
        as_alice.get(f"{URL}/species")


def test_plant_queries(as_alice, alice, django_assert_num_queries):
    session = FocusSessionFactory(user=alice)
    body = {"session_id": str(session.pk), "plant_type": "Rose"}
    # The device with its user; SAVEPOINT (in life: BEGIN); the user's lock; the
    # session; its plant; count and last number; INSERT; RELEASE (in life: COMMIT).
    with django_assert_num_queries(8):
        as_alice.post(URL, body)


def test_tend_queries(as_alice, plant, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; the plant with its
    # session; UPDATE; RELEASE; the user's count.
    with django_assert_num_queries(7):
        as_alice.patch(f"{URL}/{plant.pk}", {"plant_type": "Tulip"})


def test_remove_queries(as_alice, plant, django_assert_num_queries):
    # The device with its user; SAVEPOINT; the user's lock; DELETE; RELEASE.
    with django_assert_num_queries(5):
        as_alice.delete(f"{URL}/{plant.pk}")
