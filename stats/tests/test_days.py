"""Days beside what was planned for them: today, a calendar, labels and hours."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app import services as session_services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory, LabelFactory
from stats.plan import services
from stats.plan.goals import bits_of
from stats.tests.factories import focus, logged, told
from tests.harness.answers import refusal
from tests.harness.clock import NOON
from tests.harness.statements import statements

SUNDAY = date(2026, 1, 18)
DAY = timedelta(days=1)
TODAY, CALENDAR = "/api/stats/today", "/api/stats/calendar"
LABELS, HOURS = "/api/stats/labels", "/api/stats/hours"

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(time_machine, alice, sign_in):
    """Stop the clock at six in the evening (UTC) of a day; return alice's client."""

    def _on(day):
        time_machine.move_to(datetime.combine(day, time(18), UTC), tick=False)
        return sign_in(alice)

    return _on


def back(days):
    return SUNDAY - days * DAY


def asked(first, last):
    return {"from": str(first), "to": str(last)}


def shown(day, minutes=0, manual=0, mark=None, goal=None, met=None):
    return {
        "date": str(day),
        "focus_min": minutes,
        "sessions_completed": 1 if minutes else 0,
        "manual_min": manual,
        "goal_min": goal,
        "met": met,
        "mark": mark,
    }


def planned(user, day, **changes):
    if "weekdays" in changes:
        changes["weekdays"] = bits_of(changes["weekdays"])
    now = datetime.combine(day, time(1), UTC)
    return services.change_plan(user_id=user.pk, changes=changes, now=now)


def away(user, day, kind="away"):
    now = datetime.combine(day, time(1), UTC)
    services.take_days_off(user_id=user.pk, first=day, last=day, kind=kind, now=now)


def marks(client, first, last):
    days = client.get(CALENDAR, asked(first, last)).json()["days"]
    return [day["mark"] for day in days]


# today


def test_today_of_somebody_new(on):
    body = on(SUNDAY).get(TODAY).json()
    week = body.pop("week")
    assert body == {
        "date": "2026-01-18",
        "focus_min": 0,
        "sessions_completed": 0,
        "manual_min": 0,
        "goal_min": None,
        "met": None,
        "streak": {
            "length": 0,
            "best": 0,
            "freezes": 0,
            "focused_days_to_next": 7,
            "protected": [],
            "today": "open",
            "at_risk_until": None,
        },
    }
    days = week.pop("days")
    assert week == {
        "start": "2026-01-12",
        "focus_min": 0,
        "manual_min": 0,
        "goal_min": None,
        "met": None,
    }
    assert days == [
        shown(back(6 - n), mark="open" if n == 6 else None) for n in range(7)
    ]


def test_today_tells_the_day_the_week_and_the_streak(on, alice):
    planned(alice, back(20), daily_min=60, weekly_min=100)
    for days in range(8, 15):
        focus(alice, back(days), 25)
    told(alice, back(6), 30)
    focus(alice, back(5), 45)
    focus(alice, SUNDAY, 45)
    told(alice, SUNDAY, 15)
    body = on(SUNDAY).get(TODAY).json()
    assert (body["focus_min"], body["sessions_completed"]) == (45, 1)
    assert (body["manual_min"], body["goal_min"], body["met"]) == (15, 60, True)
    week = body["week"]
    assert (week["focus_min"], week["manual_min"]) == (90, 45)
    assert (week["goal_min"], week["met"]) == (100, True)
    assert [day["mark"] for day in week["days"]] == [
        *("manual", "focused", "missed", "missed", "missed", "missed", "focused")
    ]
    assert body["streak"] == {
        "length": 1,
        "best": 8,
        "freezes": 0,
        "focused_days_to_next": 6,
        "protected": [],
        "today": "focused",
        "at_risk_until": "2026-01-20T00:00:00Z",
    }


