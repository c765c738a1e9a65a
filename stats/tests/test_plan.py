"""Goals, weekdays and days off: they hold from a day on, and the past stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stats.models import DayOff, FocusPlan
from stats.plan.goals import EVERY_DAY, NO_PLAN, Plan, Plans, bits_of, names_of
from stats.plan.services import change_plan
from stats.tests.factories import logged
from tests.harness.answers import refusal
from tests.harness.clock import NOON
from tests.harness.database import breaks

TODAY = date(2026, 1, 18)  # a Sunday
DAY = timedelta(days=1)
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
ALL = [*WORKDAYS, "sat", "sun"]
NONE = {"daily_min": None, "weekly_min": None, "weekdays": ALL, "from_date": None}
PLAN, DAYS_OFF = "/api/plan", "/api/days-off"


@pytest.fixture(autouse=True)
def _at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def span(first, last, **more):
    return {"from": str(TODAY + first * DAY), "to": str(TODAY + last * DAY)} | more


def off(first, last, kind="away"):
    return span(first, last, kind=kind)


# the pure part


def test_a_plan_holds_until_the_next_one():
    first, second = Plan(date(2026, 11, 2), 120), Plan(date(2026, 11, 9), 60)
    plans = Plans([second, first])
    assert plans.on(date(2026, 11, 1)) == NO_PLAN
    assert plans.on(date(2026, 11, 2)) == plans.on(date(2026, 11, 8)) == first
    assert plans.on(date(2026, 11, 9)) == plans.on(date(2030, 1, 1)) == second


def test_weekdays_are_bits_from_monday_on():
    assert (bits_of(["mon"]), bits_of(["sun"]), bits_of(ALL)) == (1, 64, EVERY_DAY)
    assert names_of(bits_of(["sun", "mon", "wed"])) == ["mon", "wed", "sun"]


def test_a_day_of_rest_has_no_goal():
    plan = Plan(None, 60, weekdays=bits_of(WORKDAYS))
    assert [plan.goal_on(TODAY + n * DAY) for n in (-2, -1, 0, 1)] == [
        60,
        None,
        None,
        60,
    ]


# /plan


def test_without_a_plan_there_is_no_goal(as_alice):
    answer = as_alice.get(PLAN)
    assert (answer.status_code, answer.json()) == (200, NONE)


def test_a_plan_holds_from_today_on(as_alice, as_bob):
    asked = {"daily_min": 90, "weekly_min": 450, "weekdays": ["fri", "mon"]}
    shown = asked | {"weekdays": ["mon", "fri"], "from_date": "2026-01-18"}
    answer = as_alice.put(PLAN, asked)
    assert (answer.status_code, answer.json()) == (200, shown)
    assert as_alice.get(PLAN).json() == shown
    assert as_bob.get(PLAN).json() == NONE


def test_what_is_left_out_stays_as_it_was(as_alice):
    as_alice.put(PLAN, {"daily_min": 90, "weekdays": WORKDAYS})
    as_alice.put(PLAN, {"weekly_min": 450})
    assert as_alice.put(PLAN, {"daily_min": None}).json() == {
        "daily_min": None,
        "weekly_min": 450,
        "weekdays": WORKDAYS,
        "from_date": "2026-01-18",
    }
    assert FocusPlan.objects.count() == 1


def test_a_later_plan_leaves_the_one_before_for_its_days(as_alice, alice, time_machine):
    as_alice.put(PLAN, {"daily_min": 120})
    change_plan(user_id=alice.pk, changes={"daily_min": 60}, now=NOON + 7 * DAY)
    rows = FocusPlan.objects.order_by("from_date")
    assert list(rows.values_list("from_date", "daily_min")) == [
        (TODAY, 120),
        (TODAY + 7 * DAY, 60),
    ]


def test_a_plan_made_where_it_was_tomorrow_gives_way_to_one_of_today(alice):
    """Else tomorrow would bring back what was just replaced."""
    alice.timezone = "Pacific/Kiritimati"
    alice.save()
    late = datetime(2026, 1, 18, 10, 30, tzinfo=UTC)
    assert change_plan(user_id=alice.pk, changes={"daily_min": 60}, now=late)[:2] == (
        TODAY + DAY,
        60,
    )
    alice.timezone = "Pacific/Pago_Pago"
    alice.save()
    change_plan(user_id=alice.pk, changes={"weekly_min": 300}, now=late)
    assert list(FocusPlan.objects.values_list("from_date", "daily_min")) == [
        (TODAY - DAY, 60)
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"daily_min": 0}, "daily_min"),
        ({"daily_min": 1441}, "daily_min"),
        ({"daily_min": "60"}, "daily_min"),
        ({"daily_min": 60.0}, "daily_min"),
        ({"daily_min": True}, "daily_min"),
        ({"weekly_min": 0}, "weekly_min"),
        ({"weekly_min": 10_081}, "weekly_min"),
        ({"weekdays": []}, "weekdays"),
        ({"weekdays": None}, "weekdays"),
        ({"weekdays": "mon"}, "weekdays"),
        ({"weekdays": ["mon", "mon"]}, "weekdays"),
        ({"weekdays": {"mon": True}}, "weekdays"),
        ({"weekdays": ["monday"]}, "weekdays.0"),
        ({"weekdays": [1]}, "weekdays.0"),
        ({"weekdays": [*ALL, "mon"]}, "weekdays"),
        ({"from_date": "2026-01-01"}, "from_date"),
        ({}, "non_field_errors"),
        ([], "non_field_errors"),
    ],
)
def test_a_plan_that_is_none_is_refused(as_alice, body, field):
    answer = as_alice.put(PLAN, body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    (named,) = answer.json()["detail"]["errors"]
    assert named.split(".")[0] == field.split(".")[0]
    assert not FocusPlan.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("focus_plans_daily_range", {"daily_min": 0}),
        ("focus_plans_daily_range", {"daily_min": 1441}),
        ("focus_plans_weekly_range", {"weekly_min": 0}),
        ("focus_plans_weekly_range", {"weekly_min": 10_081}),
        ("focus_plans_a_weekday", {"weekdays": 0}),
        ("focus_plans_a_weekday", {"weekdays": 128}),
    ],
)
def test_the_database_refuses_a_plan_that_is_none(alice, constraint, values):
    plan = {"from_date": TODAY, "weekdays": EVERY_DAY} | values
    with breaks(constraint):
        FocusPlan.objects.create(user=alice, **plan)


# /days-off


def test_days_off_are_taken_shown_and_given_back(as_alice, as_bob):
    answer = as_alice.put(DAYS_OFF, off(-1, 1, "ill"))
    days = [
        {"date": "2026-01-17", "kind": "ill"},
        {"date": "2026-01-18", "kind": "ill"},
        {"date": "2026-01-19", "kind": "ill"},
    ]
    assert (answer.status_code, answer.json()) == (200, {"days": days})
    assert as_alice.get(DAYS_OFF).json() == {"days": days}
    assert as_alice.get(DAYS_OFF, span(0, 9)).json() == {"days": days[1:]}
    assert as_alice.get(DAYS_OFF, {"to": "2026-01-17"}).json() == {"days": days[:1]}
    assert as_bob.get(DAYS_OFF).json() == {"days": []}
    assert as_bob.delete(f"{DAYS_OFF}?from=2026-01-17&to=2026-01-19").status_code == 204
    gone = as_alice.delete(f"{DAYS_OFF}?from=2026-01-18&to=2026-01-18")
    assert (gone.status_code, gone.content) == (204, b"")
    assert as_alice.get(DAYS_OFF).json() == {"days": days[::2]}


def test_a_day_that_is_off_takes_the_new_kind(as_alice):
    as_alice.put(DAYS_OFF, off(0, 1))
    as_alice.put(DAYS_OFF, off(1, 2, "ill"))
    kinds = DayOff.objects.order_by("day").values_list("kind", flat=True)
    assert list(kinds) == ["away", "ill", "ill"]


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(-15, -15, "from"), (-15, 0, "from"), (365, 366, "to"), (400, 400, "to")],
)
def test_days_out_of_reach_are_refused(as_alice, first, last, field):
    answer = as_alice.put(DAYS_OFF, off(first, last))
    assert refusal(answer) == (422, "DAY_OUT_OF_REACH")
    assert answer.json()["detail"]["errors"].keys() == {field}
    asked = span(first, last)
    gone = as_alice.delete(f"{DAYS_OFF}?from={asked['from']}&to={asked['to']}")
    assert refusal(gone) == (422, "DAY_OUT_OF_REACH")
    assert not DayOff.objects.exists()


def test_the_reach_is_that_of_ones_own_today(as_alice, alice):
    alice.timezone = "Pacific/Kiritimati"
    alice.save()
    assert as_alice.put(DAYS_OFF, off(-14, -14)).status_code == 422
    assert as_alice.put(DAYS_OFF, off(-13, -13)).status_code == 200
    assert as_alice.put(DAYS_OFF, off(366, 366)).status_code == 200


def test_what_is_further_back_is_not_given_back(as_alice, alice):
    DayOff.objects.create(user=alice, day=TODAY - 15 * DAY, kind="away")
    answer = as_alice.delete(f"{DAYS_OFF}?from=2026-01-03&to=2026-01-18")
    assert refusal(answer) == (422, "DAY_OUT_OF_REACH")
    assert DayOff.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (off(0, 60), "to"),
        (off(1, 0), "to"),
        (off(0, 0, "bored"), "kind"),
        (off(0, 0, None), "kind"),
        (off(0, 0) | {"from": "2026-1-18"}, "from"),
        (off(0, 0) | {"from": "2026-02-30"}, "from"),
        (off(0, 0) | {"from": "2026-01-18T00:00:00Z"}, "from"),
        (off(0, 0) | {"from": 20260118}, "from"),
        (off(0, 0) | {"to": "٢٠٢٦-٠١-١٨"}, "to"),
        (off(0, 0) | {"days": 3}, "days"),
        (span(0, 0), "kind"),
        ({"kind": "away", "to": "2026-01-18"}, "from"),
    ],
)
def test_days_off_that_are_none_are_refused(as_alice, body, field):
    answer = as_alice.put(DAYS_OFF, body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == {field}
    assert not DayOff.objects.exists()


def test_sixty_days_at_once_and_ninety_a_year(as_alice):
    """A year that ends within them counts its own part alone."""
    assert as_alice.put(DAYS_OFF, off(1, 60)).status_code == 200
    assert as_alice.put(DAYS_OFF, off(100, 129)).status_code == 200
    # Those that are off already are counted once.
    assert as_alice.put(DAYS_OFF, off(1, 30, "ill")).status_code == 200
    assert refusal(as_alice.put(DAYS_OFF, off(200, 200))) == (409, "TOO_MANY_DAYS_OFF")
    across = off(347, 350)  # from the 31st of December
    assert refusal(as_alice.put(DAYS_OFF, across)) == (409, "TOO_MANY_DAYS_OFF")
    assert as_alice.put(DAYS_OFF, off(348, 360)).status_code == 200
    assert DayOff.objects.count() == 103


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-18",
        "to=2026-01-18",
        "",
        "from=2026-01-19&to=2026-01-18",
        "from=2026-1-18&to=2026-01-18",
        "from=2026-01-18&to=2026-01-18&kind=ill",
        "from=2026-01-18&from=2026-01-18&to=2026-01-18",
    ],
)
def test_days_are_given_back_from_one_to_another(as_alice, query):
    answer = as_alice.delete(f"{DAYS_OFF}?{query}")
    assert refusal(answer) == (400, "INVALID_PARAMETER")


@pytest.mark.django_db
def test_the_database_knows_two_kinds_of_days_off_and_one_a_day(alice):
    with breaks("days_off_kind_known"):
        DayOff.objects.create(user=alice, day=TODAY, kind="bore")
    DayOff.objects.create(user=alice, day=TODAY, kind="ill")
    with breaks("days_off_pkey"):
        DayOff.objects.bulk_create([DayOff(user=alice, day=TODAY, kind="away")])


@pytest.mark.django_db
def test_plans_and_days_off_go_with_their_user(alice, bob):
    for user in (alice, bob):
        FocusPlan.objects.create(user=user, from_date=TODAY, weekdays=EVERY_DAY)
        DayOff.objects.create(user=user, day=TODAY, kind="ill")
    alice.delete()
    assert FocusPlan.objects.get().user == DayOff.objects.get().user == bob


@pytest.mark.django_db
def test_a_plan_of_nobody_is_refused_at_once(alice):
    """And not at the end, where it would be the deletion of the account that fails."""
    gone = alice.pk
    alice.delete()
    with breaks("focus_plans_user"):
        FocusPlan.objects.create(user_id=gone, from_date=TODAY, weekdays=1)
    with breaks("days_off_user"):
        DayOff.objects.create(user_id=gone, day=TODAY, kind="ill")


@pytest.mark.parametrize("path", [PLAN, DAYS_OFF])
def test_plans_want_a_token(db, anonymous, path):
    assert refusal(anonymous.get(path)) == (401, "NOT_AUTHENTICATED")


def test_planning_moves_no_figure_of_the_boards(as_alice, alice):
    logged(alice, TODAY - 3 * DAY)
    before = as_alice.get("/api/stats/me").json(), as_alice.get("/api/users/me").json()
    as_alice.put(PLAN, {"daily_min": 1, "weekdays": ["thu"]})
    as_alice.put(DAYS_OFF, off(-14, 30))
    after = as_alice.get("/api/stats/me").json(), as_alice.get("/api/users/me").json()
    assert after == before
