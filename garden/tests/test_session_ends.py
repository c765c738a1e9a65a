"""A plant becomes what its session becomes."""

import pytest

from garden import exceptions as errors
from garden.models import Plant
from garden.tests.factories import PlantFactory
from garden.tests.gardening import finish, plant_for, stored, tend
from sessions_app import services as session_services
from sessions_app.tests.events import ReceiverFailed, failing
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON, after

pytestmark = pytest.mark.django_db


@pytest.fixture
def rose(running):
    return plant_for(running)


ENDS = [
    # planned, seconds until it is completed, and what its plant is
    (25, 3, 0, "withered"),
    (25, 59, 0, "withered"),
    (480, 59, 0, "withered"),
    (25, 60, 0, "grown"),
    (25, 24 * 60 + 59, 4, "grown"),
    (25, 25 * 60, 5, "grown"),
    (25, 300 * 60, 5, "grown"),
    (480, 95 * 60, 0, "grown"),
    (480, 96 * 60, 1, "grown"),
    (1, 61, 5, "grown"),
    (None, 5 * 60, 1, "grown"),
    (None, 200 * 60, 5, "grown"),
]


@pytest.mark.parametrize(("planned", "seconds", "stage", "state"), ENDS)
@pytest.mark.parametrize("late", [False, True])
def test_completed_plant_is_as_tall_as_the_credit(
    alice, planned, seconds, stage, state, late
):
    """Planted before or after the end, it is the same."""
    session = FocusSessionFactory(user=alice, duration_min=planned, created_at=NOON)
    plant = None if late else plant_for(session)
    finish("completed", session, after(seconds=seconds))
    # Whatever a client asks for.
    plant = plant or plant_for(session, growth_stage=5, now=after(hours=6))
    row = stored(plant)
    assert (row["growth_stage"], row["state"]) == (stage, state)
    assert row["plant_num"] == 1


def test_completed_plant_cannot_be_grown_further(running, rose):
    finish("completed", running, after(minutes=10))
    with pytest.raises(errors.GrowthAheadOfFocus):
        tend(rose, growth_stage=3, now=after(hours=9))
    assert tend(rose, growth_stage=2, now=after(hours=9)).growth_stage == 2


def test_plant_of_no_minutes_cannot_be_revived(running, rose):
    finish("completed", running, after(seconds=3))
    with pytest.raises(errors.PlantWithered):
        tend(rose, growth_stage=5, now=after(hours=9))


def test_ten_long_plans_in_a_row_grow_nothing(alice):
    for n in range(10):
        session = FocusSessionFactory(
            user=alice, duration_min=480, created_at=after(seconds=n)
        )
        plant_for(session, now=after(seconds=n))
        finish("completed", session, after(seconds=n))
    assert set(Plant.objects.values_list("growth_stage", "state")) == {(0, "withered")}
    assert sorted(Plant.objects.values_list("plant_num", flat=True)) == [*range(1, 11)]


def replan(session, planned, now):
    session_services.replan_session(
        user_id=session.user_id, session_id=session.pk, duration_min=planned, now=now
    )


def test_longer_plan_takes_back_what_a_shorter_one_let_grow(alice):
    session = FocusSessionFactory(user=alice, duration_min=1, created_at=NOON)
    plant = plant_for(session)
    tend(plant, growth_stage=4, now=after(seconds=50))
    replan(session, 480, after(seconds=55))
    assert stored(plant)["growth_stage"] == 0
    finish("completed", session, after(seconds=61))
    assert (stored(plant)["growth_stage"], stored(plant)["state"]) == (0, "grown")


def test_longer_plan_leaves_no_tall_plant_to_wither(alice):
    session = FocusSessionFactory(user=alice, duration_min=1, created_at=NOON)
    plant = plant_for(session)
    tend(plant, growth_stage=4, now=after(seconds=50))
    replan(session, 480, after(seconds=55))
    finish("abandoned", session, after(seconds=58))
    assert (stored(plant)["growth_stage"], stored(plant)["state"]) == (0, "withered")


@pytest.mark.parametrize(
    ("before", "later", "minutes", "stage"),
    [(480, 1, 3, 5), (25, 3, 5, 5), (25, 20, 8, 2)],
)
def test_shorter_plan_neither_forges_nor_loses_a_plant(
    alice, before, later, minutes, stage
):
    """The credit is at most the new plan, and the plant is measured by it."""
    session = FocusSessionFactory(user=alice, duration_min=before, created_at=NOON)
    plant = plant_for(session)
    replan(session, later, after(minutes=minutes))
    done = finish("completed", session, after(minutes=minutes))
    assert done.focus_min == min(minutes, later)
    assert (stored(plant)["growth_stage"], stored(plant)["state"]) == (stage, "grown")


@pytest.mark.parametrize(
    ("planned", "stage", "state"), [(25, 5, "grown"), (None, 2, "withered")]
)
def test_tending_past_the_deadline_settles_first(alice, planned, stage, state):
    session = FocusSessionFactory(user=alice, duration_min=planned, created_at=NOON)
    plant = plant_for(session)
    tend(plant, growth_stage=2, now=after(minutes=10))
    tend(plant, plant_type="Tulip", now=after(hours=5))
    row = stored(plant)
    assert (row["growth_stage"], row["state"], row["plant_type"]) == (
        *(stage, state),
        "Tulip",
    )
    session.refresh_from_db()
    assert not session.is_active


def test_planting_past_the_deadline_settles_first(running):
    plant = plant_for(running, now=after(minutes=26))
    assert (plant.growth_stage, plant.state) == (5, "grown")
    running.refresh_from_db()
    assert running.focus_min == 25


def test_abandoning_withers_the_plant_at_its_height(running, rose):
    tend(rose, growth_stage=2, now=after(minutes=10))
    finish("abandoned", running, after(minutes=20))
    assert (stored(rose)["growth_stage"], stored(rose)["state"]) == (2, "withered")


def test_settling_an_overdue_open_session_withers_its_plant(alice):
    session = FocusSessionFactory(user=alice, duration_min=None, created_at=NOON)
    plant = plant_for(session)
    session_services.start_session(user_id=alice.pk, now=after(hours=5))
    assert stored(plant)["state"] == "withered"


@pytest.mark.parametrize("event", ["completed", "abandoned"])
def test_plant_stays_as_it_was_when_a_receiver_fails(running, rose, event):
    before = stored(rose)
    with failing(event), pytest.raises(ReceiverFailed):
        finish(event, running, after(minutes=24))
    assert stored(rose) == before


@pytest.mark.parametrize("event", ["completed", "abandoned"])
def test_finishing_leaves_other_plants(alice, running, event):
    other = PlantFactory(session__user=alice, grown=True)
    growing = PlantFactory()
    before = [stored(other), stored(growing)]
    finish(event, running, after(minutes=24))
    assert [stored(other), stored(growing)] == before


def test_deleting_a_session_takes_its_plant(running, rose):
    session_services.delete_session(user_id=running.user_id, session_id=running.pk)
    assert not Plant.objects.exists()
