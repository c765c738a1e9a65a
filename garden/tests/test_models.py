import pytest

from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db


@pytest.mark.row("D13")
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("garden_growth_range", {"growth_stage": 6}),
        ("garden_state_known", {"state": "rotten"}),
        ("garden_plant_num_positive", {"plant_num": 0}),
    ],
)
def test_plant_row_is_refused(constraint, values):
    plant = PlantFactory()
    with breaks(constraint):
        Plant.objects.filter(pk=plant.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"growth_stage": 5},
        {"growth_stage": 5, "state": "grown"},
        {"growth_stage": 2, "state": "grown"},
        {"growth_stage": 0, "state": "withered"},
        {"growth_stage": 5, "state": "withered"},
        {"plant_num": 1},
    ],
)
def test_plant_row_at_the_limit_is_taken(values):
    plant = PlantFactory()
    assert Plant.objects.filter(pk=plant.pk).update(**values) == 1


@pytest.mark.row("D13")
def test_plant_num_twice_is_refused(alice):
    PlantFactory(user=alice, session__user=alice, grown=True, plant_num=3)
    session = FocusSessionFactory(user=alice)
    with breaks("garden_plant_num_unique"):
        Plant.objects.bulk_create([PlantFactory.build(session=session, plant_num=3)])


def test_plant_num_is_counted_for_each_user():
    first, second = PlantFactory(plant_num=3), PlantFactory(plant_num=3)
    assert first.user_id != second.user_id


def test_second_plant_of_a_session_is_refused():
    plant = PlantFactory(plant_num=1)
    with breaks("garden_session_id_key"):
        Plant.objects.bulk_create([PlantFactory.build(session=plant.session)])


def test_plant_goes_with_its_session():
    plant = PlantFactory()
    FocusSession.objects.filter(pk=plant.session_id).delete()
    assert not Plant.objects.exists()


def test_plants_go_with_their_user(alice):
    PlantFactory(session__user=alice)
    alice.delete()
    assert not Plant.objects.exists()


def test_for_user_leaves_out_other_users(alice):
    mine = PlantFactory(session__user=alice)
    PlantFactory()
    assert list(Plant.objects.for_user(alice.pk)) == [mine]


def test_plant_names_itself_by_species_and_number():
    assert str(Plant(plant_type="Rose", plant_num=7)) == "Rose 7"
