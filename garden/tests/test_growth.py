from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garden.growth import stage_allowed

SECONDS = st.integers(0, 480 * 60)
PLANS = st.none() | st.integers(1, 480)


@pytest.mark.parametrize(
    ("focused_min", "planned", "stage"),
    [
        (0, 25, 0),
        (5, 25, 1),
        (24, 25, 4),
        (25, 25, 5),
        (240, 25, 5),
        (96, 480, 1),
        (5, None, 1),
        (25, None, 5),
        (240, None, 5),
    ],
)
def test_stage_allowed_follows_the_share_of_the_plan(focused_min, planned, stage):
    assert stage_allowed(focused_min * 60, planned) == stage


@pytest.mark.parametrize(("seconds", "stage"), [(299, 0), (300, 1), (599, 1), (600, 2)])
def test_stage_allowed_rounds_down_to_the_second(seconds, stage):
    assert stage_allowed(seconds, 25) == stage


@settings(deadline=None)
@given(seconds=SECONDS, planned=PLANS)
def test_stage_allowed_is_five_times_focused_by_planned(seconds, planned):
    share = Fraction(seconds, (planned or 25) * 60)
    assert stage_allowed(seconds, planned) == min(5, floor(5 * share))


@settings(deadline=None)
@given(seconds=SECONDS, more=SECONDS, planned=PLANS)
def test_stage_allowed_never_falls_with_more_focus(seconds, more, planned):
    assert stage_allowed(seconds, planned) <= stage_allowed(seconds + more, planned)
