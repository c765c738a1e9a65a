from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.streaks import Streaks, fold

TODAY = date(2026, 1, 18)
ONE_DAY = timedelta(days=1)

# Close together, so that runs and repetitions are common.
DAYS = st.lists(st.integers(0, 25).map(lambda back: TODAY - back * ONE_DAY))


def days_back(*counts):
    return [TODAY - count * ONE_DAY for count in counts]


def run_ending(days, day):
    """Count the days in a row that end on `day`, one by one."""
    return 1 + run_ending(days, day - ONE_DAY) if day in days else 0


def naive_current(days, today):
    return run_ending(days, today) or run_ending(days, today - ONE_DAY)


def naive_best(days):
    return max((run_ending(days, day) for day in days), default=0)


@pytest.mark.parametrize(
    ("days", "current", "best"),
    [
        ([], 0, 0),
        (days_back(0), 1, 1),
        (days_back(1), 1, 1),
        (days_back(2), 0, 1),
        (days_back(0, 1, 2), 3, 3),
        (days_back(1, 2, 3), 3, 3),
        (days_back(2, 3, 4), 0, 3),
        (days_back(0, 2, 3), 1, 2),
        (days_back(0, 1, 3, 4, 5, 6), 2, 4),
        (days_back(0, 0, 0), 1, 1),
    ],
)
def test_streaks_of_days(days, current, best):
    streaks = fold(days)
    assert (streaks.current(TODAY), streaks.best) == (current, best)


@pytest.mark.parametrize(
    ("days", "length"),
    [
        ([date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)], 3),
        ([date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)], 3),
        ([date(2025, 2, 28), date(2025, 3, 1)], 2),
        ([date(2024, 2, 28), date(2024, 3, 1)], 1),
    ],
    ids=["year end", "leap day", "no leap day", "leap day missed"],
)
def test_streak_follows_the_calendar(days, length):
    assert fold(days).length == length


@pytest.mark.parametrize(
    ("passed", "current"), [(0, 3), (1, 3), (2, 0), (3, 0), (400, 0)]
)
def test_current_lives_through_the_day_after_the_last(passed, current):
    streaks = fold(days_back(0, 1, 2))
    assert streaks.current(TODAY + passed * ONE_DAY) == current


@pytest.mark.row("D08")
def test_current_dies_while_best_and_length_stay():
    streaks = fold(days_back(0, 1, 2))
    assert streaks.current(TODAY + 9 * ONE_DAY) == 0
    assert (streaks.length, streaks.best) == (3, 3)


@settings(deadline=None)
@given(DAYS)
def test_fold_equals_the_naive_count(days):
    streaks = fold(days)
    assert streaks.best == naive_best(set(days))
    for passed in range(4):
        today = TODAY + passed * ONE_DAY
        assert streaks.current(today) == naive_current(set(days), today)


@settings(deadline=None)
@given(DAYS)
def test_fold_ends_on_the_last_day(days):
    streaks = fold(days)
    assert streaks.last_date == max(days, default=None)
    assert streaks.length == (run_ending(set(days), max(days)) if days else 0)


@pytest.mark.row("D09")
@settings(deadline=None)
@given(st.data())
def test_fold_does_not_mind_order_and_repetition(data):
    days = data.draw(DAYS)
    shuffled = data.draw(st.permutations(days + days))
    assert fold(iter(shuffled)) == fold(days)


@pytest.mark.row("D09")
@settings(deadline=None)
@given(DAYS)
def test_extended_by_equals_fold_for_any_order(days):
    streaks, seen = Streaks(), []
    for day in days:
        seen.append(day)
        extended = streaks.extended_by(day)
        if extended is None:
            # Only a day before the last asks for all of them.
            assert day < streaks.last_date
            extended = fold(seen)
        assert extended == fold(seen)
        streaks = extended


@settings(deadline=None)
@given(DAYS.filter(bool))
def test_extended_by_a_day_in_order_needs_no_other(days):
    streaks = fold(days)
    assert streaks.extended_by(max(days)) == streaks
    assert streaks.extended_by(max(days) + ONE_DAY).length == streaks.length + 1
    assert streaks.extended_by(max(days) + 2 * ONE_DAY).length == 1