def test_today_tells_what_protects_the_streak(on, alice):
    planned(alice, back(40), weekdays=["mon", "tue", "wed", "thu", "fri", "sun"])
    for days in range(7, 16):
        if days not in (8, 15):  # Saturdays
            focus(alice, back(days))
    away(alice, back(6), "ill")
    told(alice, back(5))
    for days in (4, 3, 2):
        focus(alice, back(days))
    streak = on(SUNDAY).get(TODAY).json()["streak"]
    assert streak == {
        "length": 10,
        "best": 10,
        "freezes": 1,
        "focused_days_to_next": 4,
        "protected": [
            {"date": "2026-01-10", "by": "rest"},
            {"date": "2026-01-12", "by": "away"},
            {"date": "2026-01-13", "by": "manual"},
            {"date": "2026-01-17", "by": "rest"},
        ],
        "today": "open",
        "at_risk_until": "2026-01-20T00:00:00Z",
    }


@pytest.mark.parametrize("by", ["rest", "away", "manual"])
def test_today_can_be_off(on, alice, by):
    focus(alice, back(1))
    if by == "rest":
        planned(alice, SUNDAY, weekdays=["sat"])
    elif by == "away":
        away(alice, SUNDAY)
    else:
        told(alice, SUNDAY)
    streak = on(SUNDAY).get(TODAY).json()["streak"]
    assert streak["today"] == "off"
    assert streak["at_risk_until"] == (
        "2026-01-25T00:00:00Z" if by == "rest" else "2026-01-20T00:00:00Z"
    )


def test_what_is_told_is_credited_nowhere(on, alice):
    for days in range(10):
        told(alice, back(days), 60)
    client = on(SUNDAY)
    assert client.get(TODAY).json()["streak"]["length"] == 0
    me = client.get("/api/stats/me").json()
    assert (me["total_focus_min"], me["current_streak"], me["best_streak"]) == (0, 0, 0)
    assert client.get("/api/users/me").json()["xp_points"] == 0


def test_a_session_over_midnight_gives_its_freeze_back(alice, sign_in, time_machine):
    """Begun at 23:50 on an hour's plan: the day looks missed until it has ended.

    Caught: a session that counts for the day on which it ends.
    """
    for days in range(1, 8):
        focus(alice, back(days))
    time_machine.move_to(datetime(2026, 1, 18, 23, 50, tzinfo=UTC), tick=False)
    session_services.start_session(user_id=alice.pk, duration_min=60)
    time_machine.shift(timedelta(minutes=40))

    def seen():
        client = sign_in(alice)
        freezes = client.get(TODAY).json()["streak"]["freezes"]
        return marks(client, SUNDAY, SUNDAY), freezes

    assert seen() == (["frozen"], 0)
    time_machine.shift(timedelta(minutes=25))
    list(session_services.settle_overdue_sessions())
    assert seen() == (["focused"], 1)


