"""`GET /garden/landscape`: the plants of some days in one answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from garden import selectors
from garden.models import Plant
from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import many_sessions
from tests.harness.answers import refusal
from tests.harness.clock import NOON

URL = "/api/garden/landscape"

pytestmark = pytest.mark.django_db


def landscape(client, first, last):
    answer = client.get(f"{URL}?from={first}&to={last}")
    assert answer.status_code == 200
    return answer.json()["plants"]


def grown(user, at, **kwargs):
    return PlantFactory(
        grown=True, session__user=user, session__created_at=at, created_at=at, **kwargs
    )


def test_plant_stands_with_the_day_and_the_minutes_of_its_session(as_alice, alice):
    plant = grown(alice, NOON, session__duration_min=240, plant_num=7)
    assert landscape(as_alice, "2026-01-18", "2026-01-18") == [
        {
            "id": str(plant.pk),
            "session_id": str(plant.session_id),
            "plant_num": 7,
            "plant_type": "Rose",
            "growth_stage": 5,
            "state": "grown",
            "local_date": "2026-01-18",
            "focus_min": 240,
            "started_at": "2026-01-18T12:00:00Z",
        }
    ]


def test_plant_is_of_the_day_of_its_session_wherever_it_was(as_alice, alice):
    """The furthest zones: what begins there at a day's edge is of that day alone."""
    for zone, at in (
        ("Pacific/Kiritimati", datetime(2026, 1, 31, 10, 30, tzinfo=UTC)),  # 1 Feb 0:30
        ("Etc/GMT+12", datetime(2026, 2, 1, 11, 30, tzinfo=UTC)),  # 31 Jan 23:30
    ):
        alice.timezone = zone
        grown(alice, at, session__local_date=alice.local_date(at))
    january = landscape(as_alice, "2026-01-01", "2026-01-31")
    february = landscape(as_alice, "2026-02-01", "2026-02-28")
    assert [plant["local_date"] for plant in january] == ["2026-01-31"]
    assert [plant["local_date"] for plant in february] == ["2026-02-01"]


def test_plants_planted_late_stand_on_the_day_of_their_session(as_alice, alice):
    plant = grown(alice, NOON)
    plant.created_at = NOON + timedelta(days=40)
    plant.save()
    assert len(landscape(as_alice, "2026-01-18", "2026-01-18")) == 1
    assert landscape(as_alice, "2026-02-27", "2026-02-27") == []


def test_oldest_stand_first_and_nobody_elses(as_alice, alice, as_bob):
    days = [2, 0, 1]
    made = {day: grown(alice, NOON + timedelta(days=day)) for day in days}
    shown = landscape(as_alice, "2026-01-18", "2026-01-20")
    assert [plant["id"] for plant in shown] == [str(made[day].pk) for day in (0, 1, 2)]
    assert landscape(as_bob, "2026-01-18", "2026-01-20") == []


def test_more_than_are_drawn_are_told(as_alice, alice):
    """The newest are shown, since they are what somebody looks for.

    With as many plants as that takes: the limit is part of a prepared statement, which
    would keep another one for the tests that come later.
    """
    many_sessions(alice, selectors.MOST_PLANTS + 1, since=NOON)
    sessions = alice.focus_sessions.order_by("created_at").values_list("pk", flat=True)
    Plant.objects.bulk_create(
        PlantFactory.build(
            session=None, session_id=pk, user=alice, growth_stage=5, state="grown"
        )
        for pk in sessions
    )
    body = as_alice.get(f"{URL}?from=2026-01-18&to=2026-01-31").json()
    shown = [plant["session_id"] for plant in body["plants"]]
    assert shown == [str(pk) for pk in sessions[1:]]
    assert body["more"] is True
    alice.plants.get(session=sessions[0]).delete()
    body = as_alice.get(f"{URL}?from=2026-01-18&to=2026-01-31").json()
    assert (len(body["plants"]), body["more"]) == (selectors.MOST_PLANTS, False)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?from=2026-01-01",
        "?to=2026-01-01",
        "?from=2026-02-01&to=2026-01-31",
        "?from=2026-01-32&to=2026-02-01",
        "?from=2025-01-01&to=2026-01-02",
        "?from=2026-01-01&to=2026-01-02&limit=3",
    ],
)
def test_days_that_can_not_be_shown_are_refused(as_alice, query):
    assert refusal(as_alice.get(URL + query)) == (400, "INVALID_PARAMETER")


@pytest.mark.parametrize("year", [1, 2024, 9999])
def test_every_year_can_be_asked_for_as_a_whole(as_alice, year):
    last = date(year, 12, 31)
    assert landscape(as_alice, f"{year:04}-01-01", last.isoformat()) == []
