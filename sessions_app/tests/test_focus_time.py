from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app import focus_time
from tests.harness.clock import NOON


def minutes(count):
    return timedelta(minutes=count)


@pytest.mark.parametrize(("planned", "lasts"), [(1, 1), (25, 25), (480, 480)])
def test_deadline_is_the_plan_after_the_start(planned, lasts):
    assert focus_time.deadline(NOON, planned) == NOON + minutes(lasts)


def test_deadline_of_an_open_session_is_240_minutes_after_the_start():
    assert focus_time.deadline(NOON, None) == NOON + minutes(240)


@pytest.mark.row("D12")
@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (NOON + minutes(10), NOON + minutes(10)),
        (NOON + minutes(25), NOON + minutes(25)),
        (NOON + minutes(26), NOON + minutes(25)),
        (NOON - minutes(5), NOON),
    ],
    ids=["before the deadline", "at it", "after it", "clock set back"],
)
def test_focus_end_lies_between_start_and_deadline(now, ends):
    assert focus_time.focus_end(NOON, NOON + minutes(25), now) == ends


@pytest.mark.parametrize(
    ("seconds", "credited"), [(0, 0), (59.999999, 0), (60, 1), (119.5, 1), (1500, 25)]
)
def test_whole_minutes_rounds_down(seconds, credited):
    assert focus_time.whole_minutes(NOON, NOON + timedelta(seconds=seconds)) == credited


@settings(deadline=None)
@given(
    planned=st.none() | st.integers(1, 480),
    passed=st.timedeltas(timedelta(days=-1), timedelta(days=400)),
)
def test_credit_is_what_passed_and_at_most_the_plan(planned, passed):
    deadline = focus_time.deadline(NOON, planned)
    end = focus_time.focus_end(NOON, deadline, NOON + passed)
    credited = focus_time.whole_minutes(NOON, end)
    assert credited == max(0, min(planned or 240, int(passed.total_seconds() // 60)))
