from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.history import history
from demo.intentions import Intentions
from demo.people import Crowd
from stats.plan.services import MOST_A_YEAR

NOW = datetime(2026, 4, 20, 16, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def people():
    """(person, intentions, days with credit, entries) of some."""
    told = []
    for person, rng in Crowd(150, 200, 3, NOW):
        intentions = Intentions(person, NOW)
        life = list(history(person, rng, NOW))
        focused = {session.local_date for session in life if session.focus_min}
        told.append((person, intentions, focused, list(intentions.entries(focused))))
    return told


def test_most_people_have_some_labels_of_different_names(people):
    counts = Counter(len(intentions.labels) for _, intentions, _, _ in people)
    assert counts.keys() == {0, 1, 2, 3, 4}
    for _, intentions, _, _ in people:
        names = [label.name for label in intentions.labels]
        assert len(set(names)) == len(names)


def test_a_session_has_one_of_ones_own_labels_or_none(people):
    for _, intentions, _, _ in people:
        own = {label.id for label in intentions.labels}
        assert {intentions.label() for _ in range(50)} <= own | {None}


def test_plans_begin_on_days_of_their_own_from_the_first_one_on(people):
    for person, intentions, _, _ in people:
        days = [plan.from_date for plan in intentions.plans]
        assert days == sorted(set(days))
        if days:
            assert days[0] == person.created_at.astimezone(ZoneInfo(person.zone)).date()


def test_days_off_are_holidays_and_no_more_than_a_year_has(people):
    kinds = Counter()
    for person, intentions, _, _ in people:
        days = [day for day, _ in intentions.days_off]
        assert len(set(days)) == len(days)
        assert all(map(person.is_away, days))
        assert all(n <= MOST_A_YEAR for n in Counter(day.year for day in days).values())
        kinds.update(kind for _, kind in intentions.days_off)
    assert kinds["away"] > kinds["ill"] > 0


def test_entries_tell_of_days_without_credit_and_of_no_day_to_come(people):
    assert any(entries for *_, entries in people)
    for person, _, focused, entries in people:
        zone = ZoneInfo(person.zone)
        for entry in entries:
            assert entry.local_date not in focused
            assert entry.at.astimezone(zone).date() == entry.local_date
            end = entry.at + timedelta(minutes=entry.minutes)
            assert person.created_at < end <= entry.created_at <= NOW
