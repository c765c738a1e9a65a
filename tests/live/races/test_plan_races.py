"""Plans that meet: one row a date, the past as it was, and no day off too many."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from accounts.devices.one_door import open_device
from sessions_app.tests.factories import FocusSessionFactory
from stats.days.selectors import life_of
from stats.models import DayOff, FocusPlan
from stats.plan import services
from stats.plan.services import MOST_A_YEAR
from stats.services import rebuild_stats
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request

DAY = timedelta(days=1)
RACERS = 50


def test_plans_set_around_midnight_are_one_row_a_date(stack, alice):
    """The order of the two does not matter. Caught: a plain INSERT, which fails for the second."""
    midnight = datetime.combine(timezone.now().date(), time(), UTC)
    today = midnight.date()
    for n in range(2, 40):
        FocusSessionFactory(user=alice, created_at=midnight - n * DAY, done=True)
    rebuild_stats(user_id=alice.pk)
    goal = {"daily_min": 25}
    services.change_plan(user_id=alice.pk, changes=goal, now=midnight - 30 * DAY)

    def past():
        return life_of(alice, midnight).days(today - 40 * DAY, today - 2 * DAY)

    def race(n):
        try:
            services.change_plan(
                user_id=alice.pk,
                changes={"daily_min": n + 1},
                now=midnight + timedelta(seconds=0.1 if n % 2 else -0.1),
            )
        finally:
            connection.close()

    before = past()
    with ThreadPoolExecutor(8) as racers:
        list(racers.map(race, range(RACERS)))
    dates = FocusPlan.objects.order_by("from_date").values_list("from_date", flat=True)
    assert set(dates) <= {today - 30 * DAY, today - DAY, today}
    assert len(dates) == len(set(dates)) >= 2
    assert past() == before


def test_two_devices_set_a_goal_each_and_both_stay(stack, alice, signed_in):
    """Caught, without the user's lock: each writes the other's goal as it was before."""
    phone = open_device(user=alice)
    requests = [
        Request("PUT", "/api/plan", {"daily_min": 50}, token=signed_in.access_token),
        Request("PUT", "/api/plan", {"weekly_min": 300}, token=phone.access_token),
    ]
    answers = burst(stack, requests * 4, behind=Dam(alice))
    assert {answer.status_code for answer in answers} == {200}
    (plan,) = FocusPlan.objects.all()
    assert (plan.daily_min, plan.weekly_min) == (50, 300)


def first_of_many_days(count):
    """Return a day from which so many are of one calendar year, and within reach."""
    tomorrow = timezone.now().date() + DAY
    if (tomorrow + count * DAY).year == tomorrow.year:
        return tomorrow
    return date(tomorrow.year + 1, 1, 1)


def test_the_last_days_off_of_a_year_are_taken_once(stack, alice, signed_in):
    """Caught, without the user's lock: more than ninety."""
    left = 5
    first = first_of_many_days(MOST_A_YEAR + RACERS)
    taken = [first + n * DAY for n in range(MOST_A_YEAR - left)]
    DayOff.objects.bulk_create(
        [DayOff(user=alice, day=day, kind=DayOff.Kind.AWAY) for day in taken]
    )
    asked = [taken[-1] + n * DAY for n in range(1, RACERS + 1)]
    requests = [
        Request(
            "PUT",
            "/api/days-off",
            {"from": str(day), "to": str(day), "kind": "ill"},
            token=signed_in.access_token,
        )
        for day in asked
    ]
    answers = burst(stack, requests, behind=Dam(alice))
    assert Counter(answer.status_code for answer in answers) == {
        200: left,
        409: RACERS - left,
    }
    assert DayOff.objects.count() == MOST_A_YEAR