def test_a_journey_lowers_no_kept_streak_below_the_strict_one(on, alice, sign_in):
    for zone, day, hour in (
        ("Pacific/Honolulu", 12, 20),
        ("Pacific/Auckland", 14, 9),
        ("Pacific/Auckland", 15, 9),
    ):
        alice.timezone = zone
        alice.save()
        start = datetime(2026, 1, day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        session = session_services.start_session(
            user_id=alice.pk, duration_min=25, now=start
        )
        session_services.complete_session(
            user_id=alice.pk, session_id=session.pk, now=start + timedelta(minutes=25)
        )
    client = on(date(2026, 1, 15))
    assert client.get("/api/stats/me").json()["current_streak"] == 3
    assert client.get(TODAY).json()["streak"]["length"] == 3


# the calendar


def test_calendar_marks_each_day(on, alice):
    planned(alice, back(20), weekdays=["mon", "tue", "wed", "thu", "fri", "sun"])
    for days in (13, 12, 11, 10, 9, 7, 6):
        focus(alice, back(days))
    told(alice, back(5))
    away(alice, back(4))
    away(alice, SUNDAY + 2 * DAY)
    client = on(SUNDAY)
    assert marks(client, back(16), SUNDAY + 7 * DAY) == [
        *(None, "rest", None),
        *["focused"] * 5,
        *("rest", "focused", "focused", "manual", "away", "frozen", "missed", "rest"),
        *("open", None, "away", None, None, None, "rest", None),
    ]


def test_calendar_judges_a_day_by_the_plan_that_held_on_it(on, alice):
    """120 from the 2nd, 60 from the 9th; 90 minutes each day, in two ways."""
    planned(alice, date(2026, 1, 2), daily_min=120)
    planned(alice, date(2026, 1, 9), daily_min=60)
    for day in range(1, 12):
        if day % 2:
            logged(alice, date(2026, 1, day), 90)
        else:
            told(alice, date(2026, 1, day), 90)
    planned(alice, date(2026, 1, 12), daily_min=1)
    days = on(SUNDAY).get(CALENDAR, asked("2026-01-01", "2026-01-11")).json()["days"]
    assert [(day["goal_min"], day["met"]) for day in days] == [
        (None, None),
        *[(120, False)] * 7,
        *[(60, True)] * 3,
    ]


def test_nothing_is_asked_of_a_day_that_is_off(on, alice):
    planned(alice, back(9), daily_min=30, weekdays=["sat", "sun"])
    away(alice, SUNDAY)
    days = on(SUNDAY).get(CALENDAR, asked(back(2), SUNDAY)).json()["days"]
    assert [(day["goal_min"], day["met"]) for day in days] == [
        (None, None),
        (30, False),
        (None, None),
    ]


def test_calendar_is_oldest_first_and_30_days_where_nothing_is_asked(on):
    client = on(SUNDAY)
    days = client.get(CALENDAR).json()["days"]
    assert [day["date"] for day in days] == [str(back(29 - n)) for n in range(30)]
    days = client.get(CALENDAR, {"from": str(back(3))}).json()["days"]
    assert (len(days), days[-1]["date"]) == (4, "2026-01-18")
    days = client.get(CALENDAR, {"to": str(back(3))}).json()["days"]
    assert (len(days), days[-1]["date"]) == (30, "2026-01-15")


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-01-18", "2026-01-18", 1),
        ("2025-01-13", "2026-01-18", 371),
        ("9999-01-01", "9999-12-31", 365),
        ("0001-01-01", "0001-01-08", 8),
    ],
)
def test_calendar_takes_any_days(on, first, last, count):
    answer = on(SUNDAY).get(CALENDAR, asked(first, last))
    assert (answer.status_code, len(answer.json()["days"])) == (200, count)


@pytest.mark.parametrize(
    "query",
    [
        "from=2025-01-12&to=2026-01-18",
        "from=2026-01-18&to=2026-01-17",
        "from=2026-02-30",
        "from=2026-1-1",
        "to=yesterday",
        "days=7",
        "from=0001-01-01",
    ],
)
def test_calendar_refuses_other_days(on, query):
    answer = on(SUNDAY).get(f"{CALENDAR}?{query}")
    assert refusal(answer) == (400, "INVALID_PARAMETER")


@pytest.mark.parametrize("moves", [20, pytest.param(1000, marks=pytest.mark.slow)])
def test_the_past_is_moved_by_no_zone_and_no_setting(
    alice, sign_in, time_machine, moves
):
    """The goal of a past day, and what the day was, stay as they were.

    Caught: all days judged by the newest plan.
    """
    rng = random.Random(16)
    zones = [
        *("Pacific/Kiritimati", "Etc/GMT+12", "Australia/Lord_Howe", "Pacific/Apia")
    ]
    time_machine.move_to(NOON, tick=False)
    rows = [
        FocusSessionFactory.build(
            user=alice,
            done=True,
            created_at=NOON - n * DAY,
            duration_min=rng.randint(1, 120),
        )
        for n in range(3, 60)
        if rng.random() < 0.8
    ]
    FocusSession.objects.bulk_create(rows)
    planned(alice, back(40), daily_min=60, weekdays=["mon", "tue", "fri", "sun"])
    away(alice, back(20))
    client = sign_in(alice)
    # Two days back is past wherever on Earth one is.
    span = asked(back(58), back(2))
    before = client.get(CALENDAR, span).content
    for _ in range(moves):
        if rng.random() < 0.5:
            client.put("/api/users/me", {"timezone": rng.choice(zones)})
        else:
            plan = {
                "daily_min": rng.choice([None, rng.randint(1, 1440)]),
                "weekly_min": rng.choice([None, rng.randint(1, 10_080)]),
                "weekdays": rng.sample(["mon", "tue", "wed", "sun"], rng.randint(1, 4)),
            }
            assert client.put("/api/plan", plan).status_code == 200
        assert client.get(CALENDAR, span).content == before


