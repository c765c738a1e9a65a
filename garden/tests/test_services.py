import uuid
from datetime import timedelta

import pytest

from accounts.exceptions import TokenInvalid
from garden import exceptions as errors
from garden import services, species
from garden.models import Plant
from garden.tests.gardening import finish, plant_for, stored, tend
from sessions_app.exceptions import SessionNotFound
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON, after

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(alice):
    return FocusSessionFactory(user=alice, done=True, created_at=NOON)


@pytest.fixture
def rose(running):
    return plant_for(running)


def done_sessions(user, count):
    return FocusSessionFactory.create_batch(count, user=user, done=True)


# plant


def test_plant_for_session_stores_a_growing_plant(alice, running):
    plant = plant_for(running)
    assert stored(plant) == {
        "id": plant.pk,
        "user_id": alice.pk,
        "session_id": running.pk,
        "plant_num": 1,
        "plant_type": "Rose",
        "growth_stage": 0,
        "state": "growing",
        "created_at": NOON,
    }


def test_plant_for_session_returns_the_users_count_with_this_one(alice, running):
    for session in done_sessions(alice, 2):
        plant_for(session)
    _, total = services.plant_for_session(
        user_id=alice.pk, session_id=running.pk, plant_type="Rose"
    )
    assert total == 3


def test_plant_for_session_that_was_completed_comes_grown(done):
    row = stored(plant_for(done))
    assert (row["growth_stage"], row["state"]) == (5, "grown")


def test_plant_for_session_refuses_an_abandoned_one(running):
    finish("abandoned", running, after(minutes=5))
    with pytest.raises(errors.SessionAbandoned):
        plant_for(running)
    assert not Plant.objects.exists()


def test_plant_for_session_refuses_a_second_plant(running, rose):
    with pytest.raises(errors.SessionAlreadyPlanted):
        plant_for(running, plant_type="Tulip")
    assert Plant.objects.get() == rose


def test_plant_for_session_does_not_find_the_session_of_another(bob, running):
    running.user_id = bob.pk
    with pytest.raises(SessionNotFound):
        plant_for(running)
    assert not Plant.objects.exists()


def test_plant_for_session_refuses_a_user_who_is_gone(running):
    running.user_id = uuid.uuid4()
    with pytest.raises(TokenInvalid):
        plant_for(running)


def test_plant_for_session_numbers_without_gaps(alice, bob):
    mine = [plant_for(session).plant_num for session in done_sessions(alice, 4)]
    other = [plant_for(session).plant_num for session in done_sessions(bob, 2)]
    assert (mine, other) == ([1, 2, 3, 4], [1, 2])


def test_plant_for_session_takes_a_number_that_was_chosen(done):
    assert plant_for(done, plant_num=7).plant_num == 7


def test_plant_for_session_goes_on_after_a_number_that_was_chosen(alice):
    first, second = done_sessions(alice, 2)
    plant_for(first, plant_num=7)
    assert plant_for(second).plant_num == 8


def test_plant_for_session_refuses_a_number_twice(alice, running, rose):
    (second,) = done_sessions(alice, 1)
    with pytest.raises(errors.PlantNumberTaken):
        plant_for(second, plant_num=rose.plant_num)
    assert Plant.objects.get() == rose


def test_plant_for_session_does_not_mind_the_number_of_another(bob, rose):
    (session,) = done_sessions(bob, 1)
    assert plant_for(session, plant_num=rose.plant_num).plant_num == rose.plant_num


@pytest.mark.parametrize("kind", species.ALL, ids=lambda kind: kind.name)
def test_plant_for_session_unlocks_a_species_at_its_level(alice, done, kind):
    alice.lvl = kind.level
    alice.save()
    assert plant_for(done, plant_type=kind.name).plant_type == kind.name


@pytest.mark.parametrize(
    "kind",
    [kind for kind in species.ALL if kind.level > 1],
    ids=lambda kind: kind.name,
)
def test_plant_for_session_keeps_a_species_locked_below_its_level(alice, done, kind):
    alice.lvl = kind.level - 1
    alice.save()
    with pytest.raises(errors.PlantLocked):
        plant_for(done, plant_type=kind.name)
    assert not Plant.objects.exists()


@pytest.mark.parametrize(("minutes", "stage"), [(5, 1), (15, 3), (24, 4)])
def test_plant_for_session_takes_the_stage_that_was_earned(running, minutes, stage):
    plant = plant_for(running, growth_stage=stage, now=after(minutes=minutes))
    assert (plant.growth_stage, plant.state) == (stage, "growing")


@pytest.mark.parametrize(("minutes", "stage"), [(0, 1), (4, 1), (15, 4), (24, 5)])
def test_plant_for_session_refuses_a_stage_ahead_of_focus(running, minutes, stage):
    with pytest.raises(errors.GrowthAheadOfFocus):
        plant_for(running, growth_stage=stage, now=after(minutes=minutes))
    assert not Plant.objects.exists()


