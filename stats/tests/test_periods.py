from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats import periods
from stats.periods import Focus

SUNDAY = date(2026, 1, 18)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def weekly(days, today=SUNDAY):
    return periods.trends(days, today, periods.week_start)


def monthly(days, today=SUNDAY):
    return periods.trends(days, today, periods.month_start)


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 1, 18), date(2026, 1, 12)),
        (date(2026, 1, 12), date(2026, 1, 12)),
        (date(2026, 1, 1), date(2025, 12, 29)),
        (date(2021, 1, 3), date(2020, 12, 28)),
        (date(2024, 3, 1), date(2024, 2, 26)),
    ],
    ids=["sunday", "monday", "week 1 starts in december", "week 53", "leap year"],
)
def test_week_start_is_the_monday_of_the_iso_week(day, monday):
    assert periods.week_start(day) == monday


@pytest.mark.row("D11")
@settings(deadline=None)
@given(DAYS)
def test_week_start_agrees_with_the_iso_calendar(day):
    year, week, _ = day.isocalendar()
    assert periods.week_start(day) == date.fromisocalendar(year, week, 1)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2024, 2, 29), date(2024, 2, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2025, 12, 31), date(2025, 12, 1)),
    ],
)
def test_month_start_is_the_first(day, first):
    assert periods.month_start(day) == first


# last days


@pytest.mark.parametrize("count", [1, 7, 365])
def test_last_days_are_exactly_as_many_today_first(count):
    days = [day for day, _ in periods.last_days({}, SUNDAY, count)]
    assert days == [SUNDAY - timedelta(days=back) for back in range(count)]


def test_last_days_fill_in_zeros():
    focus = {SUNDAY - timedelta(days=1): Focus(50, 2)}
    assert [focus for _, focus in periods.last_days(focus, SUNDAY, 3)] == [
        Focus(0, 0),
        Focus(50, 2),
        Focus(0, 0),
    ]


@settings(deadline=None)
@given(DAYS, st.integers(1, 365))
def test_first_of_last_days_is_the_oldest_of_them(today, count):
    oldest, _ = periods.last_days({}, today, count)[-1]
    assert periods.first_of_last_days(today, count) == oldest


# trends


def test_trends_are_12_weeks_newest_first():
    starts = [trend.period_start for trend in weekly({})]
    assert starts == [date(2026, 1, 12) - timedelta(weeks=back) for back in range(12)]


def test_trends_are_12_months_newest_first():
    starts = [trend.period_start for trend in monthly({})]
    assert starts == [
        date(2026, 1, 1),
        *(date(2025, month, 1) for month in range(12, 1, -1)),
    ]


@pytest.mark.row("D11")
def test_monthly_trends_from_a_leap_day():
    starts = [trend.period_start for trend in monthly({}, date(2024, 2, 29))]
    assert starts[:3] == [date(2024, 2, 1), date(2024, 1, 1), date(2023, 12, 1)]
    assert starts[-1] == date(2023, 3, 1)


def test_weekly_trends_step_over_week_53():
    starts = [trend.period_start for trend in weekly({}, date(2021, 1, 10))]
    assert starts[:3] == [date(2021, 1, 4), date(2020, 12, 28), date(2020, 12, 21)]


def test_week_over_the_year_end_is_one_week():
    days = {date(2025, 12, 31): Focus(30, 1), date(2026, 1, 1): Focus(40, 2)}
    by_start = {trend.period_start: trend for trend in weekly(days)}
    week = by_start[date(2025, 12, 29)]
    assert (week.focus_min, week.sessions_completed) == (70, 3)


def test_months_over_the_year_end_are_two():
    days = {date(2025, 12, 31): Focus(30, 1), date(2026, 1, 1): Focus(40, 2)}
    assert [trend.focus_min for trend in monthly(days)[:2]] == [40, 30]


