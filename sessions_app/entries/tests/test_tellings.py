from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions_app.entries.tellings import (
    Telling,
    out_of_reach,
    placed,
    ten_years_before,
)
from tests.harness.clock import NOON, after

BERLIN = ZoneInfo("Europe/Berlin")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")


def at(moment, minutes=30):
    return Telling(at=moment, minutes=minutes)


def on(*day, minutes=30):
    return Telling(local_date=date(*day), minutes=minutes)


@pytest.mark.parametrize(
    "telling",
    [
        at(after(minutes=-30)),
        at(datetime(2016, 1, 18, tzinfo=UTC)),
        on(2026, 1, 18, minutes=720),
        on(2016, 1, 18),
    ],
    ids=["ends now", "ten years ago", "today", "ten years ago to the day"],
)
def test_time_within_reach(telling):
    assert out_of_reach(telling, UTC, NOON) == {}


@pytest.mark.parametrize(
    ("telling", "name"),
    [
        (at(after(minutes=-30, microseconds=1)), "at"),
        (at(NOON), "at"),
        (at(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), 720), "at"),
        (on(2026, 1, 19), "local_date"),
        (on(9999, 12, 31), "local_date"),
    ],
)
def test_what_is_yet_to_come_is_out_of_reach(telling, name):
    for zone in (UTC, BERLIN):
        assert out_of_reach(telling, zone, NOON).keys() == {name}


@pytest.mark.parametrize(("zone", "had"), [("UTC", 720), ("America/Denver", 300)])
def test_today_is_told_no_more_than_it_has_had(zone, had):
    zone = ZoneInfo(zone)
    assert out_of_reach(on(2026, 1, 18, minutes=had), zone, NOON) == {}
    more = out_of_reach(on(2026, 1, 18, minutes=had + 1), zone, NOON)
    assert more.keys() == {"local_date"}


@pytest.mark.parametrize(
    ("telling", "name"),
    [
        (at(datetime(2016, 1, 17, 23, 59, 59, tzinfo=UTC)), "at"),
        (at(datetime(1, 1, 1, tzinfo=UTC)), "at"),
        (on(2016, 1, 17), "local_date"),
        (on(1, 1, 1), "local_date"),
    ],
)
def test_what_is_older_than_ten_years_is_out_of_reach(telling, name):
    for zone in (UTC, ZoneInfo("Etc/GMT+12")):
        assert out_of_reach(telling, zone, NOON).keys() == {name}


def test_ten_years_and_today_are_those_of_the_zone():
    """The 19th has begun on Kiritimati, 14 hours ahead; the 18th of 2016 has ended."""
    assert out_of_reach(on(2026, 1, 19), KIRITIMATI, NOON) == {}
    first = datetime(2016, 1, 18, 10, tzinfo=UTC)
    assert out_of_reach(at(first), KIRITIMATI, NOON) == {}
    assert out_of_reach(at(first - timedelta(seconds=1)), KIRITIMATI, NOON)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 1, 18), date(2016, 1, 18)),
        (date(2028, 2, 29), date(2018, 2, 28)),
        (date(2026, 2, 28), date(2016, 2, 28)),
    ],
)
def test_ten_years_before(day, before):
    assert ten_years_before(day) == before


def test_place_with_times_is_on_the_day_of_its_start():
    place = placed(at(datetime(2026, 1, 17, 22, 50, tzinfo=UTC), 90), BERLIN)
    assert place.local_date == date(2026, 1, 17)
    assert place.ended_at == datetime(2026, 1, 18, 0, 20, tzinfo=UTC)
    late = placed(at(datetime(2026, 1, 17, 23, tzinfo=UTC)), BERLIN)
    assert late.local_date == date(2026, 1, 18)


def test_place_of_a_mere_day_is_its_noon():
    place = placed(on(2026, 7, 1, minutes=90), BERLIN)
    assert place.at == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert (place.ended_at, place.minutes) == (None, 90)


def test_an_hour_that_there_is_twice_is_counted_by_the_instant():
    """90 minutes from 2:30 on, as clocks go back at 3:00."""
    place = placed(at(datetime(2025, 10, 26, 0, 30, tzinfo=UTC), 90), BERLIN)
    assert place.ended_at == datetime(2025, 10, 26, 2, 0, tzinfo=UTC)
