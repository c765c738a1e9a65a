"""Planning: goals and weekdays from today on, and days off."""

import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.user_lock import lock_user
from stats.models import DayOff, FocusPlan
from stats.plan.exceptions import DayOutOfReach, TooManyDaysOff
from stats.plan.goals import Plan
from stats.plan.selectors import standing_plan
from stats.plan.signals import plan_changed
from stats.streaks import ONE_DAY

MOST_DAYS_BACK = 14
MOST_DAYS_AHEAD = 365
MOST_A_YEAR = 90


@transaction.atomic
def change_plan(
    *, user_id: uuid.UUID, changes: dict[str, Any], now: datetime | None = None
) -> Plan:
    """Let a plan hold from the user's today on; what is not named stays as it was.

    What stands from a later day, set in a zone that was ahead, gives way to it: or
    tomorrow would bring back what was just replaced.
    """
    user = lock_user(user_id)
    today = user.local_date(now or timezone.now())
    plan = standing_plan(user_id)._replace(**changes, from_date=today)
    FocusPlan.objects.filter(user_id=user_id, from_date__gt=today).delete()
    FocusPlan.objects.bulk_create(
        [FocusPlan(user_id=user_id, **plan._asdict())],
        update_conflicts=True,
        unique_fields=["user_id", "from_date"],
        update_fields=["daily_min", "weekly_min", "weekdays"],
    )
    plan_changed.send(sender=FocusPlan, user_id=user_id)
    return plan


@transaction.atomic
def take_days_off(
    *,
    user_id: uuid.UUID,
    first: date,
    last: date,
    kind: str,
    now: datetime | None = None,
) -> list[DayOff]:
    """Take each day from `first` to `last` off; DayOutOfReach, TooManyDaysOff."""
    _require_in_reach(user_id, first, last, now)
    count = (last - first).days + 1
    wanted = [
        DayOff(user_id=user_id, day=first + ahead * ONE_DAY, kind=kind)
        for ahead in range(count)
    ]
    _require_room(user_id, [off.day for off in wanted])
    taken = DayOff.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["user_id", "day"],
        update_fields=["kind"],
    )
    plan_changed.send(sender=DayOff, user_id=user_id)
    return taken


@transaction.atomic
def give_days_off_back(
    *, user_id: uuid.UUID, first: date, last: date, now: datetime | None = None
) -> None:
    """Let each day from `first` to `last` be a day like others; DayOutOfReach.

    What is further back has been counted on, and stays as it was.
    """
    _require_in_reach(user_id, first, last, now)
    DayOff.objects.filter(user_id=user_id, day__range=(first, last)).delete()
    plan_changed.send(sender=DayOff, user_id=user_id)


def _require_in_reach(
    user_id: uuid.UUID, first: date, last: date, now: datetime | None
) -> None:
    """Lock the user, and refuse days that are too far away by their own calendar."""
    today = lock_user(user_id).local_date(now or timezone.now())
    told: dict[str, list[str]] = {}
    if first < today - timedelta(days=MOST_DAYS_BACK):
        told["from"] = [DayOutOfReach.message]
    if last > today + timedelta(days=MOST_DAYS_AHEAD):
        told["to"] = [DayOutOfReach.message]
    if told:
        raise DayOutOfReach(errors=told)


def _require_room(user_id: uuid.UUID, wanted: list[date]) -> None:
    years = {day.year for day in wanted}
    taken = DayOff.objects.filter(user_id=user_id, day__year__in=years)
    days = {*wanted, *taken.values_list("day", flat=True)}
    if max(Counter(day.year for day in days).values()) > MOST_A_YEAR:
        raise TooManyDaysOff
