"""A change of zone opens no second day and saves no missed one; a journey loses nothing."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats import moves
from stats.moves import Focus, at_home, extended, fold_log
from stats.streaks import Streaks, fold
from tests.model.reference import Person, Session

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MONDAY = date(2026, 1, 12)

ZONES = [
    "Etc/GMT+12",
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "America/New_York",
    "UTC",
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
]


def focus(at, zone):
    return Focus(at, at.astimezone(ZoneInfo(zone)).date(), zone)


def wall(zone, day, hour, minute=0):
    """Focus that begins when the clock on the wall says so; days count from Monday."""
    moment = datetime(2026, 1, 12, hour, minute, tzinfo=ZoneInfo(zone)) + day * DAY
    return focus(moment.astimezone(UTC), zone)


def utc(day, hour, minute, zone):
    return focus(datetime(2026, 1, 12, hour, minute, tzinfo=UTC) + day * DAY, zone)


def lengths(*log):
    """Return the run after each session, as added one by one."""
    return [fold_log(log[:n]).length for n in range(1, len(log) + 1)]


# no second day


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("seed", range(4))
def test_no_zones_within_an_hour_open_a_second_day(hour, seed):
    """The order of the zones does not matter, nor the hour; a real midnight does."""
    zones = ZONES[:]
    random.Random(seed).shuffle(zones)
    log = [utc(0, hour, 5 * n, zone) for n, zone in enumerate(zones)]
    assert fold_log(log).best == 1


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize(
    "zones",
    [
        ("Etc/GMT+12", "UTC", "Pacific/Kiritimati"),
        ("Pacific/Kiritimati", "UTC", "Etc/GMT+12"),
        ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati"),
        ("UTC", "Pacific/Kiritimati", "Etc/GMT+12"),
    ],
)
def test_three_zones_in_four_minutes_are_one_day(hour, zones):
    log = [utc(0, hour, 10 + 2 * n, zone) for n, zone in enumerate(zones)]
    assert fold_log(log).best == 1


# no missed day


@pytest.mark.parametrize("hop", ["Pacific/Pago_Pago", "Etc/GMT+12", "Pacific/Honolulu"])
def test_a_missed_day_is_not_saved_by_a_zone_where_it_is_still_that_day(hop):
    home = wall("Europe/Berlin", 0, 21)
    late = utc(2, 9, 0, hop)
    assert late.day == MONDAY + DAY
    back = utc(2, 9, 2, "Europe/Berlin")
    assert lengths(home, late, back) == [1, 1, 1]


def test_a_missed_day_is_not_saved_by_a_hop_made_beforehand():
    """Moving west right after the focus must not give the next day more hours."""
    home = wall("Europe/Berlin", 0, 21)
    hop = utc(0, 20, 10, "Pacific/Pago_Pago")
    late = utc(2, 10, 30, "Pacific/Pago_Pago")
    assert (hop.day, late.day) == (MONDAY, MONDAY + DAY)
    assert lengths(home, hop, late) == [1, 1, 1]


def test_a_missed_day_is_not_saved_by_jumping_over_it():
    """One hour to the east every other day: by the old zone, tomorrow has not ended."""
    log = [utc(0, 0, 1, "UTC"), utc(1, 23, 1, "Etc/GMT-1"), utc(3, 22, 1, "Etc/GMT-2")]
    assert [one.day - MONDAY for one in log] == [0 * DAY, 2 * DAY, 4 * DAY]
    assert lengths(*log) == [1, 1, 1]


# journeys


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("arrival", [6, 12, 22])
def test_honolulu_to_auckland_keeps_the_streak(hour, arrival):
    """Tuesday does not happen on this journey; Wednesday follows Monday."""
    days = [wall("Pacific/Honolulu", day, hour) for day in (-2, -1, 0)]
    there = [wall("Pacific/Auckland", day, arrival) for day in (2, 3)]
    assert lengths(*days, *there) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("hour", range(1, 24))
def test_auckland_to_honolulu_keeps_the_streak(hour):
    """Monday comes twice, and is one day of the log."""
    days = [wall("Pacific/Auckland", day, hour) for day in (-1, 0)]
    there = [wall("Pacific/Honolulu", day, hour) for day in (0, 1, 2)]
    assert lengths(*days, *there) == [1, 2, 2, 3, 4]


@pytest.mark.parametrize("home", range(0, 24, 5))
@pytest.mark.parametrize("away", range(0, 24, 5))
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("Europe/Berlin", "Asia/Tokyo"),
        ("America/New_York", "Europe/Berlin"),
        ("UTC", "Asia/Kathmandu"),
        ("America/New_York", "Asia/Tokyo"),
    ],
)
def test_a_journey_to_the_east_never_breaks_a_run(start, goal, home, away):
    """A user focuses on each date of their own, at whatever hour."""
    log = [wall(start, day, home) for day in (-1, 0)]
    log += [focus for day in (1, 2, 3) if (focus := wall(goal, day, away)) > log[1]]
    runs = lengths(*log)
    assert sorted(runs) == runs
    assert runs[-1] >= 4


@pytest.mark.parametrize("home", range(0, 24, 5))
@pytest.mark.parametrize(
    ("start", "goal"),
    [
        ("Asia/Tokyo", "Europe/Berlin"),
        ("Europe/Berlin", "America/New_York"),
        ("Asia/Kathmandu", "UTC"),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago"),
    ],
)
def test_a_journey_to_the_west_keeps_the_hours_of_home_once(start, goal, home):
    """Until the next day has ended where the last one was; then one lives there."""
    log = [wall(start, day, home) for day in (-1, 0)]
    deadline = moves.alive_until(log[-1].day, start)
    log.append(focus(deadline - MINUTE, goal))
    log += [focus(log[-1].at + n * DAY, goal) for n in (1, 2)]
    runs = lengths(*log)
    assert sorted(runs) == runs
    assert runs[-1] >= 4


# one zone


DAYS = st.lists(st.integers(0, 25), min_size=1)


@settings(deadline=None)
@given(DAYS, st.sampled_from(ZONES), st.randoms())
def test_in_one_zone_the_calendar_decides(days, zone, rng):
    log = [wall(zone, day, rng.randrange(24), rng.randrange(60)) for day in days]
    assert fold_log(log) == at_home(fold(one.day for one in log), zone)


# any log


MOMENTS = st.integers(0, 60 * 24 * 9).map(
    lambda minutes: datetime(2026, 3, 26, tzinfo=UTC) + minutes * MINUTE
)
LOGS = st.lists(
    st.builds(focus, MOMENTS, st.sampled_from(ZONES)),
    max_size=14,
    unique_by=lambda one: one.at,
)


def person_of(log):
    """Return the same life in the reference model, which says the rules once more."""
    sessions = [
        Session(25, one.at, one.zone, status="completed", focus_min=25) for one in log
    ]
    return Person("", sessions=sessions)


@settings(deadline=None, max_examples=400)
@given(LOGS, MOMENTS, st.sampled_from(ZONES))
def test_fold_equals_the_naive_rules(log, now, zone):
    streaks, person = fold_log(log), person_of(log)
    person.zone = zone
    length, _ = person.runs[-1] if log else (0, [])
    assert (streaks.length, streaks.best) == (length, person.best_streak)
    assert moves.current(streaks, now, zone) == person.current_streak(now)


@settings(deadline=None, max_examples=400)
@given(LOGS)
def test_adding_in_order_equals_the_fold(log):
    streaks, seen = Streaks(), []
    for one in sorted(log):
        seen.append(one)
        streaks = extended(streaks, one.day, one.zone) or fold_log(seen)
        assert streaks == fold_log(seen)


@settings(deadline=None)
@given(LOGS, st.randoms())
def test_order_of_arrival_is_nothing(log, rng):
    shuffled = log[:]
    rng.shuffle(shuffled)
    assert fold_log(shuffled) == fold_log(log)


@settings(deadline=None, max_examples=400)
@given(LOGS)
def test_a_run_is_never_longer_than_the_time_it_took(log):
    """Zones make no days: a run of n has its first and last n - 2 days apart at least,
    as in one zone, and no more than the distance of any two zones less."""
    streaks = fold_log(log)
    if log:
        span = max(one.at for one in log) - min(one.at for one in log)
        assert (streaks.best - 2) * DAY <= span + 26 * HOUR
        assert streaks.best <= len({one.day for one in log})
