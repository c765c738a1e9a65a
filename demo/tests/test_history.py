from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from accounts.models import level_for_xp
from demo.history import history
from demo.known_accounts import demo_person
from demo.people import Crowd
from garden import growth, species
from sessions_app import focus_time
from stats.streaks import fold

# Both changes of the clocks in America and Europe lie in these days.
NOW = datetime(2026, 4, 20, 16, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def lives():
    crowd = Crowd(400, 60, 3, NOW)
    return [(person, list(history(person, rng, NOW))) for person, rng in crowd]


@pytest.fixture(scope="module")
def sessions(lives):
    return [session for _, life in lives for session in life]


def of_habit(lives, name):
    return [(p, s) for p, life in lives for s in life if p.habit.name == name]


def test_history_has_one_session_at_a_time(lives):
    for _, life in lives:
        for earlier, later in pairwise(life):
            assert earlier.ended_at is not None
            assert earlier.ended_at < later.created_at


def test_history_lies_between_sign_up_and_now(lives):
    for person, life in lives:
        for session in life:
            assert person.created_at <= session.created_at < NOW
            assert session.ended_at is None or session.ended_at <= NOW


def test_history_leaves_few_running_and_none_past_its_deadline(sessions):
    running = [session for session in sessions if session.status == "active"]
    assert len(running) < 20
    for session in running:
        deadline = focus_time.deadline(session.created_at, session.duration_min)
        assert deadline > NOW


def test_history_credits_by_the_clock(sessions):
    for session in sessions:
        if session.status == "completed":
            assert session.focus_min == focus_time.whole_minutes(
                session.created_at, session.ended_at
            )
        else:
            assert session.focus_min == 0
        if session.ended_at:
            assert session.ended_at <= focus_time.deadline(
                session.created_at, session.duration_min
            )


def test_history_knows_early_late_open_and_abandoned_sessions(sessions):
    assert {session.duration_min for session in sessions} == {15, 25, 45, 60, None}
    assert {session.status for session in sessions} >= {"completed", "abandoned"}
    full = Counter(
        session.focus_min == session.duration_min
        for session in sessions
        if session.status == "completed" and session.duration_min
    )
    assert full[True] > full[False] > 0


def test_history_has_the_days_of_the_persons_zone(lives):
    for person, life in lives:
        zone = ZoneInfo(person.zone)
        for session in life:
            local_time = session.created_at.astimezone(zone)
            assert session.local_date == local_time.date()
            assert session.started_minute == local_time.hour * 60 + local_time.minute


def test_history_numbers_plants_without_a_gap(lives):
    for _, life in lives:
        numbers = [session.plant.number for session in life if session.plant]
        assert numbers == list(range(1, len(numbers) + 1))


def test_history_plants_only_what_the_level_allows(lives):
    kinds = set()
    for _, life in lives:
        xp = 0
        for session in life:
            if session.plant:
                needed = species.BY_NAME[session.plant.kind].level
                assert needed <= level_for_xp(xp)
                kinds.add(needed)
            xp += session.focus_min
    assert max(kinds) > 1


def test_history_lets_plants_follow_their_session(sessions):
    states = {"completed": "grown", "abandoned": "withered", "active": "growing"}
    for session in sessions:
        if plant := session.plant:
            end = session.ended_at or NOW
            assert plant.state == states[session.status]
            assert session.created_at <= plant.created_at <= end
            seconds = int((end - session.created_at).total_seconds())
            allowed = growth.stage_allowed(seconds, session.duration_min)
            if session.status == "completed":
                assert plant.stage == growth.stage_earned(
                    session.focus_min, session.duration_min
                )
            else:
                assert 0 <= plant.stage <= allowed


def test_history_shows_the_habits(lives):
    def hours(name):
        return Counter(
            session.created_at.astimezone(ZoneInfo(person.zone)).hour
            for person, session in of_habit(lives, name)
        )

    assert hours("early bird").most_common(1)[0][0] in (5, 6, 7)
    assert hours("night owl").most_common(1)[0][0] in (22, 23, 0, 1)
    weekend = Counter(
        session.local_date.weekday() >= 5 for _, session in of_habit(lives, "weekender")
    )
    assert weekend[True] > 3 * weekend[False]


def test_history_has_streaks_and_people_who_left(lives):
    def best(life):
        return fold(s.local_date for s in life if s.focus_min).best

    assert max(best(life) for _, life in lives) >= 14
    gone = NOW.date() - timedelta(days=10)
    assert any(life and life[-1].local_date < gone for _, life in lives)


def test_history_respects_holidays(lives):
    for person, life in lives:
        for session in life:
            # Somebody may stay up into the first day, or start on the day they join.
            if session.created_at.astimezone(ZoneInfo(person.zone)).hour >= 6:
                joined = person.created_at + timedelta(days=1)
                assert (
                    not person.is_away(session.local_date)
                    or session.created_at < joined
                )


@pytest.mark.parametrize("hour", [0, 5, 11, 17, 22])
@pytest.mark.parametrize("month", range(1, 13, 2))
def test_demo_person_has_a_live_streak_and_level_8(hour, month):
    now = datetime(2026, month, 20, hour, 30, tzinfo=UTC)
    person, rng = demo_person("a password", now)
    life = list(history(person, rng, now))
    streaks = fold(s.local_date for s in life if s.focus_min)
    today = now.astimezone(ZoneInfo(person.zone)).date()
    assert streaks.current(today) in (11, 12)
    assert level_for_xp(sum(session.focus_min for session in life)) == 8