# labels


def test_labels_add_up(on, alice):
    thesis, chores = LabelFactory.create_batch(2, user=alice)
    for label, minutes in ((thesis, 50), (thesis, 25), (None, 40)):
        FocusSession.objects.filter(pk=logged(alice, back(2), minutes).pk).update(
            label=label
        )
    told(alice, back(3), 30, label=chores)
    told(alice, back(1), 20)
    logged(alice, back(40), 480)
    client = on(SUNDAY)
    assert client.get(LABELS).json() == {
        "labels": [
            label_shown(thesis.pk, 75, 2),
            label_shown(None, 40, 1, 20),
            label_shown(chores.pk, 0, 0, 30),
        ]
    }
    span = asked(back(3), back(2))
    assert client.get(LABELS, span).json()["labels"][1] == label_shown(None, 40, 1)
    everything = client.get(LABELS, asked("2000-01-01", "2030-01-01")).json()["labels"]
    assert sum(label["focus_min"] for label in everything) == 595


def label_shown(label_id, focus_min, sessions, manual=0):
    return {
        "label_id": label_id and str(label_id),
        "focus_min": focus_min,
        "sessions_completed": sessions,
        "manual_min": manual,
    }


def test_labels_show_ones_own(on, bob):
    logged(bob, SUNDAY)
    told(bob, SUNDAY)
    assert on(SUNDAY).get(LABELS).json() == {"labels": []}


# hours


def test_hours_are_those_of_the_beginning_on_the_clock_of_then(on, alice):
    alice.timezone = "Asia/Kathmandu"
    alice.save()
    logged(alice, back(1), 50)  # 17:45 there
    later = logged(alice, back(2), 25)
    FocusSession.objects.filter(pk=later.pk).update(started_minute=17 * 60 + 45)
    early = logged(alice, back(3), 10)
    FocusSession.objects.filter(pk=early.pk).update(started_minute=59)
    told(alice, back(1))
    alice.timezone = "UTC"
    alice.save()
    hours = on(SUNDAY).get(HOURS).json()["hours"]
    assert len(hours) == 24
    assert {hour: minutes for hour, minutes in enumerate(hours) if minutes} == {
        0: 10,
        17: 75,
    }


def test_hours_of_a_span(on, alice):
    logged(alice, back(1), 50)
    logged(alice, back(9), 25)
    client = on(SUNDAY)
    hours = client.get(HOURS, asked(back(9), back(2))).json()["hours"]
    assert (hours[12], sum(hours)) == (25, 25)


@pytest.mark.parametrize("path", [LABELS, HOURS])
def test_sums_refuse_a_span_that_is_turned_round(on, path):
    answer = on(SUNDAY).get(f"{path}?from=2026-01-18&to=2026-01-17")
    assert refusal(answer) == (400, "INVALID_PARAMETER")


# what it costs


@pytest.mark.parametrize(
    ("path", "count"),
    # The device with its user; days, told days, plans with days off, and what each
    # needs beside them: the strict streak.
    [
        (TODAY, 5),
        (CALENDAR, 4),
        (LABELS, 3),
        (HOURS, 2),
        ("/api/plan", 2),
        ("/api/days-off", 2),
    ],
)
def test_statements_do_not_grow(as_alice, alice, path, count):
    assert statements(as_alice, path) == count
    for days in range(20):
        logged(alice, back(days))
        told(alice, back(days * 2))
        away(alice, back(days))
        planned(alice, back(20 - days), daily_min=days + 1)
    assert statements(as_alice, path) == count
