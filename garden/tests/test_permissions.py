import pytest

from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal

OF_ONE = [
    ("get", "/api/garden/{plant}", None),
    ("patch", "/api/garden/{plant}", {"plant_type": "Tulip"}),
    ("delete", "/api/garden/{plant}", None),
    ("get", "/api/garden/session/{session}", None),
]
ROUTES = [
    ("post", "/api/garden", {"plant_type": "Rose"}),
    ("get", "/api/garden", None),
    ("get", "/api/garden/species", None),
    ("get", "/api/garden/landscape?from=2026-01-01&to=2026-01-31", None),
    *OF_ONE,
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def plant(alice):
    return PlantFactory(session__user=alice)


def call(client, route, plant_id, session_id):
    method, path, body = route
    return getattr(client, method)(
        path.format(plant=plant_id, session=session_id), body
    )


def named(route):
    return " ".join(route[:2])


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_garden_wants_a_token(anonymous, plant, route):
    before = Plant.objects.values().get()
    response = call(anonymous, route, plant.pk, plant.session_id)
    assert refusal(response) == (401, "NOT_AUTHENTICATED")
    assert response["WWW-Authenticate"] == "Bearer"
    assert Plant.objects.values().get() == before


@pytest.mark.parametrize("route", OF_ONE, ids=named)
def test_plant_of_another_is_not_found(as_bob, plant, route):
    before = Plant.objects.values().get()
    response = call(as_bob, route, plant.pk, plant.session_id)
    assert refusal(response) == (404, "PLANT_NOT_FOUND")
    assert Plant.objects.values().get() == before


def test_nothing_is_planted_for_the_session_of_another(as_bob, alice):
    session = FocusSessionFactory(user=alice)
    response = as_bob.post(
        "/api/garden", {"session_id": str(session.pk), "plant_type": "Rose"}
    )
    assert refusal(response) == (404, "SESSION_NOT_FOUND")
    assert not Plant.objects.exists()


@pytest.mark.parametrize("route", OF_ONE, ids=named)
@pytest.mark.parametrize("bad_id", ["1", "not-a-uuid", "018f" * 8])
def test_garden_id_that_is_no_uuid_is_unreadable(as_alice, route, bad_id):
    response = call(as_alice, route, bad_id, bad_id)
    assert refusal(response) == (400, "INVALID_PARAMETER")


def test_list_shows_only_ones_own(as_bob, plant):
    assert as_bob.get("/api/garden").json()["gardens"] == []


def test_counts_leave_out_the_plants_of_another(as_bob, bob, plant):
    mine = PlantFactory(session__user=bob)
    assert as_bob.get(f"/api/garden/{mine.pk}").json()["total_plants"] == 1