def test_29_february_counts_in_its_month():
    days = {date(2024, 2, 29): Focus(30, 1), date(2024, 3, 1): Focus(60, 2)}
    assert [trend.focus_min for trend in monthly(days, date(2024, 3, 9))[:2]] == [
        60,
        30,
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (0, 0, None),
        (0, 50, None),
        (50, 50, 0.0),
        (50, 75, 50.0),
        (50, 0, -100.0),
        (3, 4, 33.3),
        (3, 1, -66.7),
        (3, 5, 66.7),
        (1, 480, 47900.0),
    ],
)
def test_change_pct_is_rounded_to_a_tenth_and_null_after_nothing(before, after, change):
    days = {SUNDAY: Focus(after, 1), SUNDAY - timedelta(weeks=1): Focus(before, 1)}
    assert weekly(days)[0].change_pct == change


MONDAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("today", "change"),
    [
        (MONDAY, 200.0),  # 30 beside 10
        (MONDAY + timedelta(days=1), 50.0),  # 30 beside 10 + 10
        (MONDAY + timedelta(days=2), 0.0),
        (MONDAY + timedelta(days=6), -57.1),  # beside all seven
        (MONDAY + timedelta(days=7), None),  # a new week, beside its Monday alone
    ],
)
def test_running_week_is_compared_with_the_same_days(today, change):
    before = {MONDAY - timedelta(days=back): Focus(10, 1) for back in range(1, 8)}
    before[MONDAY] = Focus(30, 1) if today < MONDAY + timedelta(days=7) else Focus()
    trend = weekly(before, today)[0]
    assert trend.change_pct == change


@pytest.mark.parametrize(
    ("today", "compared"),
    [
        (date(2026, 3, 1), 1),
        (date(2026, 3, 27), 27),
        (date(2026, 3, 28), 28),
        (date(2026, 3, 29), 28),
        (date(2026, 3, 31), 28),
        (date(2024, 3, 31), 29),
        (date(2026, 4, 30), 30),  # not the 31st of March
        (date(2026, 1, 15), 15),  # of December
        (date(2026, 2, 28), 28),
    ],
)
@pytest.mark.row("D11")
def test_running_month_is_compared_with_the_same_days(today, compared):
    last = today.replace(day=1) - timedelta(days=1)
    days = {last.replace(day=n): Focus(10, 1) for n in range(1, last.day + 1)}
    days[today] = Focus(20 * compared, 1)
    assert monthly(days, today)[0].change_pct == 100.0


def test_period_that_is_over_is_compared_whole():
    days = {
        date(2026, 2, 28): Focus(40, 1),
        date(2026, 1, 31): Focus(20, 1),
        date(2026, 1, 5): Focus(20, 1),
    }
    assert monthly(days, date(2026, 3, 2))[1].change_pct == 0.0


def test_change_pct_of_the_oldest_period_looks_one_further_back():
    oldest = SUNDAY - timedelta(weeks=11)
    days = {oldest: Focus(30, 1), oldest - timedelta(weeks=1): Focus(20, 1)}
    trend = weekly(days)[-1]
    assert (trend.focus_min, trend.change_pct) == (30, 50.0)


@settings(deadline=None)
@given(DAYS)
def test_trends_begin_where_the_oldest_comparison_begins(today):
    first = periods.trends_begin(today)
    months_back = monthly({}, today)[-1].period_start - timedelta(days=1)
    assert first == months_back.replace(day=1)
    assert first <= weekly({}, today)[-1].period_start - timedelta(weeks=1)


@settings(deadline=None)
@given(DAYS, st.dictionaries(st.integers(0, 500), st.integers(1, 480)))
def test_trends_count_each_day_of_their_periods_once(today, minutes):
    days = {today - timedelta(days=back): Focus(m, 1) for back, m in minutes.items()}
    for start_of in (periods.week_start, periods.month_start):
        trends = periods.trends(days, today, start_of)
        begin = trends[-1].period_start
        assert sum(trend.focus_min for trend in trends) == sum(
            focus.focus_min for day, focus in days.items() if day >= begin
        )
