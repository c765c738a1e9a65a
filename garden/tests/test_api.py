import uuid
from datetime import timedelta

import pytest

from garden import species
from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal
from tests.harness.clock import NOON

URL = "/api/garden"

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(time_machine, alice, sign_in):
    """Stop the clock so many minutes after noon; return alice's client of then."""

    def _at(minutes):
        time_machine.move_to(NOON + timedelta(minutes=minutes), tick=False)
        return sign_in(alice)

    return _at


@pytest.fixture
def rose(running):
    return PlantFactory(session=running, plant_num=1)


def order(session, **kwargs):
    return {"session_id": str(session.pk), "plant_type": "Rose", **kwargs}


def grown(user, count, **kwargs):
    return [
        PlantFactory(
            session__user=user,
            grown=True,
            created_at=NOON + timedelta(days=day),
            plant_num=day + 1,
            **kwargs,
        )
        for day in range(count)
    ]


def ids(response):
    return [plant["id"] for plant in response.json()["gardens"]]


# POST /garden


def test_create_answers_the_new_plant(at, alice, running):
    response = at(0).post(
        URL, order(running, plant_type="Rose", growth_stage=0, plant_num=1)
    )
    assert response.status_code == 201
    assert response.json() == {
        "id": str(Plant.objects.get().pk),
        "user_id": str(alice.pk),
        "session_id": str(running.pk),
        "plant_num": 1,
        "plant_type": "Rose",
        "growth_stage": 0,
        "state": "growing",
        "total_plants": 1,
        "created_at": "2026-01-18T12:00:00Z",
    }


def test_create_counts_this_plant_too(as_alice, alice, running):
    grown(alice, 2)
    body = as_alice.post(URL, order(running)).json()
    assert (body["plant_num"], body["total_plants"]) == (3, 3)


def test_create_for_a_completed_session_is_grown(as_alice, alice):
    done = FocusSessionFactory(user=alice, done=True)
    body = as_alice.post(URL, order(done)).json()
    assert (body["growth_stage"], body["state"]) == (5, "grown")


def test_create_again_is_a_conflict(as_alice, running, rose):
    response = as_alice.post(URL, order(running))
    assert refusal(response) == (409, "SESSION_ALREADY_PLANTED")
    assert Plant.objects.count() == 1


def test_create_with_a_number_twice_is_a_conflict(as_alice, alice, running):
    grown(alice, 1)
    response = as_alice.post(URL, order(running, plant_num=1))
    assert refusal(response) == (409, "PLANT_NUM_TAKEN")


def test_create_ahead_of_focus_is_a_conflict(at, running):
    response = at(4).post(URL, order(running, growth_stage=1))
    assert refusal(response) == (409, "GROWTH_AHEAD_OF_FOCUS")
    assert not Plant.objects.exists()


def test_create_for_an_abandoned_session_is_a_conflict(as_alice, alice):
    gone = FocusSessionFactory(
        user=alice, created_at=NOON, status="abandoned", ended_at=NOON
    )
    response = as_alice.post(URL, order(gone))
    assert refusal(response) == (409, "SESSION_ABANDONED")


def test_create_of_a_locked_species_is_forbidden(as_alice, running):
    response = as_alice.post(URL, order(running, plant_type="World Tree"))
    assert refusal(response) == (403, "PLANT_LOCKED")
    assert not Plant.objects.exists()


def test_create_for_an_unknown_session_finds_nothing(as_alice):
    response = as_alice.post(
        URL, {"session_id": str(uuid.uuid4()), "plant_type": "Rose"}
    )
    assert refusal(response) == (404, "SESSION_NOT_FOUND")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("plant_type", "Triffid"),
        ("plant_type", "rose"),
        ("plant_type", None),
        ("growth_stage", 6),
        ("growth_stage", -1),
        ("growth_stage", "0"),
        ("growth_stage", None),
        ("plant_num", 0),
        ("plant_num", None),
        ("session_id", "1"),
        ("session_id", None),
        ("state", "grown"),
        ("total_plants", 9),
    ],
)
def test_create_refuses_a_field_that_fails_a_rule(as_alice, running, field, value):
    response = as_alice.post(URL, order(running) | {field: value})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == [field]
    assert not Plant.objects.exists()


@pytest.mark.parametrize("field", ["session_id", "plant_type"])
def test_create_wants_session_and_species(as_alice, running, field):
    body = order(running)
    del body[field]
    response = as_alice.post(URL, body)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == [field]


# GET /garden


def test_list_of_nothing(as_alice):
    assert as_alice.get(URL).json() == {
        "gardens": [],
        "total": 0,
        "next": None,
        "previous": None,
    }


def test_list_is_newest_first_with_the_count(as_alice, alice):
    plants = grown(alice, 3)
    response = as_alice.get(URL)
    assert ids(response) == [str(plant.pk) for plant in reversed(plants)]
    body = response.json()
    assert body["total"] == 3
    assert {plant["total_plants"] for plant in body["gardens"]} == {3}


def test_list_entry_has_the_shape_of_a_plant(as_alice, rose):
    (entry,) = as_alice.get(URL).json()["gardens"]
    assert entry == as_alice.get(f"{URL}/{rose.pk}").json()