# tend


def test_tend_plant_lets_it_grow(rose):
    before = stored(rose)
    tend(rose, growth_stage=2, now=after(minutes=10))
    assert stored(rose) == before | {"growth_stage": 2}


def test_tend_plant_of_an_open_session_counts_25_minutes(alice):
    session = FocusSessionFactory(user=alice, duration_min=None, created_at=NOON)
    plant = plant_for(session)
    assert tend(plant, growth_stage=2, now=after(minutes=10)).growth_stage == 2
    with pytest.raises(errors.GrowthAheadOfFocus):
        tend(plant, growth_stage=5, now=after(minutes=24))


@pytest.mark.parametrize(
    ("passed", "stage"),
    [
        (timedelta(minutes=4, seconds=59), 1),
        (timedelta(minutes=24, seconds=59), 5),
        (timedelta(), 5),
    ],
)
def test_tend_plant_refuses_to_be_ahead_of_focus(rose, passed, stage):
    before = stored(rose)
    with pytest.raises(errors.GrowthAheadOfFocus):
        tend(rose, growth_stage=stage, now=NOON + passed)
    assert stored(rose) == before


def test_tend_plant_never_shrinks(rose):
    tend(rose, growth_stage=2, now=after(minutes=10))
    with pytest.raises(errors.PlantCannotShrink):
        tend(rose, growth_stage=1, now=after(minutes=10))
    assert stored(rose)["growth_stage"] == 2


def test_tend_plant_at_its_own_stage_changes_nothing(rose):
    tend(rose, growth_stage=2, now=after(minutes=10))
    before = stored(rose)
    tend(rose, growth_stage=2, now=after(minutes=10))
    assert stored(rose) == before


def test_tend_plant_makes_it_another_species(rose):
    before = stored(rose)
    tend(rose, plant_type="Tulip")
    assert stored(rose) == before | {"plant_type": "Tulip"}


def test_tend_plant_keeps_a_species_locked(rose):
    with pytest.raises(errors.PlantLocked):
        tend(rose, plant_type="World Tree", growth_stage=1, now=after(minutes=10))
    assert stored(rose)["plant_type"] == "Rose"
    assert stored(rose)["growth_stage"] == 0


def test_tend_plant_changes_nothing_when_half_of_it_is_refused(rose):
    before = stored(rose)
    with pytest.raises(errors.GrowthAheadOfFocus):
        tend(rose, plant_type="Tulip", growth_stage=5)
    assert stored(rose) == before


def test_tend_plant_refuses_growth_of_a_withered_one(running, rose):
    finish("abandoned", running, after(minutes=20))
    with pytest.raises(errors.PlantWithered):
        tend(rose, growth_stage=2, now=after(minutes=20))
    assert stored(rose)["growth_stage"] == 0


def test_tend_plant_takes_the_present_stage_of_a_withered_one(running, rose):
    tend(rose, growth_stage=2, now=after(minutes=20))
    finish("abandoned", running, after(minutes=20))
    tend(rose, growth_stage=2, now=after(minutes=20))
    assert stored(rose)["state"] == "withered"


def test_tend_plant_leaves_a_grown_one_grown(running, rose):
    finish("completed", running, after(minutes=25))
    with pytest.raises(errors.PlantCannotShrink):
        tend(rose, growth_stage=4, now=after(minutes=25))
    assert (stored(rose)["growth_stage"], stored(rose)["state"]) == (5, "grown")


def test_tend_plant_does_not_find_the_plant_of_another(bob, rose):
    before = stored(rose)
    rose.user_id = bob.pk
    with pytest.raises(errors.PlantNotFound):
        tend(rose, plant_type="Tulip")
    assert stored(rose) == before


# remove


def test_remove_plant_leaves_the_session(running, rose):
    services.remove_plant(user_id=rose.user_id, plant_id=rose.pk)
    assert not Plant.objects.exists()
    running.refresh_from_db()


def test_remove_plant_makes_room_for_another(running, rose):
    services.remove_plant(user_id=rose.user_id, plant_id=rose.pk)
    assert plant_for(running, plant_type="Tulip").plant_type == "Tulip"


def test_remove_plant_does_not_find_the_plant_of_another(bob, rose):
    with pytest.raises(errors.PlantNotFound):
        services.remove_plant(user_id=bob.pk, plant_id=rose.pk)
    assert Plant.objects.get() == rose


def test_remove_plant_twice_finds_nothing(rose):
    services.remove_plant(user_id=rose.user_id, plant_id=rose.pk)
    with pytest.raises(errors.PlantNotFound):
        services.remove_plant(user_id=rose.user_id, plant_id=rose.pk)
