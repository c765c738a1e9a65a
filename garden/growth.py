"""The growth of a plant, at the pace of the focus (docs/contract.md, Garden)."""

FULL_GROWN = 5
OPEN_PLAN_MINUTES = 25


def stage_earned(credited_minutes: int, planned_minutes: int | None) -> int:
    """Return how tall the plant of a completed session stands: its credit decides."""
    return stage_allowed(credited_minutes * 60, planned_minutes)


def stage_allowed(focused_seconds: int, planned_minutes: int | None) -> int:
    """Return ⌊5 × focused ÷ planned⌋, 5 at most; 25 minutes stand for an open plan."""
    planned_seconds = (planned_minutes or OPEN_PLAN_MINUTES) * 60
    return min(FULL_GROWN, FULL_GROWN * focused_seconds // planned_seconds)