def test_list_pages_forth_and_back(as_alice, alice):
    newest_first = [str(plant.pk) for plant in reversed(grown(alice, 5))]
    first = as_alice.get(f"{URL}?limit=2")
    second = as_alice.get(first.json()["next"])
    third = as_alice.get(second.json()["next"])
    assert ids(first) + ids(second) + ids(third) == newest_first
    assert third.json()["next"] is None
    assert ids(as_alice.get(third.json()["previous"])) == ids(second)
    assert {page.json()["total"] for page in (first, second, third)} == {5}


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "cursor=x"])
def test_list_refuses_a_bad_parameter(as_alice, query):
    assert refusal(as_alice.get(f"{URL}?{query}")) == (400, "INVALID_PARAMETER")


# GET /garden/{id}, /garden/session/{id}


def test_retrieve_answers_one_plant(as_alice, alice, running, rose):
    response = as_alice.get(f"{URL}/{rose.pk}")
    assert response.status_code == 200
    assert response.json() == {
        "id": str(rose.pk),
        "user_id": str(alice.pk),
        "session_id": str(running.pk),
        "plant_num": 1,
        "plant_type": "Rose",
        "growth_stage": 0,
        "state": "growing",
        "total_plants": 1,
        "created_at": "2026-01-18T12:00:00Z",
    }


def test_plant_of_session_is_the_same_plant(as_alice, running, rose):
    response = as_alice.get(f"{URL}/session/{running.pk}")
    assert response.status_code == 200
    assert response.json() == as_alice.get(f"{URL}/{rose.pk}").json()


def test_plant_of_a_session_without_one_is_not_found(as_alice, running):
    response = as_alice.get(f"{URL}/session/{running.pk}")
    assert refusal(response) == (404, "PLANT_NOT_FOUND")


# PATCH /garden/{id}


def test_update_grows(at, rose):
    response = at(10).patch(f"{URL}/{rose.pk}", {"growth_stage": 2})
    assert response.status_code == 200
    assert (response.json()["growth_stage"], response.json()["state"]) == (2, "growing")


def test_update_changes_the_species(as_alice, rose):
    response = as_alice.patch(f"{URL}/{rose.pk}", {"plant_type": "Tulip"})
    assert (response.status_code, response.json()["plant_type"]) == (200, "Tulip")


def test_update_ahead_of_focus_is_a_conflict(at, rose):
    response = at(9).patch(f"{URL}/{rose.pk}", {"growth_stage": 2})
    assert refusal(response) == (409, "GROWTH_AHEAD_OF_FOCUS")


def test_update_does_not_shrink(at, rose):
    client = at(10)
    client.patch(f"{URL}/{rose.pk}", {"growth_stage": 2})
    response = client.patch(f"{URL}/{rose.pk}", {"growth_stage": 1})
    assert refusal(response) == (409, "PLANT_CANNOT_SHRINK")
    assert client.get(f"{URL}/{rose.pk}").json()["growth_stage"] == 2


def test_update_to_a_locked_species_is_forbidden(as_alice, rose):
    response = as_alice.patch(f"{URL}/{rose.pk}", {"plant_type": "Orchid"})
    assert refusal(response) == (403, "PLANT_LOCKED")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"growth_stage": 6},
        {"growth_stage": None},
        {"growth_stage": "1"},
        {"plant_type": "Triffid"},
        {"plant_num": 2},
        {"state": "grown"},
    ],
)
def test_update_refuses_a_body_that_fails_a_rule(as_alice, rose, change):
    before = Plant.objects.values().get()
    response = as_alice.patch(f"{URL}/{rose.pk}", change)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert Plant.objects.values().get() == before


@pytest.mark.parametrize(
    ("change", "stage", "state"),
    [
        ({"completed": True}, 5, "grown"),
        ({"status": "abandoned"}, 0, "withered"),
    ],
)
def test_plant_follows_its_session(at, running, rose, change, stage, state):
    client = at(25 if state == "grown" else 24)
    client.patch(f"/api/sessions/{running.pk}", change)
    body = client.get(f"{URL}/{rose.pk}").json()
    assert (body["growth_stage"], body["state"]) == (stage, state)


def test_withered_plant_grows_no_more(at, running, rose):
    client = at(24)
    client.patch(f"/api/sessions/{running.pk}", {"status": "abandoned"})
    response = client.patch(f"{URL}/{rose.pk}", {"growth_stage": 1})
    assert refusal(response) == (409, "PLANT_WITHERED")


# DELETE /garden/{id}


def test_destroy_removes_the_plant(as_alice, running, rose):
    response = as_alice.delete(f"{URL}/{rose.pk}")
    assert (response.status_code, response.content) == (204, b"")
    assert refusal(as_alice.get(f"{URL}/{rose.pk}")) == (404, "PLANT_NOT_FOUND")
    assert as_alice.get(f"/api/sessions/{running.pk}").status_code == 200


def test_destroy_again_finds_nothing(as_alice):
    response = as_alice.delete(f"{URL}/{uuid.uuid4()}")
    assert refusal(response) == (404, "PLANT_NOT_FOUND")


# GET /garden/species


@pytest.mark.parametrize("level", [1, 5, 25])
def test_species_say_what_is_unlocked(alice, sign_in, level):
    alice.lvl = level
    alice.save()
    response = sign_in(alice).get(f"{URL}/species")
    assert response.status_code == 200
    assert response.json() == {
        "species": [
            {
                "plant_type": kind.name,
                "rarity": kind.rarity,
                "level": kind.level,
                "unlocked": kind.level <= level,
            }
            for kind in species.ALL
        ],
        "total": 19,
    }
