"""A thousand logs, and of each what a deletion is told to take and then takes."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from consequences.selectors import consequences_of
from sessions_app.models import FocusSession
from sessions_app.services import delete_session
from sessions_app.tests.factories import FocusSessionFactory
from stats import moves
from stats.days.selectors import life_of
from stats.kept import standing
from stats.models import DayOff, FocusPlan, UserStats
from stats.services import rebuild_stats
from stats.tests.factories import told

ZONES = ["UTC", "Pacific/Pago_Pago", "Pacific/Kiritimati", "Australia/Lord_Howe"]


def log_of(user, random, now):
    """Store a log of a month: days left out, several a day, some of no credit."""
    zones = [random.choice(ZONES)] if random.random() < 0.6 else ZONES
    at = now - timedelta(days=random.randint(1, 40))
    rows = []
    while at < now and len(rows) < 40:
        planned = random.choice([1, 25, 60, 240])
        state = random.random()
        row = FocusSessionFactory.build(
            user=user,
            created_at=at,
            duration_min=planned,
            timezone=random.choice(zones),
        )
        row.local_date = at.astimezone(moves.zone_named(row.timezone)).date()
        row.ended_at = at + timedelta(minutes=planned)
        row.status = "completed" if state < 0.9 else "abandoned"
        row.focus_min = planned if state < 0.8 else 0
        rows.append(row)
        at = row.ended_at + timedelta(hours=random.choice([0, 1, 6, 20, 24, 47]))
    FocusSession.objects.bulk_create(rows)
    return rows


def plan_for(user, random, today):
    """Protect some days: told focus, days away, weekdays of rest."""
    days = [today - timedelta(days=back) for back in range(40)]
    for day in random.sample(days, random.choice([0, 0, 3, 8])):
        told(user, day)
    away = random.sample(days, random.choice([0, 0, 5]))
    DayOff.objects.bulk_create(DayOff(user=user, day=day, kind="away") for day in away)
    if random.random() < 0.4:
        weekdays = random.choice([0b0011111, 0b1010101, 0b1111111])
        FocusPlan.objects.create(user=user, from_date=days[-1], weekdays=weekdays)


def figures_of(user, now):
    stats = UserStats.objects.filter(pk=user.pk).first() or UserStats(pk=user.pk)
    user = User.objects.get(pk=user.pk)
    run = life_of(user, now).run
    return {
        "xp_points": user.xp_points,
        "lvl": user.lvl,
        "total_focus_min": stats.total_focus_min,
        "total_sessions": stats.total_sessions,
        "current_streak": moves.current(stats.streaks, now, user.timezone),
        "best_streak": stats.best_streak,
        "kept_streak": standing(run, stats.streaks, now, user.timezone).length,
    }


@pytest.mark.slow
@pytest.mark.django_db
def test_a_thousand_deletions_take_what_was_told():
    random, now = Random(16), timezone.now()
    for _ in range(1000):
        with transaction.atomic():
            user = UserFactory(timezone=random.choice(ZONES))
            log = log_of(user, random, now)
            plan_for(user, random, now.date() - timedelta(days=1))
            rebuild_stats(user_id=user.pk)
            user = User.objects.get(pk=user.pk)
            session = random.choice(log)
            before = figures_of(user, now)
            expected = consequences_of(user, session.pk, now)
            delete_session(user_id=user.pk, session_id=session.pk)
            assert expected.focus_min == session.focus_min
            assert expected.before._asdict() == before
            assert expected.after._asdict() == figures_of(user, now)
            transaction.set_rollback(True)
