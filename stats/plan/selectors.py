"""Reads of what somebody planned."""

import uuid
from datetime import date

from focusguard.db.prepared import Prepared
from stats.models import DayOff, FocusPlan
from stats.plan.goals import NO_PLAN, Plan

NEWEST_FIRST = Prepared(
    lambda user_id: (
        FocusPlan.objects.filter(user_id=user_id)
        .values_list(*Plan._fields)
        .order_by("-from_date")
    )
)


def standing_plan(user_id: uuid.UUID) -> Plan:
    """Return the plan that was set last; NO_PLAN where none was."""
    row = NEWEST_FIRST.first(user_id=user_id)
    return Plan(*row) if row else NO_PLAN


def days_off(user_id: uuid.UUID, first: date, last: date) -> list[DayOff]:
    """Return the days off from `first` to `last`, in their order."""
    found = DayOff.objects.filter(user_id=user_id, day__range=(first, last))
    return list(found.order_by("day"))
