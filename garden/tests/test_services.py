import uuid
from datetime import timedelta

import pytest

from accounts.exceptions import TokenInvalid
from garden import exceptions as errors
from garden import services, species
from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app import services as session_services
from sessions_app.exceptions import SessionNotFound
from sessions_app.tests.events import ReceiverFailed, failing
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON, after

pytestmark = pytest.mark.django_db


def plant_for(session, *, plant_type="Rose", now=NOON, **kwargs):
    plant, _ = services.plant_for_session(
        user_id=session.user_id,
        session_id=session.pk,
        plant_type=plant_type,
        now=now,
        **kwargs,
    )
    return plant


def tend(plant, *, now=NOON, **kwargs):
    return services.tend_plant(
        user_id=plant.user_id, plant_id=plant.pk, now=now, **kwargs
    )


def finish(event, session, now):
    service = {
        "completed": session_services.complete_session,
        "abandoned": session_services.abandon_session,
    }[event]
    return service(user_id=session.user_id, session_id=session.pk, now=now)


def stored(plant):
    return Plant.objects.values().get(pk=plant.pk)


@pytest.fixture
def running(alice):
    """Alice's session of 25 minutes, started at noon."""
    return FocusSessionFactory(user=alice, duration_min=25, created_at=NOON)


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


# what becomes of the session becomes of the plant


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
    """What is credited is at most the new plan, and the plant is measured by it."""
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
