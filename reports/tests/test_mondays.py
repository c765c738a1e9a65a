"""When a report is due: Monday 08:00 to Tuesday's end, wherever somebody lives."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.zones import ZONE_NAMES
from reports.mondays import due_zones, is_news, week_name

MINUTE = timedelta(minutes=1)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due_in(zone, moment):
    """Return the Monday of the week that is due in a zone, or None."""
    found = [due for due in due_zones(moment) if due.zone == zone]
    return found[0].monday if found else None


# Where it is Monday 08:00, in UTC. Half of them are the day after the clocks changed.
EIGHT_O_CLOCK = {
    "an hour forward in the night": ("Europe/Berlin", "2026-03-30T06:00"),
    "an hour back in the night": ("Europe/Berlin", "2026-10-26T07:00"),
    "forward, west": ("America/New_York", "2026-03-09T12:00"),
    "back, west": ("America/New_York", "2026-11-02T13:00"),
    "back, south": ("Australia/Sydney", "2026-04-05T22:00"),
    "forward by half an hour": ("Australia/Lord_Howe", "2026-10-04T21:00"),
    "three quarters of an hour": ("Asia/Kathmandu", "2026-01-19T02:15"),
    "the first of all": ("Pacific/Kiritimati", "2026-01-18T18:00"),
    "the last of all": ("Etc/GMT+12", "2026-01-19T20:00"),
    "a new year": ("UTC", "2027-01-04T08:00"),
}


@pytest.mark.parametrize(("zone", "moment"), EIGHT_O_CLOCK.values(), ids=EIGHT_O_CLOCK)
def test_a_report_is_due_from_monday_eight_to_the_end_of_tuesday(zone, moment):
    at = utc(moment)
    assert due_in(zone, at - MINUTE) is None
    week = due_in(zone, at)
    today = at.astimezone(ZoneInfo(zone)).date()
    assert week == today - timedelta(days=7)
    assert week.weekday() == 0
    # Forty hours: no clock is changed from Monday 08:00 to Tuesday's end.
    last = at + timedelta(hours=40) - MINUTE
    assert due_in(zone, last) == week
    assert due_in(zone, last + MINUTE) is None


def test_every_zone_has_each_week_once():
    """Caught: who asks whether it is 08:00, and skips a zone that has no such minute."""
    seen = set()
    at, end = utc("2026-03-23T00:00"), utc("2026-04-13T00:00")
    while at < end:
        seen |= {(due.zone, due.monday) for due in due_zones(at)}
        at += timedelta(hours=13)
    mondays = {date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 30)}
    assert {zone for zone, monday in seen if monday in mondays} == ZONE_NAMES
    assert len([1 for _, monday in seen if monday in mondays]) == 3 * len(ZONE_NAMES)


def test_last_week_is_over_at_midnight_of_its_zone():
    due = {due.zone: due.over_at for due in due_zones(utc("2026-03-30T12:00"))}
    assert due["Europe/Berlin"] == utc("2026-03-29T22:00")
    assert due["Asia/Tokyo"] == utc("2026-03-29T15:00")


def test_a_week_is_news_until_tuesday_and_also_where_sunday_has_come_back():
    monday = date(2026, 1, 12)
    assert is_news(monday, date(2026, 1, 18))
    assert is_news(monday, date(2026, 1, 20))
    assert not is_news(monday, date(2026, 1, 21))


@pytest.mark.parametrize(
    ("monday", "name"),
    [(date(2025, 12, 29), "2026-W01"), (date(2026, 12, 28), "2026-W53")],
)
def test_a_week_has_the_year_of_iso(monday, name):
    assert week_name(monday) == name
